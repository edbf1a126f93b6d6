import { z } from 'zod';
import { DaySchema, type WorkingCalendar } from '#shared/kernel/public.ts';
import holidays from '../../resources/catalogues/holidays.json' with { type: 'json' };

/** The days off as announced, the same catalogue the core counts with. */
export const workingCalendar: WorkingCalendar = z
  .object({ holidays: z.array(DaySchema), extraWorkingDays: z.array(DaySchema) })
  .parse(holidays);
