import { z } from 'zod';
import { DocumentIdSchema, HashSchema, type LogEntry } from '#shared/kernel/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import { filesIn, type FileName } from '#shared/sync/public.ts';
import { prepared } from './prepared.ts';

const OwedSchema = z.object({ hash: HashSchema, size: z.int() });
const WantedSchema = OwedSchema.extend({ document: DocumentIdSchema });
export type WantedFile = z.infer<typeof WantedSchema>;

/** The files that something said here speaks of go to the server before it. */
export function oweFiles(db: WriteDb, said: unknown): void {
  const owe = prepared(db, 'INSERT OR IGNORE INTO file_owed (hash, size) VALUES (?, ?)');
  for (const { hash, size } of filesIn(said)) owe.run(hash, size);
}

export function owedFiles(db: ReadDb): readonly FileName[] {
  return prepared(db, 'SELECT hash, size FROM file_owed')
    .all()
    .map((row) => OwedSchema.parse(row));
}

export function fileSent(db: WriteDb, { hash }: FileName): void {
  prepared(db, 'DELETE FROM file_owed WHERE hash = ?').run(hash);
}

/** The files that decisions speak of are fetched, the newest first. */
export function wantFiles(db: WriteDb, entries: readonly LogEntry[]): void {
  const want = prepared(
    db,
    'INSERT OR IGNORE INTO file_wanted (hash, size, document, seq) VALUES (?, ?, ?, ?)',
  );
  for (const { acts, seq } of entries) {
    for (const { on, body } of acts) {
      if (on.kind !== 'document') continue;
      for (const { hash, size } of filesIn(body)) want.run(hash, size, on.id, seq);
    }
  }
}

/** The file to fetch next: one that somebody looks at, then the newest of those tried least often. */
export function nextWanted(db: ReadDb, mostTries: number): WantedFile | null {
  const row = prepared(
    db,
    'SELECT hash, size, document FROM file_wanted WHERE tries < ? ORDER BY tries, seq DESC LIMIT 1',
  ).get(mostTries);
  return row === undefined ? null : WantedSchema.parse(row);
}

export function fileCame(db: WriteDb, { hash }: FileName): void {
  prepared(db, 'DELETE FROM file_wanted WHERE hash = ?').run(hash);
}

/** It could not be had now; others are tried before it. */
export function fileDidNotCome(db: WriteDb, { hash }: FileName): void {
  prepared(db, 'UPDATE file_wanted SET tries = max(tries, 0) + 1 WHERE hash = ?').run(hash);
}

/** Everything may be tried again: the way to the server is there, or somebody looks at it. */
export function tryAgain(db: WriteDb): void {
  prepared(db, 'UPDATE file_wanted SET tries = 0 WHERE tries > 0').run();
}

/** Whether it is on its way here; it then comes before the others. */
export function hurryFile(db: WriteDb, hash: string): boolean {
  return prepared(db, 'UPDATE file_wanted SET tries = -1 WHERE hash = ?').run(hash).changes === 1;
}

export type FilesBetween = Readonly<{
  toSend: number;
  toFetch: number;
  bytesToSend: number;
  bytesToFetch: number;
}>;

export function countFiles(db: ReadDb): FilesBetween {
  // All of one row.
  return prepared(
    db,
    `SELECT (SELECT count(*) FROM file_owed) AS toSend, (SELECT count(*) FROM file_wanted) AS toFetch,
            (SELECT coalesce(sum(size), 0) FROM file_owed) AS bytesToSend,
            (SELECT coalesce(sum(size), 0) FROM file_wanted) AS bytesToFetch`,
  ).get() as FilesBetween;
}
