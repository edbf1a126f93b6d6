import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError, chainHash, genesisHash, type LogHead } from '#shared/kernel/public.ts';
import { hashOfFile, nodeFiles, type FileOperations } from '#shared/node/files/public.ts';
import { sqliteLog } from '#shared/node/sequencer/public.ts';
import { openEncrypted, type WriteDb } from '#shared/node/sqlite/public.ts';
import { assertManifestSealed, readManifest, type Manifest } from './backup-manifest.ts';
import { checkDatabase } from './integrity.ts';

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
