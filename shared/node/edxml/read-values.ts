import { DaySchema, InstantSchema, type Day, type Instant } from '#shared/kernel/public.ts';

/** Days as the standard writes them and as people and programs do instead; null for a day that is none. */
export function readDay(text: string): Day | null {
  const found =
    /^(?<year>\d{4})[/-](?<month>\d{1,2})[/-](?<day>\d{1,2})(?:[T ].*)?$/.exec(text) ??
    /^(?<day>\d{1,2})[/-](?<month>\d{1,2})[/-](?<year>\d{4})(?:[T ].*)?$/.exec(text);
  const { year = '', month = '', day = '' } = found?.groups ?? {};
  return DaySchema.safeParse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`).data ?? null;
}

/** Moments without a zone are Vietnam's, which has been UTC+7 since 1975; fractions of a second are left out. */
export function readInstant(text: string): Instant | null {
  const day = readDay(text);
  const time =
    /[T ](?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)? ?(?<zone>Z|[+-]\d{2}:?\d{2})?$/.exec(
      text,
    );
  if (day === null || time?.groups === undefined) return null;
  const { hour = '', minute, second = '00', zone = '+07:00' } = time.groups;
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const ms = Date.parse(`${day}T${hour.padStart(2, '0')}:${minute}:${second}${offset}`);
  return Number.isNaN(ms) ? null : (InstantSchema.safeParse(new Date(ms).toISOString()).data ?? null);
}

export function readCount(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

export function readFlag(text: string): boolean | null {
  if (/^(?:true|1)$/i.test(text)) return true;
  return /^(?:false|0)$/i.test(text) ? false : null;
}
