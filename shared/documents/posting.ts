import type { Outgoing, Recipient } from './model.ts';

/** Papers that left the agency, and so have to reach those they are for; recalled and replaced ones were posted too. */
export const postedStates = [
  'issued',
  'recalled',
  'replaced',
] as const satisfies readonly Outgoing['state'][];

export function isPosted({ state }: Pick<Outgoing, 'state'>): boolean {
  return postedStates.some((posted) => posted === state);
}

/**
 * Whom an issued paper still has to reach by post or e-mail: everybody outside the agency that no network took it to.
 * The agency's own units are not outside.
 */
export function postedTo(
  { recipients }: Pick<Outgoing, 'recipients'>,
  reached: readonly string[],
): readonly Recipient[] {
  const reachedNames = new Set(reached.map(plainName));
  return recipients.filter(({ kind, name }) => kind !== 'unit' && !reachedNames.has(plainName(name)));
}

/** As two people write the same agency: letters composed, blanks single, capitals as they please. */
export function plainName(name: string): string {
  return name.normalize('NFC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}
