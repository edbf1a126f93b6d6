import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ScheduleSchema,
  fileListAggregate,
  fileListId,
  firstSettings,
  retentionAggregate,
  suggestRetention,
  type RetentionSettings,
  type Schedule,
  type Suggested,
} from '#shared/dossiers/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import type { Signed } from '../../host/context.ts';
import { readState } from '../../store/read-state.ts';

/** The schedule that comes along, with where it comes from and how sure each line is. */
export const schedule: Schedule = ScheduleSchema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../resources/catalogues/retention.json'), 'utf8')),
);

type Desk = Pick<Signed, 'open'>;

export function retentionSettings({ open }: Desk): RetentionSettings {
  return readState(open.desk.db, retentionAggregate, open.desk.agencyId) ?? firstSettings;
}

/** How long a file is kept by its year's list, the agency's rules or the schedule. */
export function suggestedFor(
  desk: Desk,
  { year, code, title }: Readonly<{ year: number; code: string; title: string }>,
): Suggested | null {
  const list = readState(desk.open.desk.db, fileListAggregate, fileListId(year));
  const { rules: own } = retentionSettings(desk);
  return suggestRetention({ code, title, entries: list?.entries ?? [], own, schedule, fold: foldVietnamese });
}
