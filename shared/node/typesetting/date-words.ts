import type { Day } from '../../kernel/public.ts';

/** `ngày 05 tháng 01 năm 2026`: days below 10 and the months 1 and 2 take a zero (NĐ 30 PL1 II.4). */
export function dateLine(day: Day): string {
  const [year, month = '', date = ''] = day.split('-');
  const monthText = Number(month) <= 2 ? month : String(Number(month));
  return `ngày ${date} tháng ${monthText} năm ${year}`;
}
