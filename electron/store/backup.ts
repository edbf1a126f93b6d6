import { randomBytes } from 'node:crypto';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import {
  AppError,
  HashSchema,
  InstantSchema,
  type AgencyId,
  type Hash,
  type Instant,
  type PersonId,
} from '#shared/kernel/public.ts';
import type { Blobs } from '#shared/node/blobs/public.ts';
import { copyFile, hashOfFile, nodeFiles, type FileOperations } from '#shared/node/files/public.ts';
import { asStoreError, type ReadDb, type WriteDb } from '#shared/node/sqlite/public.ts';
import { readManifest, writeManifest, type Manifest } from './backup-manifest.ts';
import { owedFiles } from './files-between.ts';
import { versionOf } from './migrate.ts';
import { proveDatabase, verifyBackup } from './verify-backup.ts';

export type BackupParts = Readonly<{
  agencyId: AgencyId;
  /** Whose desk it is, where each has one of their own; what its server has of the files is then left there. */
  person?: PersonId | null;
  /** The agency's folder: `keys.json`, `desk.json`, `office.db`, `blobs/`. */
  folder: string;
  db: WriteDb;
  blobs: Blobs;
  dataKey: Uint8Array;
  /** The folder that holds the versions, outside the agency's. */
  to: string;
  now: Instant;
  /** How many versions of this agency stay, the new one among them. */
  keep?: number;
  files?: FileOperations;
}>;

export type BackupMade = Readonly<{ folder: string; manifest: Manifest }>;

/**
 * Makes one more version: database, files and keys, all as encrypted as at home, then read back and proved before it
 * gets its name. The database is copied first, so that every file an act in it names is there.
 */
export async function backup(parts: BackupParts): Promise<BackupMade> {
  const { files = nodeFiles, keep = 5, agencyId, person = null, now } = parts;
  const to = resolve(parts.to);
  if (isInside(to, parts.folder)) throw new AppError('store.backup-inside-data');
  const name = `${prefixOf(agencyId, person)}${now.replaceAll(/[-:.]/gu, '')}`;
  const part = join(to, `${name}.${randomBytes(4).toString('hex')}.part`);
  try {
    files.makeFolder(to);
    sweep(to, files);
    const manifest = await fill(part, parts, files);
    await prove(part, parts.dataKey, files);
    const folder = join(to, name);
    files.rename(part, folder);
    files.syncFolder(to);
    recordBackup(parts.db, manifest);
    forgetOldest(to, { agencyId, person, keep, files });
    return { folder, manifest };
  } catch (error) {
    files.remove(part);
    throw asStoreError(error) ?? error;
  }
}

/** When and up to which entry of the log this machine was last backed up, for saying honestly what is safe. */
export function lastBackup(db: ReadDb): z.infer<typeof LastBackupSchema> | null {
  const value = db.prepare("SELECT value FROM setting WHERE name = 'last-backup'").pluck().get();
  return typeof value === 'string' ? LastBackupSchema.parse(JSON.parse(value)) : null;
}

/** The versions in a folder, oldest first; of one desk when it is named. */
export function versionsIn(
  folder: string,
  desk?: Readonly<{ agencyId: AgencyId; person?: PersonId | null }>,
  files: FileOperations = nodeFiles,
): readonly string[] {
  if (!files.exists(folder)) return [];
  const prefix = desk === undefined ? 'antin-' : prefixOf(desk.agencyId, desk.person ?? null);
  return files
    .list(folder)
    .filter((name) => name.startsWith(prefix) && /-\d{8}T\d{9}Z$/u.test(name))
    .toSorted((one, other) => (one.slice(-19) < other.slice(-19) ? -1 : 1))
    .map((name) => join(folder, name));
}

const LastBackupSchema = z.object({ at: InstantSchema, seq: z.int() });

async function fill(part: string, parts: BackupParts, files: FileOperations): Promise<Manifest> {
  files.makeFolder(part);
  const database = join(part, 'office.db');
  parts.db.prepare('VACUUM INTO ?').run(database);
  const head = await proveDatabase(database, parts.dataKey);
  files.syncFile(database);
  const entries = [{ path: 'office.db', ...print(await hashOfFile(database, files)) }];
  for (const name of ['keys.json', 'desk.json', 'spare.sealed']) {
    const from = join(parts.folder, name);
    if (!files.exists(from)) continue;
    entries.push({ path: name, ...print(await copyFile(from, join(part, name), files)) });
  }
  const isShared = (parts.person ?? null) !== null;
  const wanted = isShared ? owedFiles(parts.db).map(({ hash }) => hash) : parts.blobs.all();
  const { copied, damaged } = await copyBlobs(part, { blobs: parts.blobs, wanted }, files);
  const manifest: Manifest = {
    format: 'antin-backup',
    version: 1,
    agencyId: parts.agencyId,
    person: parts.person ?? null,
    madeAt: parts.now,
    schemaVersion: versionOf(parts.db),
    head: { ...head },
    damaged,
    files: [...entries, ...copied],
  };
  writeManifest(part, manifest, parts.dataKey, files);
  return manifest;
}

type Copying = Readonly<{ blobs: Blobs; wanted: readonly Hash[] }>;

/** Sound files are copied as they lie; one damaged file does not keep the others from being saved. */
async function copyBlobs(part: string, { blobs, wanted }: Copying, files: FileOperations) {
  const copied: Manifest['files'] = [];
  const damaged: Hash[] = [];
  const shelves = new Set<string>();
  for (const hash of wanted) {
    if (!(await blobs.verify(hash))) {
      damaged.push(hash);
      continue;
    }
    const shelf = `blobs/${hash.slice(0, 2)}`;
    files.makeFolder(join(part, shelf));
    shelves.add(shelf);
    const path = `${shelf}/${hash}`;
    copied.push({ path, ...print(await copyFile(blobs.pathOf(hash), join(part, path), files)) });
  }
  for (const shelf of shelves) files.syncFolder(join(part, shelf));
  if (shelves.size > 0) files.syncFolder(join(part, 'blobs'));
  return { copied, damaged };
}

async function prove(part: string, dataKey: Uint8Array, files: FileOperations): Promise<void> {
  try {
    await verifyBackup(part, dataKey, files);
  } catch (error) {
    if (error instanceof AppError) throw new AppError('store.backup-unverified', {}, error);
    throw error;
  }
}

function recordBackup(db: WriteDb, { madeAt, head }: Manifest): void {
  db.prepare(
    `INSERT INTO setting (name, value) VALUES ('last-backup', ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  ).run(JSON.stringify({ at: madeAt, seq: head.seq }));
}

type Desk = Readonly<{ agencyId: AgencyId; person: PersonId | null }>;

function forgetOldest(to: string, { keep, files, ...desk }: Desk & { keep: number; files: FileOperations }) {
  const { agencyId } = desk;
  const versions = versionsIn(to, desk, files).filter(
    (folder) => readManifest(folder, files).agencyId === agencyId,
  );
  for (const folder of versions.slice(0, -Math.max(1, keep))) files.remove(folder);
}

/** What an interrupted backup left is no version and only takes room. */
function sweep(to: string, files: FileOperations): void {
  for (const name of files.list(to)) {
    if (/^antin-.*[.]part$/u.test(name)) files.remove(join(to, name));
  }
}

function prefixOf(agencyId: AgencyId, person: PersonId | null): string {
  return person === null ? `antin-${agencyId}-` : `antin-${agencyId}.${person}-`;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), path);
  return way === '' || !(way.startsWith('..') || resolve(way) === way);
}

function print({ size, sha256 }: { size: number; sha256: string }) {
  return { size, sha256: HashSchema.parse(sha256) };
}
