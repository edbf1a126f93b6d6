import { z } from 'zod';

/** A moment, UTC ISO text with milliseconds. */
export const InstantSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .refine((text) => !Number.isNaN(Date.parse(text)))
  .brand<'Instant'>();
export type Instant = z.infer<typeof InstantSchema>;

/** A calendar day in Asia/Ho_Chi_Minh, `YYYY-MM-DD`. */
export const DaySchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isRealDay)
  .brand<'Day'>();
export type Day = z.infer<typeof DaySchema>;

const vietnamOffsetMs = 7 * 3_600_000; // Asia/Ho_Chi_Minh has been UTC+7 without summer time since 1975.
const dayMs = 86_400_000;

export function instantFrom(unixMs: number): Instant {
  return InstantSchema.parse(new Date(unixMs).toISOString());
}

/** The day an instant falls on in Vietnam. */
export function dayOf(instant: Instant): Day {
  return dayFromMs(Date.parse(instant) + vietnamOffsetMs);
}

/** The instant at which a clock in Vietnam shows `08:30` on a day. */
export function instantAt(day: Day, clock: string): Instant {
  return instantFrom(Date.parse(`${day}T${clock}:00.000Z`) - vietnamOffsetMs);
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

export function addDays(day: Day, days: number): Day {
  return dayFromMs(Date.parse(`${day}T00:00:00Z`) + days * dayMs);
}

/** The same day so many months on, or that month's last where it has none such. */
export function addMonths(day: Day, months: number): Day {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const lastOfMonth = new Date(Date.UTC(Math.floor(count / 12), (count % 12) + 1, 0)).getUTCDate();
  const date = Math.min(Number(day.slice(8)), lastOfMonth);
  return dayFromMs(Date.UTC(Math.floor(count / 12), count % 12, date));
}

/** As people write a day. */
export function writtenDay(day: Day): string {
  return day.split('-').toReversed().join('/');
}

/** `ngày 05 tháng 01 năm 2026`: days below 10 and the months 1 and 2 take a zero (NĐ 30 PL1 II.4). */
export function dateLine(day: Day): string {
  const [year, month = '', date = ''] = day.split('-');
  const monthText = Number(month) <= 2 ? month : String(Number(month));
  return `ngày ${date} tháng ${monthText} năm ${year}`;
}

/** `08:05`, as a clock in Vietnam shows it. */
export function clockOf(instant: Instant): string {
  return new Date(Date.parse(instant) + vietnamOffsetMs).toISOString().slice(11, 16);
}

/** As people write a moment: 08:05 25/11/2026, in Vietnam. */
export function writtenMoment(instant: Instant): string {
  return `${clockOf(instant)} ${writtenDay(dayOf(instant))}`;
}

/** Monday is 1, Sunday is 7. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

function dayFromMs(ms: number): Day {
  return DaySchema.parse(new Date(ms).toISOString().slice(0, 10));
}

function isRealDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
