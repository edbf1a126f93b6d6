import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { openDialog } from './first-focus.ts';
import { useWords } from './use-words.ts';

type DialogFrameProps = Omit<ModalProps, 'opened' | 'closeButtonProps'> &
  Readonly<{
    /** False while it is closed but stays mounted: what is in it begins anew whenever it opens. */
    opened?: boolean;
  }>;

/** The frame of every dialog: its title, what closes it, and the keyboard given back afterwards. */
export function DialogFrame({ opened = true, children, ...props }: DialogFrameProps) {
  const words = useWords();
  return (
    <Modal {...props} opened={opened} closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}>
      <ReturnFocus />
      {children}
    </Modal>
  );
}

/** Where the keyboard was before the first of several dialogs that followed each other. */
let outside: Element | null = null;

function whereFrom(): readonly (Element | null)[] {
  const here = document.activeElement;
  const isNowhere = here === null || here === document.body;
  if (!isNowhere && here.closest('[role="dialog"]') === null) outside = here;
  return isNowhere ? [outside] : [here, outside];
}

/** Once the dialog is gone the keyboard is where it was, unless something else has it; drawn before its first field takes it. */
function ReturnFocus() {
  const [before] = useState(whereFrom);
  useEffect(
    () => () => {
      setTimeout(() => {
        const isTaken = document.activeElement !== null && document.activeElement !== document.body;
        const dialog = openDialog();
        const there = before.find((one) => one?.isConnected === true && (dialog?.contains(one) ?? true));
        if (!isTaken && there instanceof HTMLElement) there.focus({ preventScroll: true });
      });
    },
    [before],
  );
  return null;
}
