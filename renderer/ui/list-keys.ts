/** Where the list stands: the active row and where a range selection began. */
export type ListCursor = Readonly<{ active: number; anchor: number }>;

export type ListKey = Readonly<{
  key: string;
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
}>;

export type ListMove = Readonly<
  | { kind: 'move'; to: number; extend: boolean }
  | { kind: 'toggle' }
  | { kind: 'all' }
  | { kind: 'open' }
  | { kind: 'clear' }
>;

/** What a key means in a list of `count` rows showing `page` of them: J/K and arrows, Home, End, pages, selection, Enter. */
export function listMove(
  press: ListKey,
  cursor: ListCursor,
  size: Readonly<{ count: number; page: number }>,
): ListMove | null {
  if (press.altKey) return null;
  const key = listKeyName(press);
  if (press.ctrlKey) return controlMove(key, size.count);
  const steps: Readonly<Record<string, number>> = {
    j: cursor.active + 1,
    k: cursor.active - 1,
    ArrowDown: cursor.active + 1,
    ArrowUp: cursor.active - 1,
    PageDown: cursor.active + Math.max(1, size.page - 1),
    PageUp: cursor.active - Math.max(1, size.page - 1),
    Home: 0,
    End: size.count - 1,
  };
  const to = steps[key];
  if (to !== undefined) return { kind: 'move', to: clamp(to, size.count), extend: press.shiftKey };
  if (key === ' ') return { kind: 'toggle' };
  if (key === 'Enter') return { kind: 'open' };
  return key === 'Escape' ? { kind: 'clear' } : null;
}

function controlMove(key: string, count: number): ListMove | null {
  if (key === 'a') return { kind: 'all' };
  if (key === 'Home') return { kind: 'move', to: 0, extend: false };
  if (key === 'End') return { kind: 'move', to: clamp(count - 1, count), extend: false };
  return null;
}

function listKeyName(press: ListKey): string {
  if (/^Key[AJK]$/.test(press.code)) return press.code.slice(3).toLowerCase();
  return press.key;
}

function clamp(row: number, count: number): number {
  return Math.max(0, Math.min(row, count - 1));
}
