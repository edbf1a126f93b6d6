import { z } from 'zod';
import {
  DocumentIdSchema,
  HashSchema,
  type DocumentId,
  type Hash,
  type LogEntry,
} from '#shared/kernel/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import { filesIn, kindsWithFiles, type FileName } from '#shared/sync/public.ts';
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

/** The files that decisions speak of are fetched, each in its turn. */
export function wantFiles(db: WriteDb, entries: readonly LogEntry[]): void {
  const want = prepared(
    db,
    'INSERT OR IGNORE INTO file_wanted (hash, size, document, seq) VALUES (?, ?, ?, ?)',
  );
  for (const { acts, seq } of entries) {
    for (const { on, body } of acts) {
      if (!kindsWithFiles.has(on.kind)) continue;
      for (const { hash, size } of filesIn(body)) want.run(hash, size, on.id, seq);
    }
  }
}

type Turn = (db: ReadDb, asked: Asked) => unknown;
type Asked = Readonly<{
  mostTries: number;
  /** Under which names things wait for the person here. */ whos: readonly string[];
}>;

/**
 * Which file comes next: the first of these that names one. Papers of a meeting that begins soon have their place before
 * what waits for somebody.
 */
const turns: readonly Turn[] = [lookedAt, metFor, waitedFor, newest];

export function nextWanted(db: ReadDb, asked: Asked): WantedFile | null {
  for (const turn of turns) {
    const row = turn(db, asked);
    if (row !== undefined) return WantedSchema.parse(row);
  }
  return null;
}

/** One that somebody has open now. */
function lookedAt(db: ReadDb): unknown {
  return prepared(
    db,
    'SELECT hash, size, document FROM file_wanted WHERE tries = -1 ORDER BY seq DESC LIMIT 1',
  ).get();
}

/** One of the meeting that is on, or begins soonest. */
function metFor(db: ReadDb): unknown {
  return prepared(
    db,
    `SELECT f.hash, f.size, f.document
       FROM file_wanted f JOIN meeting_item i ON i.id = f.document JOIN meeting m ON m.id = i.meeting
      WHERE f.tries = 0 AND m.state IN ('invited', 'in-session')
      ORDER BY m.state DESC, m.starts_at, f.seq LIMIT 1`,
  ).get();
}

/** One of the paper that waits for this person soonest; what could not be had goes behind the others. */
function waitedFor(db: ReadDb, { whos }: Asked): unknown {
  const soonest = prepared(
    db,
    `SELECT w.due_key, w.since, f.hash, f.size, f.document
       FROM waiting w JOIN file_wanted f ON f.document = w.document AND f.tries = 0
      WHERE w.who = ? ORDER BY w.due_key, w.since LIMIT 1`,
  );
  const found = whos.flatMap((who) => {
    const row = soonest.get(who) as { due_key: string; since: string } | undefined;
    return row === undefined ? [] : [row];
  });
  return found.toSorted((a, b) => a.due_key.localeCompare(b.due_key) || a.since.localeCompare(b.since))[0];
}

/** The newest of those tried least often. */
function newest(db: ReadDb, { mostTries }: Asked): unknown {
  return prepared(
    db,
    'SELECT hash, size, document FROM file_wanted WHERE tries < ? ORDER BY tries, seq DESC LIMIT 1',
  ).get(mostTries);
}

export function fileCame(db: WriteDb, { hash }: FileName): void {
  prepared(db, 'DELETE FROM file_wanted WHERE hash = ?').run(hash);
}

/** The papers here that spoke of a file at some time. */
export function namingPapers(db: ReadDb, hash: Hash): readonly DocumentId[] {
  return prepared(db, 'SELECT hash, document, 0 AS size FROM document_file WHERE hash = ?')
    .all(hash)
    .map((row) => WantedSchema.parse(row).document);
}

/** The paper it was asked for speaks of it no more, and another one does. */
export function wantFrom(db: WriteDb, { hash, document }: WantedFile): void {
  prepared(db, 'UPDATE file_wanted SET document = ? WHERE hash = ?').run(document, hash);
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
