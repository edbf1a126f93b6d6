import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { AppError, HashSchema, InstantSchema, type Hash, type Instant } from '#shared/kernel/public.ts';
import { copyFile, hashOfFile, nodeFiles, writeWhole } from '#shared/node/files/public.ts';
import { asStoreError, openEncrypted } from '#shared/node/sqlite/public.ts';
import type { S3Address } from '../blobs/s3-address.ts';
import { bringBlobs, copyBlobs, copyNamed } from '../data/backups.ts';
import { readHubFile, writeHubFile, type HubFolder } from './hub-folder.ts';

const VersionSchema = z.object({
  format: z.literal('antin-hub-backup'),
  version: z.literal(1),
  hub: HashSchema,
  madeAt: InstantSchema,
  /** SHA-256 of `hub.db` as it lies there, encrypted. */
  database: HashSchema,
});
type Version = z.infer<typeof VersionSchema>;

export type HubBackupOrder = Readonly<{ folder: HubFolder; to: string; keep: number; now: Instant }>;
export type HubBackedUp = Readonly<{
  path: string;
  parts: number;
  /** Parts that were damaged here, and so are not in the copy. */
  damaged: readonly Hash[];
  missing: number;
}>;

const fileNames = ['hub.json', 'tls.json'] as const;

/**
 * Makes one more version of a hub in a second place, whatever keeps its state: one file under the hub's key, which is not in it.
 * The parts lie beside the versions, and only those that a version speaks of.
 */
export async function backUpHub({ folder, to, keep, now }: HubBackupOrder): Promise<HubBackedUp> {
  const place = resolve(to);
  if (!relative(resolve(folder.path), place).startsWith('..')) throw new AppError('store.backup-inside-data');
  const path = join(place, `hub-${now.replaceAll(/[-:.]/gu, '')}`);
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    nodeFiles.makeFolder(place);
    nodeFiles.makeFolder(part);
    await folder.copyDatabase(join(part, 'hub.db'));
    nodeFiles.syncFile(join(part, 'hub.db'));
    for (const name of fileNames) await copyFile(join(folder.path, name), join(part, name));
    const key = readFileSync(join(folder.path, 'server.key'));
    // After the mailboxes: every part they speak of was here before they did.
    const named = partsIn(join(part, 'hub.db'), key);
    const copies = join(place, 'parts');
    const { damaged, missing } =
      folder.elsewhere === null
        ? { damaged: await copyBlobs(join(folder.path, 'parts'), copies, folder.parts.verify), missing: 0 }
        : { damaged: [], missing: await copyNamed(folder.parts, named, copies) };
    const { sha256 } = await hashOfFile(join(part, 'hub.db'));
    const version: Version = {
      format: 'antin-hub-backup',
      version: 1,
      hub: folder.fingerprint,
      madeAt: now,
      database: HashSchema.parse(sha256),
    };
    writeWhole(join(part, 'version.json'), Buffer.from(JSON.stringify(version)));
    nodeFiles.rename(part, path);
    nodeFiles.syncFolder(place);
    const versions = hubVersionsIn(place);
    for (const old of versions.slice(0, -keep)) nodeFiles.remove(old);
    letGoOfParts(copies, versions.slice(-keep), key);
    return { path, parts: named.size, damaged, missing };
  } catch (error) {
    nodeFiles.remove(part);
    throw asStoreError(error) ?? error;
  }
}

export type HubRestoreOrder = Readonly<{
  from: string;
  data: string;
  /** The hub's key, that was kept elsewhere. */
  key: Uint8Array;
  /** Where its parts go; null for the folder itself. */
  elsewhere: S3Address | null;
}>;

/** Brings a version back as a hub's folder, proved before it is used. Its members notice by the places they came to. */
export async function restoreHub({ from, data, key, elsewhere }: HubRestoreOrder): Promise<Instant> {
  const isThere = ['hub.json', 'server.json'].some((name) => nodeFiles.exists(join(data, name)));
  if (isThere) throw new AppError('server.there-already', { folder: data });
  const version = readVersion(from);
  const { sha256 } = await hashOfFile(join(from, 'hub.db'));
  if (sha256 !== version.database) throw new AppError('server.backup-damaged', { path: from });
  partsIn(join(from, 'hub.db'), key);
  nodeFiles.makeFolder(data);
  for (const old of ['hub.db', 'hub.db-wal', 'hub.db-shm']) nodeFiles.remove(join(data, old));
  await copyFile(join(from, 'hub.db'), join(data, 'hub.db'));
  writeWhole(join(data, 'server.key'), key);
  const copies = join(from, '..', 'parts');
  if (elsewhere === null) await copyBlobs(copies, join(data, 'parts'));
  else await bringBlobs(copies, { address: elsewhere, folder: join(data, 'parts', 'leaving'), dataKey: key });
  await copyFile(join(from, 'tls.json'), join(data, 'tls.json'));
  // Wherever it kept its state, that is in this folder's own file now. Last: a folder without it was never finished.
  writeHubFile(data, { ...readHubFile(from), log: 'file', files: elsewhere?.name ?? null });
  return version.madeAt;
}

/** The versions of a hub in a folder, oldest first. */
export function hubVersionsIn(place: string): readonly string[] {
  if (!nodeFiles.exists(place)) return [];
  return nodeFiles
    .list(place)
    .filter((name) => /^hub-\d{8}T\d{9}Z$/u.test(name))
    .toSorted()
    .map((name) => join(place, name));
}

/** Whether a folder is a version of a hub. */
export function isHubVersion(path: string): boolean {
  return nodeFiles.exists(join(path, 'hub.json')) && nodeFiles.exists(join(path, 'version.json'));
}

/** A hub forgets what was collected, and so do its copies. */
function letGoOfParts(copies: string, versions: readonly string[], key: Uint8Array): void {
  if (!nodeFiles.exists(copies)) return;
  const named = new Set(versions.flatMap((one) => [...partsIn(join(one, 'hub.db'), key)]));
  for (const shelf of nodeFiles.list(copies)) {
    for (const name of nodeFiles.list(join(copies, shelf))) {
      const hash = HashSchema.safeParse(name).data;
      if (hash !== undefined && !named.has(hash)) nodeFiles.remove(join(copies, shelf, name));
    }
  }
}

/** The parts that a copied hub's mailboxes speak of; refused when it cannot be opened under this key. */
function partsIn(path: string, key: Uint8Array): ReadonlySet<Hash> {
  try {
    const db = openEncrypted({ path, key });
    try {
      const rows = z.array(z.object({ hash: HashSchema })).parse(db.prepare('SELECT hash FROM part').all());
      return new Set(rows.map(({ hash }) => hash));
    } finally {
      db.close();
    }
  } catch (error) {
    throw new AppError('server.backup-damaged', { path }, error);
  }
}

function readVersion(path: string): Version {
  try {
    return VersionSchema.parse(JSON.parse(readFileSync(join(path, 'version.json'), 'utf8')));
  } catch (error) {
    throw new AppError('server.backup-damaged', { path }, error);
  }
}
