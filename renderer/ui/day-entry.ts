import {
  addDays,
  addWorkingDays,
  DaySchema,
  isWorkingDay,
  weekdayOf,
  yearOf,
} from '#shared/kernel/public.ts';
import type { Day, WorkingCalendar } from '#shared/kernel/public.ts';
import { foldText } from './fold.ts';

/** What a typed day means. */
export type DayEntry = Readonly<{ kind: 'empty' } | { kind: 'unclear' } | { kind: 'day'; day: Day }>;

/** What a typed day is measured from; `lean` says whether a day without a year lies ahead (a deadline) or behind (a date on paper). */
export type DayEntryContext = Readonly<{ today: Day; calendar: WorkingCalendar; lean: 'ahead' | 'behind' }>;

/** Reads a day as people type it: `5/3`, `05/03/2026`, `mai`, `thứ 6`, `thứ hai tuần sau`, `+3` working days, `+2 tuần`. */
export function readDay(typed: string, context: DayEntryContext): DayEntry {
  const text = foldText(typed);
  if (text === '') return { kind: 'empty' };
  const day =
    namedDay(text, context) ?? shiftedDay(text, context) ?? weekday(text, context) ?? dated(text, context);
  return day === null ? { kind: 'unclear' } : { kind: 'day', day };
}

const nearDays: Readonly<Record<string, number>> = {
  'hom nay': 0, nay: 0, today: 0,
  mai: 1, 'ngay mai': 1, tomorrow: 1,
  mot: 2, kia: 2, 'ngay kia': 2, 'ngay mot': 2,
  'hom qua': -1, qua: -1, yesterday: -1,
  'hom kia': -2, 'hom truoc': -2,
  'tuan sau': 7, 'tuan toi': 7, 'next week': 7,
  'tuan truoc': -7, 'last week': -7,
}; // prettier-ignore

function namedDay(text: string, { today, calendar }: DayEntryContext): Day | null {
  const offset = nearDays[text];
  if (offset !== undefined) return addDays(today, offset);
  if (text === 'cuoi tuan' || text === 'end of week') return lastWorkingDay(sundayOf(today), calendar);
  if (text === 'cuoi thang' || text === 'end of month') return lastWorkingDay(monthEnd(today), calendar);
  return null;
}

/** `+3` counts working days, `+3 ngày` calendar days, `+2 tuần` weeks; `-` looks back. */
function shiftedDay(text: string, { today, calendar }: DayEntryContext): Day | null {
  const match = /^(?<sign>[+-]) ?(?<count>\d{1,3}) ?(?<unit>n|ngay|d|days?|t|tuan|w|weeks?)?$/.exec(text);
  if (match?.groups === undefined) return null;
  const count = Number(match.groups['count']) * (match.groups['sign'] === '-' ? -1 : 1);
  const unit = match.groups['unit'];
  if (unit === undefined) return count === 0 ? today : addWorkingDays(today, count, calendar);
  return addDays(today, /^[tw]/.test(unit) ? count * 7 : count);
}

const weekdayWords: readonly RegExp[] = [
  /^(thu (hai|2)|t2|mon(day)?)$/,
  /^(thu (ba|3)|t3|tue(sday)?)$/,
  /^(thu (tu|4)|t4|wed(nesday)?)$/,
  /^(thu (nam|5)|t5|thu(rsday)?)$/,
  /^(thu (sau|6)|t6|fri(day)?)$/,
  /^(thu (bay|7)|t7|sat(urday)?)$/,
  /^(chu nhat|cn|sun(day)?)$/,
];

function weekday(text: string, { today, lean }: DayEntryContext): Day | null {
  const match = /^(?<name>.+?)(?: (?<week>tuan nay|tuan sau|tuan toi|tuan truoc|next week|last week))?$/.exec(
    text,
  );
  const name = match?.groups?.['name'] ?? '';
  const wanted = weekdayWords.findIndex((words) => words.test(name)) + 1;
  if (wanted === 0) return null;
  const monday = addDays(today, 1 - weekdayOf(today));
  const week = match?.groups?.['week'];
  if (week !== undefined) return addDays(monday, wanted - 1 + weekShift(week));
  const thisWeek = addDays(monday, wanted - 1);
  if (lean === 'ahead') return thisWeek > today ? thisWeek : addDays(thisWeek, 7);
  return thisWeek < today ? thisWeek : addDays(thisWeek, -7);
}

function weekShift(week: string): number {
  if (week === 'tuan nay') return 0;
  return week === 'tuan truoc' || week === 'last week' ? -7 : 7;
}

function dated(text: string, context: DayEntryContext): Day | null {
  const match =
    /^(?:ngay )?(?<day>\d{1,2})(?:[/.\- ](?:thang )?(?<month>\d{1,2})(?:[/.\- ](?:nam )?(?<year>\d{2}|\d{4}))?)?$/.exec(
      text,
    );
  if (match?.groups === undefined) return isoDay(text);
  const { day, month, year } = match.groups;
  const thisYear = yearOf(context.today);
  if (month === undefined) return leaning(monthsAround(context.today, Number(day)), context);
  if (year !== undefined) {
    return realDay(year.length === 2 ? 2000 + Number(year) : Number(year), Number(month), Number(day));
  }
  const years = [-4, -3, -2, -1, 0, 1, 2, 3, 4]; // 29/2 exists once in four years
  return leaning(
    years.map((shift) => realDay(thisYear + shift, Number(month), Number(day))),
    context,
  );
}

function isoDay(text: string): Day | null {
  const parsed = DaySchema.safeParse(text);
  return parsed.success ? parsed.data : null;
}

function monthsAround(today: Day, day: number): readonly (Day | null)[] {
  const month = yearOf(today) * 12 + Number(today.slice(5, 7)) - 1;
  return [-2, -1, 0, 1, 2].map((shift) =>
    realDay(Math.floor((month + shift) / 12), ((month + shift) % 12) + 1, day),
  );
}

/** The first candidate from today on, or the last one up to today. */
function leaning(candidates: readonly (Day | null)[], { today, lean }: DayEntryContext): Day | null {
  const days = candidates.filter((day) => day !== null);
  if (lean === 'ahead') return days.find((day) => day >= today) ?? null;
  return days.findLast((day) => day <= today) ?? null;
}

function realDay(year: number, month: number, day: number): Day | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isoDay(text);
}

function sundayOf(day: Day): Day {
  return addDays(day, 7 - weekdayOf(day));
}

function monthEnd(day: Day): Day {
  const next = addDays(realDay(yearOf(day), Number(day.slice(5, 7)), 28) ?? day, 4);
  return addDays(next, -Number(next.slice(8, 10)));
}

function lastWorkingDay(day: Day, calendar: WorkingCalendar): Day {
  return isWorkingDay(day, calendar) ? day : addWorkingDays(day, -1, calendar);
}
