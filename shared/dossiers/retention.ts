import { z } from 'zod';
import type { Day } from '../kernel/public.ts';
import { RetentionSchema, type Dossier, type ListEntry, type Retention } from './model.ts';

const line = (max: number) => z.string().trim().max(max);

/** One line of a schedule: what a title must speak of, how long such files are kept, and what says so. */
export const RetentionRuleSchema = z.object({
  words: z.array(line(100).min(1)).min(1).max(10),
  retention: RetentionSchema,
  basis: line(200),
  /** Read in the text that is named, or not confirmed there yet: then it is only shown, and somebody looks it up. */
  sure: z.enum(['read', 'unconfirmed']),
});
export type RetentionRule = z.infer<typeof RetentionRuleSchema>;

/** A schedule of retention as data, with where it comes from: `resources/catalogues/retention.json`. */
export const ScheduleSchema = z.object({ source: z.string(), rules: z.array(RetentionRuleSchema) });
export type Schedule = z.infer<typeof ScheduleSchema>;

/**
 * From when a term counts: the day the work ended, or the end of that year. The law speaks of the end of the work; that
 * it is the year's end is not confirmed, so it is a setting, and begins as the later of the two: nothing is due too soon.
 */
export const countings = ['year-end', 'day'] as const;
export type Counting = (typeof countings)[number];

/** What an agency sets for itself. */
export const RetentionSettingsSchema = z.object({
  counting: z.enum(countings),
  /** Asked before the schedule that comes along. */
  rules: z.array(RetentionRuleSchema).max(1000),
});
export type RetentionSettings = z.infer<typeof RetentionSettingsSchema>;
export const firstSettings: RetentionSettings = { counting: 'year-end', rules: [] };

export const SuggestedSchema = RetentionRuleSchema.pick({ retention: true, basis: true, sure: true }).extend({
  from: z.enum(['list', 'agency', 'schedule']),
});
export type Suggested = z.infer<typeof SuggestedSchema>;

type Asked = Readonly<{
  code: string;
  title: string;
  entries: readonly ListEntry[];
  own: readonly RetentionRule[];
  schedule: Schedule;
  fold: (text: string) => string;
}>;

/**
 * The line of the agency's own list first, then its own rules, then the schedule that comes along: the first rule all of
 * whose words the title speaks of.
 */
export function suggestRetention({ code, title, entries, own, schedule, fold }: Asked): Suggested | null {
  const listed = entries.find((entry) => entry.code === code);
  if (listed !== undefined) return { retention: listed.retention, basis: '', sure: 'read', from: 'list' };
  const said = ` ${fold(title)} `;
  const speaks = ({ words }: RetentionRule) => words.every((word) => said.includes(` ${fold(word)} `));
  const found = own.find(speaks);
  const rule = found ?? schedule.rules.find(speaks);
  if (rule === undefined) return null;
  const { retention, basis, sure } = rule;
  return { retention, basis, sure, from: found === undefined ? 'schedule' : 'agency' };
}

export function isShorter(one: Retention, other: Retention): boolean {
  if (one === 'permanent') return false;
  return other === 'permanent' || one < other;
}

type Ended = Pick<Dossier, 'endedOn' | 'retention'>;

/**
 * The last day on which a file is kept for its term, counted from the end of the work; null as long as the work goes on,
 * and for what is kept for ever.
 */
export function keptUntil({ endedOn, retention }: Ended, counting: Counting): Day | null {
  if (endedOn === null || retention === 'permanent') return null;
  const year = Number(endedOn.slice(0, 4)) + retention;
  if (counting === 'year-end') return `${year}-12-31` as Day;
  // The 29th of February counts as the 28th: the day there is every year.
  return `${year}${endedOn.slice(4).replace('-02-29', '-02-28')}` as Day;
}

/** The same for a file with its parts: what lies longest in it keeps the whole. */
export function allKeptUntil(files: readonly Ended[], counting: Counting): Day | null {
  let latest: Day | null = null;
  for (const file of files) {
    const until = keptUntil(file, counting);
    if (until === null) return null;
    if (latest === null || until > latest) latest = until;
  }
  return latest;
}
