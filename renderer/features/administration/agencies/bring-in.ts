/** Ref of the first field of a row just added: the row comes into view, ready to be typed into. */
export function bringIn(field: HTMLElement | null): void {
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}
