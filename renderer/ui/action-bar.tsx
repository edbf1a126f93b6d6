import { Button, Menu } from '@mantine/core';
import { IconChevronDown, type Icon } from '@tabler/icons-react';
import { useCommands } from './commands.tsx';
import { Hint } from './hint.tsx';
import { KeyCaps } from './key-caps.tsx';
import { useWords } from './use-words.ts';
import './action-bar.css';

/** One act a person may do here. With `whyNot` it stays visible, says why it cannot be done, and by whom it can. */
export type Action = Readonly<{
  id: string;
  label: string;
  icon?: Icon;
  keys?: string;
  danger?: boolean;
  whyNot?: Readonly<{ reason: string; whoCan?: string }> | null;
  busy?: boolean;
  run: () => void;
}>;

/** The next likely acts as at most three buttons, the first filled; the rest in a menu. All go into the palette too. */
export function ActionBar(
  props: Readonly<{ actions: readonly Action[]; label: string; shownAtMost?: 2 | 3 }>,
) {
  const { actions, label, shownAtMost = 3 } = props;
  const words = useWords();
  useCommands(
    actions.map((action) => ({
      id: `act.${action.id}`,
      label: action.label,
      group: 'page' as const,
      whyNot: whyNotSentence(action, words),
      run: action.run,
      ...(action.keys === undefined ? {} : { keys: action.keys }),
    })),
  );
  if (actions.length === 0) return null;
  const rest = actions.slice(shownAtMost);
  return (
    <div className="action-bar" role="toolbar" aria-label={label}>
      {actions.slice(0, shownAtMost).map((action, place) => (
        <ActionButton key={action.id} action={action} first={place === 0} />
      ))}
      {rest.length > 0 && (
        <Menu position="top-end" withinPortal>
          <Menu.Target>
            <Button
              variant="subtle"
              color="gray"
              className="quiet-button"
              rightSection={<IconChevronDown size="1rem" aria-hidden />}
            >
              {words('ui.action.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((action) => (
              <MenuAction key={action.id} action={action} />
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

function ActionButton({ action, first }: Readonly<{ action: Action; first: boolean }>) {
  const words = useWords();
  const whyNot = whyNotSentence(action, words);
  const { icon: IconDrawn } = action;
  const button = (
    <Button
      variant={first && action.danger !== true ? 'filled' : 'default'}
      data-danger={action.danger}
      loading={action.busy ?? false}
      leftSection={IconDrawn === undefined ? null : <IconDrawn size="1rem" stroke={1.75} aria-hidden />}
      // A disabled act stays focusable, so that its reason can be heard.
      data-disabled={whyNot !== null}
      aria-disabled={whyNot !== null}
      onClick={() => {
        if (whyNot === null) action.run();
      }}
    >
      {action.label}
    </Button>
  );
  if (whyNot === null && action.keys === undefined) return button;
  return (
    <Hint text={whyNot ?? action.label} keys={whyNot === null ? action.keys : undefined}>
      {button}
    </Hint>
  );
}

function MenuAction({ action }: Readonly<{ action: Action }>) {
  const words = useWords();
  const whyNot = whyNotSentence(action, words);
  const { icon: IconDrawn } = action;
  return (
    <Menu.Item
      aria-disabled={whyNot !== null}
      data-unavailable={whyNot !== null || undefined}
      data-danger={action.danger}
      leftSection={IconDrawn === undefined ? null : <IconDrawn size="1rem" stroke={1.75} aria-hidden />}
      rightSection={action.keys === undefined ? null : <KeyCaps keys={action.keys} />}
      closeMenuOnClick={whyNot === null}
      onClick={() => {
        if (whyNot === null) action.run();
      }}
    >
      {action.label}
      {whyNot !== null && <span className="why-not">{whyNot}</span>}
    </Menu.Item>
  );
}

function whyNotSentence(action: Action, words: ReturnType<typeof useWords>): string | null {
  const whyNot = action.whyNot ?? null;
  if (whyNot === null) return null;
  if (whyNot.whoCan === undefined) return whyNot.reason;
  return words('ui.action.whoCan', { reason: whyNot.reason, who: whyNot.whoCan });
}
