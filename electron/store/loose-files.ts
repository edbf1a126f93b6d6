import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { HashSchema, InstantSchema, type Hash, type Instant } from '#shared/kernel/public.ts';
import type { Arriving, Blobs } from '#shared/node/blobs/public.ts';
import { inTransaction, type ReadDb, type WriteDb } from '#shared/node/sqlite/public.ts';
import { prepared } from './prepared.ts';

export type LooseParts = Readonly<{
  db: WriteDb;
  blobs: Pick<Blobs, 'all' | 'remove' | 'lately'>;
  /** Files on their way here; null at a desk that fetches none. */
  arriving: Arriving | null;
  now: () => Instant;
}>;

export const graceDays = 30;
const dayMs = 24 * 60 * 60_000;
const RowSchema = z.object({ hash: HashSchema, since: InstantSchema.nullable() });

/**
 * Notes in a page's own transaction the files of papers that are no longer this person's: whatever happens next, they go.
 * Whether another paper still speaks of one is looked at when it goes.
 */
export function looseFilesOf(db: WriteDb, documents: Iterable<string>): void {
  const loose = prepared(
    db,
    `INSERT INTO file_loose (hash, since) SELECT hash, NULL FROM document_file WHERE document = ?
     ON CONFLICT (hash) DO UPDATE SET since = NULL`,
  );
  for (const document of documents) loose.run(document);
}

export function hasFilesToGo(db: ReadDb): boolean {
  return prepared(db, 'SELECT 1 FROM file_loose WHERE since IS NULL LIMIT 1').get() !== undefined;
}

/** Takes away, together with their text, the files that are to go at once; what is spoken of again stays. */
export async function removeLoose(parts: LooseParts): Promise<readonly Hash[]> {
  const rows = prepared(parts.db, 'SELECT hash, since FROM file_loose WHERE since IS NULL').all();
  return await removeEach(
    parts,
    rows.map((row) => RowSchema.parse(row).hash),
  );
}

/**
 * The same for everything that nothing speaks of for longer than the grace: an upload that was given up, an attachment
 * of a draft that was never kept. A desk that shares its agency's log can have every one of them again.
 */
export async function collectLoose(parts: LooseParts): Promise<readonly Hash[]> {
  const { db, blobs, arriving, now } = parts;
  const mark = prepared(db, 'INSERT OR IGNORE INTO file_loose (hash, since) VALUES (?, ?)');
  for (const hash of blobs.all()) {
    if (!db.open) return [];
    if (isNamed(db, hash)) prepared(db, 'DELETE FROM file_loose WHERE hash = ?').run(hash);
    else mark.run(hash, now());
    await setImmediate(); // Other work gets its turn between two files.
  }
  const before = new Date(Date.parse(now()) - graceDays * dayMs).toISOString();
  for (const { hash, lastMs } of arriving?.begun() ?? []) {
    if (Date.parse(before) > lastMs) arriving?.forget(hash);
  }
  const due = prepared(db, 'SELECT hash, since FROM file_loose WHERE since IS NULL OR since <= ?').all(
    before,
  );
  return await removeEach(
    parts,
    due.map((row) => RowSchema.parse(row).hash),
  );
}

async function removeEach(parts: LooseParts, hashes: readonly Hash[]): Promise<readonly Hash[]> {
  const removed: Hash[] = [];
  for (const hash of hashes) {
    // The desk was shut meanwhile: it goes on when it is opened.
    if (!parts.db.open) break;
    if (removeOne(parts, hash)) removed.push(hash);
    await setImmediate();
  }
  return removed;
}

/**
 * One file, in one go: nobody begins to speak of it between the look and its end. The file goes before the row that says
 * so, so that what is cut off here is done when the desk is opened again.
 */
function removeOne({ db, blobs, arriving }: LooseParts, hash: Hash): boolean {
  if (isNamed(db, hash)) {
    prepared(db, 'DELETE FROM file_loose WHERE hash = ?').run(hash);
    return false;
  }
  // Somebody here may be about to speak of it: it goes the next time.
  if (blobs.lately(hash)) return false;
  blobs.remove(hash);
  arriving?.forget(hash);
  inTransaction(db, () => {
    for (const table of ['file_text', 'file_wanted', 'file_loose']) {
      prepared(db, `DELETE FROM ${table} WHERE hash = ?`).run(hash);
    }
  });
  return true;
}

/**
 * Whether a paper here, or a command that is not safe in a second place, speaks of a file. What a desk that stands alone
 * decided by itself bears no signature, and is spoken of by its papers.
 */
export function isNamed(db: ReadDb, hash: Hash): boolean {
  const named = prepared(
    db,
    `SELECT 1 WHERE EXISTS (SELECT 1 FROM document_file WHERE hash = @hash)
                 OR EXISTS (SELECT 1 FROM file_owed WHERE hash = @hash)
                 OR EXISTS (SELECT 1 FROM outbox
                             WHERE NOT (status = 'acked' AND signature IS NULL) AND instr(body, @hash) > 0)`,
  );
  return named.get({ hash }) !== undefined;
}
