import type { Retention } from '#shared/dossiers/public.ts';
import type { Words } from '../../ui/words.ts';

export function sayRetention(retention: Retention, words: Words): string {
  return retention === 'permanent'
    ? words('dossiers.retention.permanent')
    : words('dossiers.retention.years', { count: retention });
}

/** The terms of the code table of TT 05/2025/TT-BNV, and five years for what is kept shortest. */
const usualYears = [70, 50, 30, 20, 10, 5] as const;

export function retentionChoices(words: Words): { value: string; label: string }[] {
  return (['permanent', ...usualYears] as const).map((one) => ({
    value: String(one),
    label: sayRetention(one, words),
  }));
}

export function retentionFrom(value: string | null): Retention | null {
  if (value === 'permanent') return value;
  const years = Number(value);
  return value !== null && Number.isInteger(years) && years > 0 ? years : null;
}
