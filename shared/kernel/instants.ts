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

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

export function addDays(day: Day, days: number): Day {
  return dayFromMs(Date.parse(`${day}T00:00:00Z`) + days * dayMs);
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
