import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import {
  AppError,
  HashSchema,
  InstantSchema,
  AgencyIdSchema,
  genesisHash,
  instantFrom,
  type Hash,
  type Instant,
  type LogHead,
} from '#shared/kernel/public.ts';
import { gatewayTables, markRestored } from '#shared/node/exchange/public.ts';
import { copyFile, hashOfFile, nodeFiles, writeWhole } from '#shared/node/files/public.ts';
import { sqliteLog, walkChain } from '#shared/node/sequencer/public.ts';
import { asStoreError, openEncrypted } from '#shared/node/sqlite/public.ts';
import type { BlobStore } from '#shared/node/blobs/public.ts';
import { namedFiles, type NamedFiles } from '#shared/sync/public.ts';
import type { S3Address } from '../blobs/s3-address.ts';
import { openS3Store, type S3StoreParts } from '../blobs/s3-store.ts';
import type { Mirror } from '../log/mirror.ts';
import { readServerFile, writeServerFile, type AgencyFolder } from './agency-folder.ts';

const VersionSchema = z.object({
  format: z.literal('antin-server-backup'),
  version: z.literal(1),
  agencyId: AgencyIdSchema,
  madeAt: InstantSchema,
  head: z.object({ seq: z.int(), hash: HashSchema }),
  /** SHA-256 of `agency.db` as it lies there, encrypted. */
  database: HashSchema,
});
type Version = z.infer<typeof VersionSchema>;

export type BackupOrder = Readonly<{
  folder: AgencyFolder;
  /** The server's own folder, and the one outside it that holds the versions. */
  data: string;
  to: string;
  keep: number;
  now: Instant;
  /** Brings the folder's file up to a log that is kept elsewhere, and has it copied as it then is. */
  follow?: Mirror['follow'] | null;
}>;

export type BackedUp = Readonly<{
  path: string;
  head: LogHead;
  /** Up to where every version that is kept reaches: whichever is taken up again, nothing before it is lost. */
  stable: number;
  /** Files that were damaged here, and so are not in the copy. */
  damaged: readonly Hash[];
  /** Files that the log speaks of and the store does not have. */
  missing: number;
}>;

const pageSize = 1000;
const fileNames = ['server.json', 'tls.json'] as const;
/** There once the agency is connected to others; its keys are sealed under the server's, which is kept elsewhere. */
const connectionNames = ['exchange.json', 'exchange.keys'] as const;

/**
 * Makes one more version in a second place: the log by the database itself, under the same key, read back and walked
 * from its first entry before it gets its name. The key is not in it. The files
 * lie beside the versions, one copy for all.
 */
export async function backUpAgency({
  folder,
  data,
  to,
  keep,
  now,
  follow = null,
}: BackupOrder): Promise<BackedUp> {
  const place = resolve(to);
  if (!relative(resolve(data), place).startsWith('..')) throw new AppError('store.backup-inside-data');
  const path = join(place, `server-${now.replaceAll(/[-:.]/gu, '')}`);
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    nodeFiles.makeFolder(place);
    nodeFiles.makeFolder(part);
    const copy = () => {
      folder.copyDatabase(join(part, 'agency.db'));
    };
    if (follow === null) copy();
    else await follow(copy);
    nodeFiles.syncFile(join(part, 'agency.db'));
    for (const name of fileNames) await copyFile(join(data, name), join(part, name));
    for (const name of connectionNames.filter((one) => nodeFiles.exists(join(data, one)))) {
      await copyFile(join(data, name), join(part, name));
    }
    const named = namedFiles();
    const head = walk(join(part, 'agency.db'), keyOf(data), named);
    // After the log: every file it speaks of was here before it spoke.
    const copies = join(place, 'blobs');
    const { damaged, missing } =
      folder.elsewhere === null
        ? { damaged: await copyBlobs(join(data, 'blobs'), copies, folder.blobs.verify), missing: 0 }
        : { damaged: [], missing: await copyNamed(folder.blobs, named.files(), copies) };
    // What was destroyed is destroyed here as well; earlier versions of the log speak of it, and have it no more.
    for (const hash of named.destroyed()) nodeFiles.remove(join(copies, hash.slice(0, 2), hash));
    // What was sealed for others keeps its bytes, whichever try it goes out in.
    await copyBlobs(join(data, 'exchange'), join(place, 'exchange'));
    const { sha256 } = await hashOfFile(join(part, 'agency.db'));
    const version: Version = {
      format: 'antin-server-backup',
      version: 1,
      agencyId: folder.file.agencyId,
      madeAt: now,
      head: { ...head },
      database: HashSchema.parse(sha256),
    };
    writeWhole(join(part, 'version.json'), Buffer.from(JSON.stringify(version)));
    nodeFiles.rename(part, path);
    nodeFiles.syncFolder(place);
    const kept = versionsIn(place);
    for (const old of kept.slice(0, -keep)) nodeFiles.remove(old);
    const stable = Math.min(...kept.slice(-keep).map((one) => readVersion(one).head.seq));
    return { path, head, stable, damaged, missing };
  } catch (error) {
    nodeFiles.remove(part);
    throw asStoreError(error) ?? error;
  }
}

export type RestoreOrder = Readonly<{
  from: string;
  data: string;
  /** The server's key, that was kept elsewhere. */
  key: Uint8Array;
  /** Where its files go; null for the folder itself. */
  elsewhere: S3Address | null;
}>;

/** Brings a version back as the folder of a server; proved before it is used. */
export async function restoreAgency({ from, data, key, elsewhere }: RestoreOrder): Promise<LogHead> {
  const isThere = nodeFiles.exists(join(data, 'server.json'));
  if (isThere) throw new AppError('server.there-already', { folder: data });
  const version = readVersion(from);
  const { sha256 } = await hashOfFile(join(from, 'agency.db'));
  if (sha256 !== version.database) throw new AppError('server.backup-damaged', { path: from });
  const head = walk(join(from, 'agency.db'), key);
  if (head.hash !== version.head.hash) throw new AppError('server.backup-damaged', { path: from });
  nodeFiles.makeFolder(data);
  for (const old of ['agency.db', 'agency.db-wal', 'agency.db-shm']) nodeFiles.remove(join(data, old));
  await copyFile(join(from, 'agency.db'), join(data, 'agency.db'));
  writeWhole(join(data, 'server.key'), key);
  const copies = join(from, '..', 'blobs');
  if (elsewhere === null) await copyBlobs(copies, join(data, 'blobs'));
  else await bringBlobs(copies, { address: elsewhere, folder: join(data, 'blobs', 'leaving'), dataKey: key });
  await copyBlobs(join(from, '..', 'exchange'), join(data, 'exchange'));
  tellGateway(join(data, 'agency.db'), key, version.madeAt);
  await copyFile(join(from, 'tls.json'), join(data, 'tls.json'));
  for (const name of connectionNames.filter((one) => nodeFiles.exists(join(from, one)))) {
    await copyFile(join(from, name), join(data, name));
  }
  // Wherever the log was, it is in this folder's own file now.
  writeServerFile(data, { ...readServerFile(from), log: 'file', files: elsewhere?.name ?? null });
  return head;
}

/** The others may have what is newer than the copy: its gateway asks them before it sends. */
function tellGateway(path: string, key: Uint8Array, since: Instant): void {
  const db = openEncrypted({ path, key });
  try {
    db.exec(gatewayTables);
    markRestored(db, { since, at: instantFrom(Date.now()) });
  } finally {
    db.close();
  }
}

/** The versions in a folder, oldest first. */
export function versionsIn(place: string): readonly string[] {
  if (!nodeFiles.exists(place)) return [];
  return nodeFiles
    .list(place)
    .filter((name) => /^server-\d{8}T\d{9}Z$/u.test(name))
    .toSorted()
    .map((name) => join(place, name));
}

/**
 * Files of a store on other machines, by what the log speaks of and not by the store's listing, which may lag behind; each
 * is proved under the key as it comes. Gives how many are not there.
 */
export async function copyNamed(store: BlobStore, named: ReadonlySet<Hash>, to: string): Promise<number> {
  let missing = 0;
  for (const hash of named) {
    const shelf = join(to, hash.slice(0, 2));
    if (nodeFiles.exists(join(shelf, hash))) continue;
    if ((await store.size(hash)) === null) {
      missing += 1;
      continue;
    }
    nodeFiles.makeFolder(shelf);
    const aside = join(shelf, `${hash}.part`);
    nodeFiles.remove(aside);
    await store.copyTo(hash, aside);
    nodeFiles.rename(aside, join(shelf, hash));
    nodeFiles.syncFolder(shelf);
  }
  return missing;
}

/** Copied files back into a store that may have some of them still. */
export async function bringBlobs(from: string, parts: S3StoreParts): Promise<void> {
  const store = openS3Store(parts);
  for (const shelf of nodeFiles.exists(from) ? nodeFiles.list(from) : []) {
    for (const name of nodeFiles.list(join(from, shelf))) {
      const hash = HashSchema.safeParse(name).data;
      if (hash === undefined || (await store.size(hash)) !== null) continue;
      await store.takeSealed(hash, join(from, shelf, name));
    }
  }
}

/**
 * Sealed files as they lie there, under the same key: each is copied once for all versions, read through before. A
 * damaged one stays out and keeps no other from being saved; an earlier copy of it stays.
 */
export async function copyBlobs(
  from: string,
  to: string,
  isSound: (hash: Hash) => Promise<boolean> = () => Promise.resolve(true),
): Promise<readonly Hash[]> {
  const damaged: Hash[] = [];
  if (!nodeFiles.exists(from)) return damaged;
  for (const shelf of nodeFiles.list(from).filter((name) => /^[0-9a-f]{2}$/u.test(name))) {
    const known = nodeFiles.exists(join(to, shelf)) ? new Set(nodeFiles.list(join(to, shelf))) : new Set();
    const missing = nodeFiles.list(join(from, shelf)).filter((name) => !known.has(name));
    if (missing.length === 0) continue;
    nodeFiles.makeFolder(join(to, shelf));
    for (const name of missing) {
      const hash = HashSchema.safeParse(name).data;
      if (hash === undefined) continue;
      if (!(await isSound(hash))) {
        damaged.push(hash);
        continue;
      }
      const aside = join(to, shelf, `${name}.part`);
      nodeFiles.remove(aside);
      await copyFile(join(from, shelf, name), aside);
      nodeFiles.rename(aside, join(to, shelf, name));
    }
    nodeFiles.syncFolder(join(to, shelf));
  }
  return damaged;
}

function keyOf(data: string): Uint8Array {
  return readFileSync(join(data, 'server.key'));
}

function readVersion(path: string): Version {
  try {
    return VersionSchema.parse(JSON.parse(readFileSync(join(path, 'version.json'), 'utf8')));
  } catch (error) {
    throw new AppError('server.backup-damaged', { path }, error);
  }
}

/** The head of a copied log, once every entry was seen to continue the chain; and the files its acts speak of. */
function walk(path: string, key: Uint8Array, named: NamedFiles | null = null): LogHead {
  const db = openEncrypted({ path, key });
  try {
    const log = sqliteLog(db);
    const walked = walkChain(everyEntry(log, named));
    if (!walked.ok) throw new AppError('server.backup-damaged', { path });
    return walked.entries === 0 ? { seq: 0, hash: genesisHash } : { seq: walked.entries, hash: walked.head };
  } finally {
    db.close();
  }
}

function* everyEntry({ entriesAfter }: ReturnType<typeof sqliteLog>, named: NamedFiles | null) {
  for (let seq = 0; ;) {
    const page = entriesAfter(seq, pageSize);
    for (const { entry } of page) named?.add(entry.acts);
    yield* page;
    seq += page.length;
    if (page.length < pageSize) return;
  }
}
