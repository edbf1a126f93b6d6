/**
 * Props of the field a dialog opens on. It has the focus as soon as it is drawn, so that what is typed behind the key
 * that opened it arrives there; the trap of the dialog knows it by its mark.
 */
export const firstFocus = { autoFocus: true, 'data-autofocus': true } as const;

/** Gives the focus to what has just come to sight, but never from under a dialog: somebody is typing there. */
export function focusInReach(element: HTMLElement | null | undefined): void {
  if (openDialog()?.contains(element ?? null) ?? true) element?.focus({ preventScroll: true });
}

/** The dialog that has the keyboard now; null when there is none. */
export function openDialog(): Element | null {
  return document.querySelector('[role="dialog"][aria-modal="true"]');
}
