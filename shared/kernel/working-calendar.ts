import { addDays, weekdayOf, type Day } from './instants.ts';

/** Days off and made-up working days, as the authority announces them each year; data, not code. */
export type WorkingCalendar = Readonly<{ holidays: readonly Day[]; extraWorkingDays: readonly Day[] }>;

export function isWorkingDay(day: Day, calendar: WorkingCalendar): boolean {
  if (calendar.extraWorkingDays.includes(day)) return true;
  // QĐ 188/1999/QĐ-TTg: forty-hour week, Saturday and Sunday off.
  return weekdayOf(day) <= 5 && !calendar.holidays.includes(day);
}

/** The `count`-th working day after `day` (count ≥ 1), or before it for a negative count. */
export function addWorkingDays(day: Day, count: number, calendar: WorkingCalendar): Day {
  const step = count < 0 ? -1 : 1;
  let current = day;
  for (let left = Math.abs(count); left > 0;) {
    current = addDays(current, step);
    if (isWorkingDay(current, calendar)) left -= 1;
  }
  return current;
}

/** Working days from the day after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(from: Day, to: Day, calendar: WorkingCalendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar);
  let count = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) count += 1;
  }
  return count;
}
