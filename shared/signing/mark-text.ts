import type { Instant } from '../kernel/public.ts';

const vietnamHours = 7;

/**
 * The moment of a signature as a mark shows it: date, hour, minute, second, Vietnam's zone as ISO 8601 writes it
 * (NĐ 30 PL1 II). The decree gives no exact mask; this is the one that government papers use: `05/01/2026 14:30:05 +07:00`.
 */
function markedMoment(at: Instant): string {
  const local = new Date(Date.parse(at) + vietnamHours * 3_600_000).toISOString();
  const [year = '', month = '', day = ''] = local.slice(0, 10).split('-');
  return `${day}/${month}/${year} ${local.slice(11, 19)} +07:00`;
}

/** The words of a mark in the upper right corner, with the moment behind them (NĐ 30 PL1 II). */
export function markOf(words: readonly string[], at: Instant): string {
  return [...words, markedMoment(at)].join('; ');
}

/** What stands on a separately filed attachment: the number and symbol of its document, and the time (NĐ 30 PL1 II). */
export function attachmentMark(notation: string, at: Instant): string {
  return markOf([notation], at);
}
