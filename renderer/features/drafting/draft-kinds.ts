import type { headingKinds, numberedKinds } from '#shared/drafting/public.ts';

/** The levels of the decree a writer chooses from (NĐ 30 PL1 II.6c), the most used first; the place gives the key. */
export const levels = [
  'article',
  'clause',
  'point',
  'heading',
  'chapter',
  'section',
  'subsection',
  'part',
] as const satisfies readonly ((typeof headingKinds)[number] | (typeof numberedKinds)[number])[];
export type Level = (typeof levels)[number];

/** The key a level is set by: `Ctrl+Alt+1` is an article, `Ctrl+Alt+0` plain text. */
export function keysOf(level: Level | 'paragraph'): string {
  return `Ctrl+Alt+${level === 'paragraph' ? 0 : levels.indexOf(level) + 1}`;
}
