import { DaySchema } from '../../kernel/public.ts';
import type { ValueFault } from './values.ts';

export type FieldValue = string | number | boolean | null;

const days: ReadonlySet<string> = new Set(['startDate', 'endDate', 'issuedDate']);
const numbers: ReadonlySet<string> = new Set(['totalDoc', 'numberOfPaper', 'numberOfPage', 'docOrdinal']);
const flags: ReadonlySet<string> = new Set(['riskRecovery', 'process']);

/** TT 05/2025/TT-BNV: days are DD/MM/YYYY; what is absent is an empty element. */
export function written(key: string, value: FieldValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  return days.has(key) ? String(value).split('-').toReversed().join('/') : String(value);
}

/** The value an element's words mean. */
export function understood(key: string, words: string): FieldValue | Readonly<{ fault: ValueFault }> {
  if (words === '') return null;
  if (days.has(key)) return dayIn(words) ?? { fault: 'date' };
  if (numbers.has(key)) return /^\d{1,15}$/.test(words) ? Number(words) : { fault: 'number' };
  if (!flags.has(key)) return words;
  if (/^(?:1|true)$/.test(words)) return true;
  return /^(?:0|false)$/.test(words) ? false : { fault: 'flag' };
}

function dayIn(words: string): string | null {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(words) ?? [];
  const read = DaySchema.safeParse(`${year}-${month}-${day}`);
  return read.success ? read.data : null;
}
