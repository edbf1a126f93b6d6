import type { Page } from '@playwright/test';

type Node = Readonly<{
  role?: { value?: string };
  name?: { value?: string };
  nodeId: string;
  childIds?: string[];
  properties?: { name: string; value: { value?: unknown } }[];
}>;

/** What a screen reader has of a window: what was said aloud last, and where the focus is. */
export async function heard(page: Page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: Node[] };
  await session.detach();
  const textOf = ({ name, childIds = [] }: Node): string =>
    name?.value !== undefined && name.value !== ''
      ? name.value
      : childIds
          .flatMap((id) => nodes.find(({ nodeId }) => nodeId === id) ?? [])
          .map(textOf)
          .join('');
  const alert = nodes.findLast(({ role }) => role?.value === 'alert');
  const focused = nodes.findLast(({ properties }) =>
    properties?.some(({ name, value }) => name === 'focused' && value.value === true),
  );
  return {
    alert: alert === undefined ? '' : textOf(alert),
    focus: { role: focused?.role?.value ?? '', name: focused?.name?.value ?? '' },
  };
}
