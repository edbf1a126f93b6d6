import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DaySchema, type WorkingCalendar } from '#shared/kernel/public.ts';

const CalendarSchema = z.object({ holidays: z.array(DaySchema), extraWorkingDays: z.array(DaySchema) });

/** Days off as announced each year, kept as data in `resources/catalogues`. */
export const holidays: WorkingCalendar = CalendarSchema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../resources/catalogues/holidays.json'), 'utf8')),
);
