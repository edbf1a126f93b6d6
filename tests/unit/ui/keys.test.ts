import { describe, expect, test } from 'vitest';
import { isTyping, keyCaps, matchKeys, type KeyPress } from '#renderer/ui/keys.ts';
import { listMove } from '#renderer/ui/list-keys.ts';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('shortcuts', () => {
  test('a key with Ctrl needs Ctrl and nothing else', () => {
    expect(matchKeys('Ctrl+K', [press('k', { ctrlKey: true })])).toBe('whole');
    expect(matchKeys('Ctrl+K', [press('k')])).toBe('other');
    expect(matchKeys('Ctrl+K', [press('k', { ctrlKey: true, shiftKey: true })])).toBe('other');
    expect(matchKeys('Ctrl+Enter', [press('Enter', { ctrlKey: true })])).toBe('whole');
  });

  test('a sequence is begun by its first press and whole with its last', () => {
    expect(matchKeys('G D', [press('g')])).toBe('begun');
    expect(matchKeys('G D', [press('g'), press('d')])).toBe('whole');
    expect(matchKeys('G D', [press('g'), press('x')])).toBe('other');
  });

  test('a sign is the sign, with or without Shift', () => {
    expect(matchKeys('?', [press('?', { shiftKey: true, code: 'Slash' })])).toBe('whole');
  });

  test('letters work while a Vietnamese input method holds the key back', () => {
    expect(matchKeys('J', [press('Process', { code: 'KeyJ' })])).toBe('whole');
    expect(matchKeys('D', [press('đ', { code: 'KeyD' })])).toBe('whole');
  });

  test('plain letters write, letters with Ctrl do not', () => {
    expect(isTyping(press('a'))).toBe(true);
    expect(isTyping(press('a', { ctrlKey: true }))).toBe(false);
    expect(isTyping(press('F2'))).toBe(false);
  });

  test('keys are drawn press by press', () => {
    expect(keyCaps('Ctrl+Enter')).toEqual([['Ctrl', 'Enter']]);
    expect(keyCaps('G D')).toEqual([['G'], ['D']]);
    expect(keyCaps('Shift+ArrowDown')).toEqual([['Shift', '↓']]);
  });
});

describe('moving in a list', () => {
  const size = { count: 200_000, page: 20 };
  const move = (key: string, active: number, held: Partial<KeyPress> = {}) =>
    listMove(press(key, held), { active, anchor: active }, size);

  test('J, K and the arrows go by one, and stop at the ends', () => {
    expect(move('j', 5)).toEqual({ kind: 'move', to: 6, extend: false });
    expect(move('ArrowUp', 0)).toEqual({ kind: 'move', to: 0, extend: false });
    expect(move('ArrowDown', 199_999)).toEqual({ kind: 'move', to: 199_999, extend: false });
  });

  test('Home, End and pages jump', () => {
    expect(move('End', 0)).toEqual({ kind: 'move', to: 199_999, extend: false });
    expect(move('PageDown', 100)).toEqual({ kind: 'move', to: 119, extend: false });
    expect(move('Home', 700)).toEqual({ kind: 'move', to: 0, extend: false });
  });

  test('Shift extends, Space selects, Ctrl+A takes all, Enter opens, Escape clears', () => {
    expect(move('ArrowDown', 5, { shiftKey: true })).toEqual({ kind: 'move', to: 6, extend: true });
    expect(move(' ', 5)).toEqual({ kind: 'toggle' });
    expect(move('a', 5, { ctrlKey: true })).toEqual({ kind: 'all' });
    expect(move('Enter', 5)).toEqual({ kind: 'open' });
    expect(move('Escape', 5)).toEqual({ kind: 'clear' });
  });

  test('other keys are left to the page', () => {
    expect(move('k', 5, { ctrlKey: true })).toBeNull();
    expect(move('x', 5)).toBeNull();
  });
});
