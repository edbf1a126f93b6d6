import { readAllText } from '#shared/node/pdf-text/public.ts';
import type { Blobs } from '#shared/node/blobs/public.ts';
import { AppError, type Hash } from '#shared/kernel/public.ts';
import type { Desk } from '../../store/desk.ts';
import { prepared } from '../../store/prepared.ts';
import { keepFileText } from '../documents/public.ts';

type Indexed = Readonly<{ hash: Hash; size: number }>;

/** Reads the whole text of files after they are in, one at a time, so that nobody waits for it. */
export type TextIndexer = Readonly<{
  add: (file: Indexed) => void;
  /** Resolves when everything added so far can be found. */
  settled: () => Promise<void>;
}>;

export function createTextIndexer(desk: Desk, blobs: Blobs): TextIndexer {
  let queue: Promise<void> = Promise.resolve();
  let isClosed = false;

  async function index({ hash, size }: Indexed): Promise<void> {
    if (isClosed || !desk.db.open) return;
    const text = await textOf(blobs, { hash, size });
    if (text === null) return;
    if (desk.db.open) desk.log.transaction(() => keepFileText(desk.db, hash, text));
    else isClosed = true;
  }

  function add(file: Indexed): void {
    queue = queue.then(() => index(file));
  }

  // What was received just before the machine went down is read now.
  const missed = prepared(
    desk.db,
    `SELECT DISTINCT d.file_hash AS hash FROM document d LEFT JOIN file_text t ON t.hash = d.file_hash
      WHERE d.file_hash IS NOT NULL AND t.hash IS NULL`,
  ).all() as { hash: Hash }[];
  for (const { hash } of missed) {
    const size = sizeOf(blobs, hash);
    if (size !== null) add({ hash, size });
  }
  return { add, settled: () => queue };
}

/** Nothing for a file whose text cannot be read: it is still kept and shown, and found by its fields. Null for one that went meanwhile. */
async function textOf(blobs: Blobs, { hash, size }: Indexed): Promise<string | null> {
  try {
    return await readAllText(await blobs.read(hash, 0, size));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === 'store.blob-missing' ? null : '';
  }
}

/** Null for a file that is lost or damaged: that is told where it is opened, and the office opens without it. */
function sizeOf(blobs: Blobs, hash: Hash): number | null {
  try {
    return blobs.size(hash);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
