import type { Act, DocumentId, Instant, LogEntry, PersonId } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';

/** An act of a paper or of one of its tasks, by whom and when. */
export type ToldAct = Act &
  Readonly<{ seq: number; at: Instant; actor: PersonId; onBehalfOf: PersonId | null }>;

/** What happened to a paper and its tasks, in the order it was recorded, and the hash of the last of it. */
export function storyOf(
  db: ReadDb,
  id: DocumentId,
): Readonly<{ acts: readonly ToldAct[]; hash: string | undefined }> {
  const rows = prepared(
    db,
    `SELECT l.entry, l.hash FROM document d
       JOIN timeline t ON t.document = d.n
       JOIN told l ON l.seq = t.seq
      WHERE d.id = ? ORDER BY t.seq`,
  ).all(id) as { entry: string; hash: string }[];
  const entries = rows.map(({ entry, hash }) => ({ entry: JSON.parse(entry) as LogEntry, hash }));
  const acts = entries.flatMap(({ entry }) =>
    entry.acts
      // What happened to the document's tasks belongs to its story too; the series of numbers has its own.
      .filter((act) => act.on.id === id || act.on.kind === 'task')
      .map((act) => ({
        ...act,
        seq: entry.seq,
        at: entry.recordedAt,
        actor: entry.command.actor,
        onBehalfOf: entry.command.onBehalfOf,
      })),
  );
  return { acts, hash: entries.at(-1)?.hash };
}
