import {
  addWorkingDays,
  dayOf,
  yearOf,
  type Day,
  type Instant,
  type WorkingCalendar,
} from '../kernel/public.ts';

/** A paper is issued the day it is signed, at the latest the next working day (NĐ 30 Đ18). */
export function issueBy(signedAt: Instant, calendar: WorkingCalendar): Day {
  return addWorkingDays(dayOf(signedAt), 1, calendar);
}

/** An incoming paper goes to who decides on the same day, at the latest the next working day (NĐ 30 Đ23). */
export function presentBy(arrivedOn: Day, calendar: WorkingCalendar): Day {
  return addWorkingDays(arrivedOn, 1, calendar);
}

/**
 * Whether a paper numbered at `at` may carry `issuedOn`: the day of numbering, or the day it was signed, in the same
 * year and at most one working day back (NĐ 30 Đ15).
 */
export function isIssueDayAllowed(
  issuedOn: Day,
  moments: Readonly<{ signedAt: Instant; at: Instant }>,
  calendar: WorkingCalendar,
): boolean {
  const today = dayOf(moments.at);
  if (issuedOn === today) return true;
  const earliest = addWorkingDays(today, -1, calendar);
  return issuedOn === dayOf(moments.signedAt) && yearOf(issuedOn) === yearOf(today) && issuedOn >= earliest;
}
