import { foldActs, type Aggregates, type Decided, type LogPort } from '#shared/node/sequencer/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import type { Projection } from './projection.ts';

type Parts = Readonly<{
  db: WriteDb;
  log: LogPort;
  aggregates: Aggregates;
  projections: readonly Projection[];
}>;

const pageSize = 1000;

/** Folds the whole log again into empty states and read models; call inside a transaction. */
export function rebuildReadModels({ db, log, aggregates, projections }: Parts): number {
  for (const projection of projections.toReversed()) projection.clear(db);
  db.exec('DELETE FROM aggregate');
  let seq = 0;
  for (;;) {
    const page = log.entriesAfter(seq, pageSize);
    for (const chained of page) {
      const decided: Decided = {
        chained,
        isNew: true,
        changed: foldActs(log, aggregates, chained.entry.acts),
      };
      for (const projection of projections) projection.apply(db, decided);
      seq = chained.entry.seq;
    }
    if (page.length < pageSize) break;
  }
  for (const projection of projections) projection.afterRebuild?.(db);
  return seq;
}
