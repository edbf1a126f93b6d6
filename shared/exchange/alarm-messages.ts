import { z } from 'zod';
import { InstantSchema } from '../kernel/public.ts';
import { LineViewSchema } from './line-view.ts';

/** What a gateway told a person once; the code has its sentence, `about` is a parcel, a place in a series or a fingerprint. */
export const ListedAlarmSchema = z.object({
  at: InstantSchema,
  code: z.string().max(100),
  peer: z.string().nullable(),
  about: z.string().nullable(),
});
export type ListedAlarm = z.infer<typeof ListedAlarmSchema>;

/** The newest first, as many as somebody reads. */
export const mostAlarms = 100;
export const AlarmsReplySchema = z.object({
  alarms: z.array(ListedAlarmSchema).max(mostAlarms),
  /** The lines that speak edXML, as they stand. */
  lines: z.array(LineViewSchema).default([]),
});
