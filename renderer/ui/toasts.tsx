import { Button } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { getI18n } from 'react-i18next';
import './dialogs.css';
import { useWords } from './use-words.ts';

/** Where notices appear. */
export function Toasts() {
  return (
    <Notifications
      position="bottom-left"
      className="toasts"
      containerWidth="21rem"
      limit={shownAtMost + 5} // errors, which stay, do not make a new notice wait its turn
      zIndex={250} // above a dialog, below an open menu, which somebody is about to choose from
      transitionDuration={120}
    />
  );
}

const shownAtMost = 3;
let passing: readonly string[] = [];

export type Toast = Readonly<{
  text: string;
  tone?: 'plain' | 'danger';
  /** The counter-act, where the law allows one. */
  undo?: () => void;
}>;

const readMs = 6000;
const undoMs = 10_000;

/** Says what was done; with `undo` it offers the counter-act for ten seconds. A failure stays until it is closed. */
export function toast({ text, tone = 'plain', undo }: Toast): void {
  // What has just been done is said at once; the oldest notice makes room for it.
  for (const oldest of passing.slice(0, Math.max(0, passing.length - shownAtMost + 1))) {
    notifications.hide(oldest);
  }
  const id = notifications.show({
    message: (
      <ToastText
        text={text}
        {...(undo === undefined
          ? {}
          : {
              undo: () => {
                notifications.hide(id);
                undo();
              },
            })}
      />
    ),
    color: tone === 'danger' ? 'danger' : 'action',
    autoClose: tone === 'danger' ? false : undo === undefined ? readMs : undoMs,
    withBorder: true,
    closeButtonProps: { 'aria-label': getI18n().t('ui.toast.close') },
    role: tone === 'danger' ? 'alert' : 'status',
    onClose: ({ id: closed }) => {
      passing = passing.filter((one) => one !== closed);
    },
  });
  if (tone === 'plain') passing = [...passing, id];
}

/** Takes every notice away: what one person did, and may still undo, is not for the next at the desk. */
export function clearToasts(): void {
  notifications.clean();
  notifications.cleanQueue();
  passing = [];
}

function ToastText({ text, undo }: Readonly<{ text: string; undo?: () => void }>): ReactNode {
  const words = useWords();
  return (
    <span className="toast">
      <span>{text}</span>
      {undo !== undefined && (
        <Button size="compact-sm" variant="subtle" onClick={undo}>
          {words('ui.toast.undo')}
        </Button>
      )}
    </span>
  );
}
