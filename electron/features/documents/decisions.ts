import { HashSchema, type ChainedEntry, type DocumentId, type LogEntry } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';

/** What was decided about a paper and its tasks up to a place in the log; what this desk only expects is not among it. */
export function decisionsOn(db: ReadDb, id: DocumentId, upTo: number): ChainedEntry[] {
  const rows = prepared(
    db,
    `SELECT l.entry, l.hash FROM document d
       JOIN timeline t ON t.document = d.n
       JOIN log l ON l.seq = t.seq
      WHERE d.id = ? AND t.seq <= ? ORDER BY t.seq`,
  ).all(id, upTo) as { entry: string; hash: string }[];
  return rows.map(({ entry, hash }) => ({
    entry: JSON.parse(entry) as LogEntry,
    hash: HashSchema.parse(hash),
  }));
}
