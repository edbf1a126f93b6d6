import type { ReadingRow } from '#shared/reading/public.ts';
import { formatDay } from '../../ui/moments.ts';
import type { Words } from '../../ui/words.ts';

/** What became of a request, with the day that matters. */
export function stateOf(row: ReadingRow, words: Words): string {
  if (row.state === 'asked') return words('reading.state.asked', { day: formatDay(row.answerBy) });
  if (row.state !== 'lent') return words(`reading.state.${row.state}`);
  if (!row.readable || row.until === null) return words('reading.state.over');
  return words('reading.state.lent', { day: formatDay(row.until) });
}
