import { z } from 'zod';
import { RetentionSchema, type ListEntry, type Retention } from './model.ts';

/** A schedule of retention as data: what a title must speak of, and how long such files are kept. */
export const ScheduleSchema = z.object({
  source: z.string(),
  rules: z.array(
    z.object({ words: z.array(z.string().min(1)).min(1), retention: RetentionSchema, basis: z.string() }),
  ),
});
export type Schedule = z.infer<typeof ScheduleSchema>;

export type Suggested = Readonly<{ retention: Retention; basis: string }>;

type Asked = Readonly<{
  code: string;
  title: string;
  entries: readonly ListEntry[];
  schedule: Schedule;
  fold: (text: string) => string;
}>;

/** The line of the agency's own list first, then the schedule's first rule all of whose words the title speaks of. */
export function suggestRetention({ code, title, entries, schedule, fold }: Asked): Suggested | null {
  const line = entries.find((entry) => entry.code === code);
  if (line !== undefined) return { retention: line.retention, basis: 'list' };
  const said = fold(title);
  const rule = schedule.rules.find(({ words }) => words.every((word) => said.includes(fold(word))));
  return rule === undefined ? null : { retention: rule.retention, basis: rule.basis };
}
