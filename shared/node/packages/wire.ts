export type FieldValue = string | number | boolean | null;

const days: ReadonlySet<string> = new Set(['startDate', 'endDate', 'issuedDate']);

/** TT 05/2025/TT-BNV: days are DD/MM/YYYY; what is absent is an empty element. */
export function written(key: string, value: FieldValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  return days.has(key) ? String(value).split('-').toReversed().join('/') : String(value);
}
