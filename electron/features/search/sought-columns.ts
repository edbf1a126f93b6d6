import { soughtColumns, type SoughtField } from '#shared/search/public.ts';

type Column = Exclude<SoughtField, 'content'>;

/** Of a row of `sought s`: the identifier of the agency, long and seldom asked for, stands with what is shown. */
export function columnOf(field: Column): string {
  if (field === 'organId') return '(SELECT t.organ_id FROM sought_shown t WHERE t.n = s.n)';
  return `s.${columnName(field)}`;
}

export function columnName(field: Column): string {
  return field === 'of' ? 'kind' : field.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}

/** In the order in which `shown` holds them. */
export const keptColumns = soughtColumns;

export function placeOf(field: SoughtField): number {
  return keptColumns.findIndex((one: SoughtField) => one === field);
}
