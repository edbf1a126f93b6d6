import { dirname, join, resolve } from 'node:path';
import { AppError } from '#shared/kernel/public.ts';
import { copyFile, nodeFiles, type FileOperations } from '#shared/node/files/public.ts';
import { sqliteLog } from '#shared/node/sequencer/public.ts';
import { asStoreError, openEncrypted } from '#shared/node/sqlite/public.ts';
import { readManifest, type Manifest } from './backup-manifest.ts';
import { versionsIn } from './backup.ts';
import { wantFiles } from './files-between.ts';
import { readKeyringFile } from './keyring-file.ts';
import { unwrapKey } from './key-wrapping.ts';
import { proveDatabase, verifyBackup } from './verify-backup.ts';

export type RestoreParts = Readonly<{
  /** One version, or a folder of versions, of which the newest is taken. */
  from: string;
  /** The data folder; the agency's own folder is made in it and must not hold anything yet. */
  dataFolder: string;
  /** Whose passphrase it is; the first who can sign in when null. */
  personId: string | null;
  /** As it was when the backup was made. */
  passphrase: string;
  files?: FileOperations;
}>;

export type Restored = Readonly<{ folder: string; manifest: Manifest }>;

/** Brings an agency back from a backup proved whole before anything is written, and proved again after. */
export async function restore(parts: RestoreParts): Promise<Restored> {
  const { files = nodeFiles } = parts;
  const from = versionAt(parts.from, parts.personId, files);
  const target = join(resolve(parts.dataFolder), nameOf(readManifest(from, files)));
  if (files.exists(target) && files.list(target).length > 0) throw new AppError('store.restore-not-empty');
  const dataKey = await keyIn(from, parts);
  const manifest = await verifyBackup(from, dataKey, files);
  // One folder further down, where nobody takes it for an agency's while it is half there.
  const aside = join(dirname(target), 'restoring');
  const part = join(aside, nameOf(manifest));
  try {
    files.remove(aside); // What an interrupted restore left.
    await bringBack({ from, part, manifest, dataKey, files });
    if (files.exists(target)) files.remove(target);
    files.rename(part, target);
    files.syncFolder(dirname(target));
    files.remove(aside);
  } catch (error) {
    files.remove(aside);
    throw asStoreError(error) ?? error;
  }
  return { folder: target, manifest };
}

/** As the folder is called in which a desk lies: an agency's, or one person's of it. */
function nameOf({ agencyId, person }: Pick<Manifest, 'agencyId' | 'person'>): string {
  return person === null ? agencyId : `${agencyId}.${person}`;
}

/** The version meant by a path: itself, or the newest in it; of this person's desk where there are several. */
function versionAt(path: string, personId: string | null, files: FileOperations): string {
  if (files.exists(join(path, 'manifest.json'))) return resolve(path);
  const versions = versionsIn(resolve(path), undefined, files);
  const theirs = versions.filter((one) => personId !== null && one.includes(`.${personId}-`));
  const newest = (theirs.length > 0 ? theirs : versions).at(-1);
  if (newest === undefined) throw new AppError('store.backup-missing');
  return newest;
}

/** A wrong passphrase is not counted here: the copy is on a medium that may not be written to. */
async function keyIn(from: string, { personId, passphrase }: RestoreParts): Promise<Uint8Array> {
  const person = readKeyringFile(join(from, 'keys.json')).people.find(
    ({ id }) => personId === null || id === personId,
  );
  if (person === undefined) throw new AppError('store.person-unknown');
  const dataKey = await unwrapKey(person.key, person.id, passphrase);
  if (dataKey === null) throw new AppError('store.backup-passphrase');
  return dataKey;
}

type Copy = Readonly<{
  from: string;
  part: string;
  manifest: Manifest;
  dataKey: Uint8Array;
  files: FileOperations;
}>;

async function bringBack({ from, part, manifest, dataKey, files }: Copy): Promise<void> {
  const folders = new Set(manifest.files.map(({ path }) => dirname(path)));
  for (const folder of folders) files.makeFolder(join(part, folder));
  for (const { path, sha256 } of manifest.files) {
    const copied = await copyFile(join(from, path), join(part, path), files);
    if (copied.sha256 !== sha256) throw new AppError('store.backup-damaged', { file: path });
  }
  for (const folder of folders) files.syncFolder(join(part, folder));
  const head = await proveDatabase(join(part, 'office.db'), dataKey);
  const isSame = head.seq === manifest.head.seq && head.hash === manifest.head.hash;
  if (!isSame) throw new AppError('store.backup-damaged', { file: 'office.db' });
  if (manifest.person !== null) wantFromServer(part, manifest, dataKey);
}

/** Files that the server has are not in the copy of a shared desk: they are fetched again, the newest first. */
function wantFromServer(part: string, { files }: Manifest, dataKey: Uint8Array): void {
  const here = new Set(files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)));
  const db = openEncrypted({ path: join(part, 'office.db'), key: dataKey });
  try {
    const log = sqliteLog(db);
    log.transaction(() => {
      for (let seq = 0; ;) {
        const page = log.entriesAfter(seq, 500);
        wantFiles(
          db,
          page.map(({ entry }) => entry),
        );
        seq = page.at(-1)?.entry.seq ?? seq;
        if (page.length < 500) break;
      }
      for (const hash of here) db.prepare('DELETE FROM file_wanted WHERE hash = ?').run(hash);
    });
  } finally {
    db.pragma('journal_mode = DELETE');
    db.close();
  }
}
