import {
  allKeptUntil,
  dossierAggregate,
  ripeStates,
  whyNotDestroyed,
  type DueFile,
} from '#shared/dossiers/public.ts';
import { yearOf } from '#shared/kernel/public.ts';
import type { Signed } from '../../host/context.ts';
import { preparedValue } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { retentionSettings } from './retention.ts';

type Looking = Pick<Signed, 'open' | 'today'>;

/** Files whose term is over and that stand on no list yet, those that were due first before the others. */
export function dueFiles(looking: Looking): DueFile[] {
  const { counting } = retentionSettings(looking);
  const { db } = looking.open.desk;
  return candidates(looking)
    .flatMap((id): DueFile[] => {
      const whole = readState(db, dossierAggregate, id);
      if (whole?.endedOn == null) return [];
      const parts = whole.parts.flatMap((part) => readState(db, dossierAggregate, part) ?? []);
      const files = [whole, ...parts];
      const keptUntil = allKeptUntil(files, counting);
      if (keptUntil === null || keptUntil >= looking.today) return [];
      const { code, title, retention, endedOn } = whole;
      const papers = files.reduce((sum, { items }) => sum + items.length, 0);
      return [
        { id: whole.id, code, title, retention, endedOn, keptUntil, papers, stays: whyNotDestroyed(files) },
      ];
    })
    .toSorted((one, other) => (one.keptUntil < other.keptUntil ? -1 : 1));
}

/** Those that may be due by the year alone: years are whole, so nothing is left out. */
function candidates({ open, today }: Looking): string[] {
  const marks = ripeStates.map(() => '?').join(', ');
  return preparedValue(
    open.desk.db,
    `SELECT id FROM dossier
      WHERE parent IS NULL AND state IN (${marks}) AND retention <> 'permanent' AND ended_on IS NOT NULL
        AND CAST(substr(ended_on, 1, 4) AS INTEGER) + CAST(retention AS INTEGER) <= ?`,
  ).all(...ripeStates, yearOf(today)) as string[];
}
