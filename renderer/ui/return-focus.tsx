import { useEffect, useState } from 'react';

/**
 * Stands in a dialog: once that is gone, the keyboard is again where it was before it, unless something else has it. Drawn
 * before the dialog's first field takes the focus.
 */
export function ReturnFocus() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        const isTaken = document.activeElement !== null && document.activeElement !== document.body;
        if (isTaken || !(before instanceof HTMLElement) || !before.isConnected) return;
        before.focus({ preventScroll: true });
      });
    },
    [before],
  );
  return null;
}
