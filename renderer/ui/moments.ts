import {
  addDays,
  dayOf,
  isWorkingDay,
  weekdayOf,
  workingDaysBetween,
  yearOf,
} from '#shared/kernel/public.ts';
import type { Day, Instant, WorkingCalendar } from '#shared/kernel/public.ts';
import type { Words } from './words.ts';

/** How pressing a deadline is; the only thing that may colour it. */
export type DeadlineState = 'overdue' | 'soon' | 'ahead';

/** `05/03/2026`, or `5/3` where the year goes without saying. */
export function formatDay(day: Day, today: Day | null = null): string {
  const short = `${day.slice(8, 10)}/${day.slice(5, 7)}`;
  return today !== null && yearOf(day) === yearOf(today) ? short : `${short}/${day.slice(0, 4)}`;
}

/** The clock of an instant in Vietnam, `14:05`. */
export function formatClock(instant: Instant): string {
  const local = new Date(Date.parse(instant) + 7 * 3_600_000); // Asia/Ho_Chi_Minh, UTC+7 all year
  return local.toISOString().slice(11, 16);
}

/** The exact instant, for the tooltip: `14:05:09 27/11/2026`. */
export function formatExact(instant: Instant): string {
  const local = new Date(Date.parse(instant) + 7 * 3_600_000).toISOString();
  return `${local.slice(11, 19)} ${formatDay(dayOf(instant))}`;
}

/** A day as people say it: `hôm qua`, `thứ Sáu 27/11`, `05/03/2025`. */
export function sayDay(day: Day, today: Day, words: Words): string {
  for (const [shift, key] of [
    [0, 'ui.day.today'],
    [1, 'ui.day.tomorrow'],
    [-1, 'ui.day.yesterday'],
  ] as const) {
    if (day === addDays(today, shift)) return words(key);
  }
  const near = day >= addDays(today, -6) && day <= addDays(today, 13);
  if (!near) return formatDay(day, today);
  return words('ui.day.named', {
    weekday: words(`ui.weekday.${weekdayOf(day)}`),
    day: formatDay(day, today),
  });
}

/** An instant as people say it: `vừa xong`, `12 phút trước`, `14:05 hôm qua`, `08:30 thứ Sáu 20/11`. */
export function sayInstant(instant: Instant, now: Instant, words: Words): string {
  const minutes = Math.floor((Date.parse(now) - Date.parse(instant)) / 60_000);
  // The screen's moment is renewed now and then, so that what just happened may lie a little ahead of it.
  if (minutes >= -1 && minutes < 1) return words('ui.moment.now');
  if (minutes >= 1 && minutes < 60) return words('ui.moment.minutes', { count: minutes });
  return words('ui.moment.at', {
    clock: formatClock(instant),
    day: sayDay(dayOf(instant), dayOf(now), words),
  });
}

/** Overdue after the day; soon when at most `soonDays` working days remain (today and tomorrow's working day by default). */
export function deadlineState(due: Day, today: Day, calendar: WorkingCalendar, soonDays = 1): DeadlineState {
  if (due < today) return 'overdue';
  return workingDaysBetween(today, due, calendar) <= soonDays ? 'soon' : 'ahead';
}

/** A deadline in words: `quá hạn 2 ngày làm việc`, `hạn hôm nay`, `còn 3 ngày làm việc · thứ Sáu 27/11`. */
export function sayDeadline(due: Day, today: Day, calendar: WorkingCalendar, words: Words): string {
  const said = sayDay(due, today, words);
  if (due === today) return words('ui.deadline.today');
  const count = Math.abs(workingDaysBetween(today, due, calendar));
  if (due < today) {
    return words(count === 0 ? 'ui.deadline.passed' : 'ui.deadline.overdue', { count, day: said });
  }
  return words(count === 0 ? 'ui.deadline.near' : 'ui.deadline.ahead', { count, day: said });
}

/** A deadline where there is little room: `quá hạn 2 ngày`, `hạn hôm nay`, `hạn 04/12`. */
export function sayDeadlineShort(due: Day, today: Day, calendar: WorkingCalendar, words: Words): string {
  const near = due >= today && due <= addDays(today, 1);
  if (near) return sayDeadline(due, today, calendar, words);
  if (due >= today) return words('ui.deadline.short.ahead', { day: formatDay(due, today) });
  const count = -workingDaysBetween(today, due, calendar);
  return count === 0
    ? words('ui.deadline.passed', { day: sayDay(due, today, words) })
    : words('ui.deadline.short.overdue', { count });
}

/** A remark on a chosen day that nobody works, or null. */
export function restDayRemark(day: Day, calendar: WorkingCalendar, words: Words): string | null {
  if (isWorkingDay(day, calendar)) return null;
  const key = calendar.holidays.includes(day) ? 'ui.day.holiday' : 'ui.day.weekend';
  return words(key, { weekday: words(`ui.weekday.${weekdayOf(day)}`) });
}
