import { z } from 'zod';
import {
  AgendaItemIdSchema,
  InstantSchema,
  MeetingIdSchema,
  type Hash,
  type Instant,
} from '#shared/kernel/public.ts';
import { usualKeepDays } from '#shared/meetings/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import { looseFilesOf } from './loose-files.ts';
import { prepared } from './prepared.ts';

const dayMs = 24 * 60 * 60_000;
const RowSchema = z.object({
  id: MeetingIdSchema,
  overAt: InstantSchema,
  keepDays: z.int().nullable(),
});

type Letting = Readonly<{ now: Instant; /** Whether a server has the papers too. */ isShared: boolean }>;

/**
 * Lets go of what a desk keeps of meetings that were over long enough ago: everybody's own notes and, where the server
 * has them, the copies of papers that nothing else here speaks of. A paper that is opened again comes again.
 */
export function letGoOfMeetings(db: WriteDb, { now, isShared }: Letting): void {
  const over = prepared(
    db,
    `SELECT m.id, coalesce(a.state ->> '$.endedAt', a.state ->> '$.endsAt') AS overAt,
            a.state ->> '$.rules.keepDays' AS keepDays
       FROM meeting m JOIN aggregate a ON a.kind = 'meeting' AND a.id = m.id
      WHERE m.state IN ('ended', 'signed', 'cancelled')`,
  )
    .all()
    .map((row) => RowSchema.parse(row))
    .filter(
      ({ overAt, keepDays }) => Date.parse(overAt) + (keepDays ?? usualKeepDays) * dayMs < Date.parse(now),
    );
  for (const { id } of over) {
    prepared(db, 'DELETE FROM private_note WHERE meeting = ?').run(id);
    if (!isShared) continue;
    const items = prepared(db, 'SELECT id FROM meeting_item WHERE meeting = ?').all(id);
    for (const row of items) {
      const item = z.object({ id: AgendaItemIdSchema }).parse(row).id;
      looseFilesOf(db, [item]);
      prepared(db, 'DELETE FROM document_file WHERE document = ?').run(item);
      prepared(db, 'DELETE FROM file_wanted WHERE document = ?').run(item);
    }
  }
}

/** A paper that was let go of is asked for again by whoever opens it. */
export function wantPaperAgain(
  db: WriteDb,
  { hash, size }: Readonly<{ hash: Hash; size: number }>,
  item: string,
): void {
  prepared(db, 'INSERT OR IGNORE INTO document_file (hash, document) VALUES (?, ?)').run(hash, item);
  prepared(db, 'INSERT OR IGNORE INTO file_wanted (hash, size, document, seq) VALUES (?, ?, ?, 0)').run(
    hash,
    size,
    item,
  );
}
