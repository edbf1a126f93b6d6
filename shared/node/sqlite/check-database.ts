import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../../kernel/public.ts';
import type { ReadDb } from './database.ts';
import { openEncrypted, type OpenParts } from './open.ts';
import { asStoreError, whenStoreFails } from './store-error.ts';

export type CheckDepth = 'quick' | 'full';

/**
 * Looks through the database: `quick` after an unclean exit, `full` once a week (it also compares every index with its
 * table). Damage is refused with its sentence.
 */
export function checkDatabase(db: ReadDb, depth: CheckDepth): void {
  const pragma = depth === 'quick' ? 'PRAGMA quick_check(1)' : 'PRAGMA integrity_check(1)';
  const found = whenStoreFails(() => db.prepare(pragma).pluck().get());
  if (found !== 'ok') throw new AppError('store.damaged', {}, found);
}

/** Whether it is sound, or why that could not be seen. */
export type CheckReply = boolean | ErrorCode;

export type DatabaseFile = Pick<OpenParts, 'path' | 'key'> & Readonly<{ depth: CheckDepth }>;

/** Whether the file of a database that is open elsewhere is sound. */
export function isFileSound({ depth, ...file }: DatabaseFile): boolean {
  try {
    const db = openEncrypted(file);
    try {
      checkDatabase(db, depth);
    } finally {
      db.close();
    }
    return true;
  } catch (error) {
    const code = asStoreError(error)?.code;
    if (code === 'store.damaged' || code === 'store.wrong-key') return false;
    throw error;
  }
}

/**
 * The same in a thread of its own: 12 s for a GB (2 cores, November 2026), and nobody who works waits for it. Null when it
 * was stopped before.
 */
export async function checkFileAside(file: DatabaseFile, stop: AbortSignal): Promise<boolean | null> {
  const worker = new Worker(join(import.meta.dirname, 'check-thread.ts'), {
    workerData: file,
    execArgv: [],
    stderr: true,
  });
  worker.unref();
  const end = () => void worker.terminate();
  stop.addEventListener('abort', end, { once: true });
  try {
    const reply = await replyOf(worker);
    if (stop.aborted) return null;
    // Where a thread cannot be started (a packed program without its sources), it is done in this one.
    if (reply === null) return isFileSound(file);
    if (typeof reply === 'boolean') return reply;
    throw new AppError(reply);
  } finally {
    stop.removeEventListener('abort', end);
  }
}

/** What the thread says, or null when it ends without a word. */
function replyOf(worker: Worker): Promise<CheckReply | null> {
  return new Promise((resolve) => {
    worker.once('message', resolve);
    worker.once('error', () => {
      resolve(null);
    });
    worker.once('exit', () => {
      resolve(null);
    });
  });
}
