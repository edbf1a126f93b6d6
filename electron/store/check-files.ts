import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { AppError, HashSchema, InstantSchema, type Hash, type Instant } from '#shared/kernel/public.ts';
import { takeFromCopies, type Blobs } from '#shared/node/blobs/public.ts';
import { inTransaction, type ReadDb, type WriteDb } from '#shared/node/sqlite/public.ts';
import { filesIn, holderOfFiles } from '#shared/sync/public.ts';
import { versionsIn } from './backup.ts';
import { prepared, preparedValue } from './prepared.ts';
import { readState } from './read-state.ts';

export type CheckParts = Readonly<{
  db: WriteDb;
  blobs: Pick<Blobs, 'all' | 'has' | 'size' | 'verify' | 'setAside' | 'takeSealed'>;
  /** Where copies of this desk lie; null where none are made. */
  copies: string | null;
  /** Whether a server has every file of it. */
  isShared: boolean;
  now: () => Instant;
  /** Stops between two files. */
  isOver: () => boolean;
}>;

export type Checked = Readonly<{
  files: number;
  /** Found damaged or lost in this run. */
  found: readonly Hash[];
  /** Of these: taken from a copy of this desk, or asked of the server. */
  mended: readonly Hash[];
  asked: readonly Hash[];
}>;

const setting = 'files.checked';
const LastSchema = z.object({ at: InstantSchema, files: z.int() });

/**
 * Reads every file against its name (NĐ 30 PL6 I.5; TT 05/2025/TT-BNV), those that papers speak of and are not here among
 * them. What is damaged is put aside, where nobody takes it for the file; a copy of this desk gives it back, or the server.
 */
export async function checkFiles(parts: CheckParts): Promise<Checked> {
  const { db, blobs, now, isOver } = parts;
  const [found, mended, asked]: [Hash[], Hash[], Hash[]] = [[], [], []];
  const newestFirst = parts.copies === null ? [] : versionsIn(parts.copies).toReversed();
  let files = 0;
  for (const hash of namesOf(db, blobs)) {
    // Other work gets its turn between two files.
    await setImmediate();
    if (isOver()) break;
    files += 1;
    if (await blobs.verify(hash)) {
      prepared(db, 'DELETE FROM file_fault WHERE hash = ?').run(hash);
      continue;
    }
    found.push(hash);
    const size = sizeOf(db, blobs, hash);
    blobs.setAside(hash);
    if (await takeFromCopies(blobs, newestFirst, hash)) mended.push(hash);
    else {
      prepared(db, 'INSERT OR IGNORE INTO file_fault (hash, found_at) VALUES (?, ?)').run(hash, now());
      if (parts.isShared && size !== null && askServer(db, hash, size)) asked.push(hash);
    }
  }
  if (!isOver()) {
    const last = JSON.stringify({ at: now(), files });
    prepared(db, 'INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)').run(setting, last);
  }
  return { files, found, mended, asked };
}

/** When every file was read through last. */
export function lastCheck(db: ReadDb): z.infer<typeof LastSchema> | null {
  const value = preparedValue(db, 'SELECT value FROM setting WHERE name = ?').get(setting);
  return typeof value === 'string' ? LastSchema.parse(JSON.parse(value)) : null;
}

/** The files that are damaged or lost, of which nothing sound was found yet, each with the papers it belongs to. */
export function fileFaults(db: ReadDb): readonly Readonly<{ hash: Hash; documents: readonly string[] }>[] {
  return prepared(
    db,
    `SELECT f.hash, json_group_array(n.document) AS documents FROM file_fault f
       JOIN document_file n ON n.hash = f.hash GROUP BY f.hash ORDER BY f.found_at, f.hash`,
  )
    .all()
    .map((row) => {
      const { hash, documents } = z.object({ hash: HashSchema, documents: z.string() }).parse(row);
      return { hash, documents: z.array(z.string()).parse(JSON.parse(documents)) };
    });
}

/** Whatever lies here, and whatever a paper speaks of and is not on its way. */
function namesOf(db: ReadDb, blobs: CheckParts['blobs']): readonly Hash[] {
  const named = preparedValue(
    db,
    'SELECT DISTINCT hash FROM document_file WHERE hash NOT IN (SELECT hash FROM file_wanted)',
  )
    .all()
    .map((hash) => HashSchema.parse(hash));
  return [...new Set([...blobs.all(), ...named])];
}

/** Length of the plaintext: as its paper says it, or as the sealed file's own length does. */
function sizeOf(db: ReadDb, blobs: CheckParts['blobs'], hash: Hash): number | null {
  const documents = preparedValue(db, 'SELECT document FROM document_file WHERE hash = ?').all(hash);
  for (const document of documents) {
    const holder = holderOfFiles(String(document), (aggregate, id) => readState(db, aggregate, id));
    const said = filesIn(holder?.held);
    const size = said.find((file) => file.hash === hash)?.size;
    if (size !== undefined) return size;
  }
  try {
    return blobs.has(hash) ? blobs.size(hash) : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function askServer(db: WriteDb, hash: Hash, size: number): boolean {
  return inTransaction(db, () => {
    const document = preparedValue(db, 'SELECT document FROM document_file WHERE hash = ? LIMIT 1').get(hash);
    if (document === undefined) return false;
    prepared(db, 'INSERT OR IGNORE INTO file_wanted (hash, size, document, seq) VALUES (?, ?, ?, 0)').run(
      hash,
      size,
      document,
    );
    return true;
  });
}
