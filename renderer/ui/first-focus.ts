/**
 * Props of the field a dialog opens on. It has the focus as soon as it is drawn, so that what is typed behind the key
 * that opened it arrives there; the trap of the dialog knows it by its mark.
 */
export const firstFocus = { autoFocus: true, 'data-autofocus': true } as const;
