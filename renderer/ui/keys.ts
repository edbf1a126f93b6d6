/** One press: a key with its modifiers. */
type Press = Readonly<{ key: string; ctrl: boolean; alt: boolean; shift: boolean }>;

export type KeyPress = Readonly<{
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}>;

/** How far a typed sequence has come: all of it, its beginning, or something else. */
export type KeyProgress = 'whole' | 'begun' | 'other';

/** Whether the last presses complete the keys of a shortcut: `Ctrl+K`, `?`, or one after another, `G D`. */
export function matchKeys(keys: string, presses: readonly KeyPress[]): KeyProgress {
  const wanted = keys.split(' ').map(readPress);
  if (presses.length > wanted.length) return 'other';
  const same = presses.every((press, place) => {
    const expected = wanted[place];
    return expected !== undefined && samePress(expected, press);
  });
  if (!same) return 'other';
  return presses.length === wanted.length ? 'whole' : 'begun';
}

/** Whether a press would write into a text field, so that only modified keys may act there. */
export function isTyping(press: KeyPress): boolean {
  return (
    !press.ctrlKey && !press.metaKey && !press.altKey && (press.key.length === 1 || press.key === 'Process')
  );
}

/** The keys as a person reads them, press by press: `Ctrl+Enter` → [['Ctrl', 'Enter']]. */
export function keyCaps(keys: string): readonly (readonly string[])[] {
  return keys.split(' ').map((press) => {
    const { key, ctrl, alt, shift } = readPress(press);
    return [...(ctrl ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), capOf(key)];
  });
}

const caps: Readonly<Record<string, string>> = {
  ARROWDOWN: '↓',
  ARROWUP: '↑',
  ARROWLEFT: '←',
  ARROWRIGHT: '→',
  ESCAPE: 'Esc',
  ENTER: 'Enter',
  DELETE: 'Del',
  ' ': 'Space',
  HOME: 'Home',
  END: 'End',
  PAGEUP: 'PgUp',
  PAGEDOWN: 'PgDn',
};

function capOf(key: string): string {
  return caps[key] ?? key;
}

function readPress(text: string): Press {
  const parts = text === '+' ? ['+'] : text.split('+');
  const last = parts.at(-1) ?? '';
  const modifiers = parts.slice(0, -1).map((part) => part.toLowerCase());
  return {
    key: last === 'Space' ? ' ' : last.toUpperCase(),
    ctrl: modifiers.includes('ctrl'),
    alt: modifiers.includes('alt'),
    shift: modifiers.includes('shift'),
  };
}

function samePress(wanted: Press, press: KeyPress): boolean {
  if (wanted.ctrl !== (press.ctrlKey || press.metaKey) || wanted.alt !== press.altKey) return false;
  const key = keyOf(press);
  // A sign such as ? already needs Shift on most keyboards; letters and named keys must agree on it.
  const signOnly = key.length === 1 && !/[\p{L}\p{N}]/u.test(key);
  return key === wanted.key && (signOnly || wanted.shift === press.shiftKey);
}

/** The letter under a press, also while a Vietnamese input method holds the key back. */
function keyOf(press: KeyPress): string {
  if (/^Key[A-Z]$/.test(press.code)) return press.code.slice(3);
  return press.key.toUpperCase();
}
