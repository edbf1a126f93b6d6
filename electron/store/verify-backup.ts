import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import {
  AppError,
  HashSchema,
  chainHash,
  genesisHash,
  type AggregateRef,
  type LogHead,
} from '#shared/kernel/public.ts';
import { hashOfFile, nodeFiles, type FileOperations } from '#shared/node/files/public.ts';
import { sqliteLog } from '#shared/node/sequencer/public.ts';
import { checkDatabase, openEncrypted, type WriteDb } from '#shared/node/sqlite/public.ts';
import { nextScopeHash } from '#shared/sync/public.ts';
import { assertManifestSealed, readManifest, type Manifest } from './backup-manifest.ts';
import { scopeHead, scopesHeld } from './replica.ts';

const pageSize = 500;

/** Proves that a backup is whole: its seal, every file against its hash, the database and its chain of acts. */
export async function verifyBackup(
  folder: string,
  dataKey: Uint8Array,
  files: FileOperations = nodeFiles,
): Promise<Manifest> {
  const manifest = readManifest(folder, files);
  assertManifestSealed(folder, dataKey, files);
  for (const { path, size, sha256 } of manifest.files) {
    const isThere = files.exists(join(folder, path));
    const found = isThere ? await hashOfFile(join(folder, path), files) : null;
    const isWhole = found?.size === size && found.sha256 === sha256;
    if (!isWhole) throw new AppError('store.backup-damaged', { file: path });
  }
  return manifest;
}

/** Opens a copied database with its key and gives the end of its log, every entry walked. */
export async function proveDatabase(path: string, dataKey: Uint8Array): Promise<LogHead> {
  const db = openEncrypted({ path, key: dataKey });
  try {
    checkDatabase(db, 'full');
    return await walkLog(db);
  } finally {
    // One file again, so that its hash says all.
    db.pragma('journal_mode = DELETE');
    db.close();
  }
}

async function walkLog(db: WriteDb): Promise<LogHead> {
  const isShared = db.prepare('SELECT 1 FROM scope_item LIMIT 1').get() !== undefined;
  return isShared ? walkScopes(db) : walkWhole(db);
}

const ScopeItemSchema = z.object({
  n: z.int(),
  seq: z.int(),
  sees: z.string(),
  hash: HashSchema,
  entry: HashSchema,
});

/** A shared desk has of the log what its person may read, each stretch chained by itself. */
async function walkScopes(db: WriteDb): Promise<LogHead> {
  const items = db.prepare(
    `SELECT i.n, i.seq, i.sees, i.hash, l.hash AS entry FROM scope_item i JOIN log l ON l.seq = i.seq
      WHERE i.scope = ? AND i.n > ? ORDER BY i.n LIMIT ?`,
  );
  for (const scope of scopesHeld(db)) {
    let head = { n: 0, hash: genesisHash };
    for (let isMore = true; isMore;) {
      const page = items.all(scope, head.n, pageSize).map((row) => ScopeItemSchema.parse(row));
      for (const { n, seq, sees, hash, entry } of page) {
        const due = nextScopeHash(head.hash, { n, seq, entry, sees: JSON.parse(sees) as AggregateRef[] });
        if (n !== head.n + 1 || due !== hash) throw new AppError('store.damaged');
        head = { n, hash };
      }
      isMore = page.length === pageSize;
      await setImmediate();
    }
    if (head.n !== scopeHead(db, scope).n) throw new AppError('store.damaged');
  }
  return sqliteLog(db).head();
}

async function walkWhole(db: WriteDb): Promise<LogHead> {
  const log = sqliteLog(db);
  let head: LogHead = { seq: 0, hash: genesisHash };
  for (;;) {
    const page = log.entriesAfter(head.seq, pageSize);
    for (const { entry, hash } of page) {
      const isNext = entry.seq === head.seq + 1 && chainHash(head.hash, entry) === hash;
      if (!isNext) throw new AppError('store.damaged');
      head = { seq: entry.seq, hash };
    }
    if (page.length < pageSize) return head;
    await setImmediate();
  }
}
