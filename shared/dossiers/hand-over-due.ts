import { addMonths, yearOf, DaySchema, type Day } from '../kernel/public.ts';
import type { Dossier, Retention } from './model.ts';

/** NĐ 30 Đ30: what is kept for less than five years stays with its unit. */
export const leastYears = 5;
/** NĐ 30 Đ30: construction files three months after settlement, all others one year after the work ended. */
const monthsUntilDue = { construction: 3, other: 12 } as const;
/** NĐ 30 Đ30: what is still needed is kept back for two years at most from the day it was due. */
const mostMonthsKept = 24;
/** NĐ 30 PL6 I.5: the System warns thirty days before a file is due. */
export const warnDays = 30;
/** Luật Lưu trữ 33/2024: to the historical archive within five years from the year in which the archive took it. */
const yearsUntilTransfer = 5;

type Ended = Pick<Dossier, 'retention' | 'endedOn' | 'construction' | 'keptBack'>;

export function isHandedOver(retention: Retention): boolean {
  return retention === 'permanent' || retention >= leastYears;
}

/** The last day to hand a file over; null where it is not handed over, or not ended yet. No term of law waits for a working day. */
export function handOverDue(dossier: Ended): Day | null {
  return dossier.keptBack?.until ?? dueByLaw(dossier);
}

export function dueByLaw({ retention, endedOn, construction }: Ended): Day | null {
  if (endedOn === null || !isHandedOver(retention)) return null;
  return addMonths(endedOn, monthsUntilDue[construction === true ? 'construction' : 'other']);
}

/** The last day until which the head may let a file be kept back. */
export function mostKeptBack(dossier: Ended): Day | null {
  const due = dueByLaw(dossier);
  return due === null ? null : addMonths(due, mostMonthsKept);
}

/** Only what is kept for ever goes on to the historical archive. */
export function transferDue(retention: Retention, archivedOn: Day): Day | null {
  if (retention !== 'permanent') return null;
  return DaySchema.parse(`${yearOf(archivedOn) + yearsUntilTransfer}-12-31`);
}
