import { InstantSchema, instantFrom, type Instant } from '../../kernel/public.ts';

const vietnamMs = 7 * 3_600_000;

/** TT 05/2025/TT-BNV: times carry +07:00. */
export function vietnamTime(at: Instant): string {
  const local = new Date(Date.parse(at) + vietnamMs).toISOString();
  return `${local.slice(0, 19)}${local.endsWith('.000Z') ? '' : local.slice(19, 23)}+07:00`;
}

/** Null where it is no moment on Vietnam's clock. */
export function momentIn(words: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?\+07:00$/.test(words)) return null;
  const ms = Date.parse(words);
  if (Number.isNaN(ms)) return null;
  const read = InstantSchema.safeParse(instantFrom(ms));
  return read.success ? read.data : null;
}

/** Date and time as a ZIP keeps them, on Vietnam's clock whatever the machine's is. */
export function dosTime(at: Instant): Readonly<{ date: number; time: number }> {
  const local = new Date(Date.parse(at) + vietnamMs);
  const year = Math.min(Math.max(local.getUTCFullYear(), 1980), 2107);
  return {
    date: ((year - 1980) << 9) | ((local.getUTCMonth() + 1) << 5) | local.getUTCDate(),
    time: (local.getUTCHours() << 11) | (local.getUTCMinutes() << 5) | (local.getUTCSeconds() >> 1),
  };
}
