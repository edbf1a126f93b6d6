import english from '../../resources/text/en/shell.json' with { type: 'json' };
import vietnamese from '../../resources/text/vi/shell.json' with { type: 'json' };

export type ShellKey = keyof typeof vietnamese;

/** A sentence of the shell's own: menus, and the words for when the office behind the window is gone. */
export function say(key: ShellKey): string {
  return (process.env['ANTIN_LANG'] === 'en' ? english : vietnamese)[key];
}
