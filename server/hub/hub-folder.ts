import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, type AgencyId, type Hash } from '#shared/kernel/public.ts';
import {
  folderStore,
  openArriving,
  openBlobs,
  type Arriving,
  type Blobs,
  type BlobStore,
} from '#shared/node/blobs/public.ts';
import { fingerprintOf } from '#shared/node/exchange/public.ts';
import { lockFolder, writeWhole, type FolderLock } from '#shared/node/files/public.ts';
import { makeServerIdentity, type ServerIdentity } from '#shared/node/pdf-signing/public.ts';
import { openEncrypted, whenStoreFails, type WriteDb } from '#shared/node/sqlite/public.ts';
import type { S3Address } from '../blobs/s3-address.ts';
import { openS3Store } from '../blobs/s3-store.ts';
import type { OwnFile } from '../data/check-database.ts';
import { keptTable, openKept } from '../data/kept.ts';
import { hubTables, sqliteHub, type HubStore } from './hub-store.ts';
import { hubColumns } from './postgres-hub-tables.ts';
import { openPostgresHub, type PostgresHub } from './postgres-hub.ts';

const IdentitySchema = z.object({ authority: z.string(), certificate: z.string(), key: z.string() });
const HubFileSchema = z.object({
  version: z.literal(1),
  /** Where what it keeps is: in this folder's file, or in a database. */
  log: z.enum(['file', 'database']).default('file'),
  /** Where its parts are: in this folder, or in a store by its name; null as long as that was not said. */
  files: z.string().nullable().default(null),
});
export type HubFile = z.infer<typeof HubFileSchema>;

/** A hub's folder: `hub.json`, `server.key`, `tls.json`, `hub.db`, `parts/`. */
export type HubFolder = Readonly<{
  path: string;
  store: HubStore;
  identity: ServerIdentity;
  /** What members are told beforehand, and what stands for the hub when codes are compared. */
  fingerprint: Hash;
  /** Sealed parts, in this folder or in the store it was opened with. */
  parts: BlobStore;
  /** The name of the store it was opened with; null for the folder. */
  elsewhere: string | null;
  arrivingFrom: (agency: AgencyId) => Arriving;
  /** The folder's own file: what it keeps, unless that is in a database. */
  ownFile: OwnFile;
  /** All it keeps, as it is now, into a new file under the same key. */
  copyDatabase: (path: string) => Promise<void>;
  close: () => Promise<void>;
}>;

export type HubPlaces = Readonly<{
  /** For whoever serves from it. */
  alone: boolean;
  /** What it keeps in PostgreSQL instead of the folder's own file. */
  databaseUrl?: string | null;
  elsewhere?: S3Address | null;
}>;

/** Opens a hub's folder, making it on the first start; only where what it keeps really is. */
export async function openHubFolder(
  folder: string,
  { alone, databaseUrl = null, elsewhere = null }: HubPlaces,
): Promise<HubFolder> {
  if (!existsSync(join(folder, 'hub.json'))) makeHubFolder(folder);
  const { identity, fingerprint, dataKey } = readHub(folder);
  const databaseFile = join(folder, 'hub.db');
  const db = openHubFile(databaseFile, dataKey);
  let lock: FolderLock | null = null;
  try {
    lock = alone ? lockFolder(folder) : null;
    const ownParts = openBlobs({ folder: join(folder, 'parts'), dataKey });
    stateMustBeHere(readHubFile(folder), db, databaseUrl);
    partsMustBeHere(readHubFile(folder), ownParts, elsewhere);
    const far = databaseUrl === null ? null : await openPostgresHub(databaseUrl, fingerprint, { alone });
    const place = elsewhere?.name ?? null;
    if (alone) writeHubFile(folder, { version: 1, log: far === null ? 'file' : 'database', files: place });
    const leaving = join(folder, 'parts', 'leaving');
    const parts =
      elsewhere === null
        ? folderStore(ownParts)
        : openS3Store({ address: elsewhere, folder: leaving, dataKey });
    return {
      path: folder,
      store: far?.store ?? sqliteHub(db),
      identity,
      fingerprint,
      parts,
      elsewhere: place,
      arrivingFrom: (agency) =>
        openArriving(join(folder, 'parts', 'arriving', agency), { dataKey, blobs: parts }),
      ownFile: {
        path: databaseFile,
        key: dataKey,
        kept: openKept(db),
        wasAbandoned: lock?.wasAbandoned === true,
      },
      copyDatabase: (path) => copyState(path, { db, far, dataKey }),
      close: async () => {
        await far?.close();
        db.close();
        lock?.release();
      },
    };
  } catch (error) {
    db.close();
    lock?.release();
    throw error;
  }
}

type State = Readonly<{ db: WriteDb; far: PostgresHub | null; dataKey: Uint8Array }>;

async function copyState(path: string, { db, far, dataKey }: State): Promise<void> {
  if (far === null) {
    whenStoreFails(() => db.prepare('VACUUM INTO ?').run(path));
    return;
  }
  const copy = openHubFile(path, dataKey);
  try {
    await far.copyTo(copy);
  } finally {
    copy.close();
  }
}

export function openHubFile(path: string, dataKey: Uint8Array): WriteDb {
  const db = openEncrypted({ path, key: dataKey });
  db.exec(hubTables + keptTable);
  return db;
}

export function readHubFile(folder: string): HubFile {
  return HubFileSchema.parse(JSON.parse(readFileSync(join(folder, 'hub.json'), 'utf8')));
}

export function writeHubFile(folder: string, file: HubFile): void {
  writeWhole(join(folder, 'hub.json'), Buffer.from(JSON.stringify(file)));
}

/** Who a hub is, and the key everything of it is sealed under. */
export function readHub(folder: string) {
  const identity: ServerIdentity = IdentitySchema.parse(
    JSON.parse(readFileSync(join(folder, 'tls.json'), 'utf8')),
  );
  const der = Buffer.from(identity.authority.replaceAll(/-----[^-]+-----|\s/gu, ''), 'base64');
  return { identity, fingerprint: fingerprintOf(der), dataKey: readFileSync(join(folder, 'server.key')) };
}

/** A hub answers only from where its mailboxes really are; one that is new begins wherever it is told to. */
function stateMustBeHere({ log }: HubFile, db: WriteDb, databaseUrl: string | null): void {
  if (databaseUrl === null && log === 'database') throw new AppError('hub.in-database');
  const isEmpty = Object.keys(hubColumns).every(
    (table) => db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined,
  );
  if (databaseUrl !== null && log === 'file' && !isEmpty) throw new AppError('hub.not-migrated');
}

/** Parts are offered from where they really are. */
function partsMustBeHere({ files }: HubFile, own: Blobs, elsewhere: S3Address | null): void {
  if (files !== null && files !== elsewhere?.name) {
    throw new AppError('server.files-elsewhere', { place: files });
  }
  if (files === null && elsewhere !== null && own.all().length > 0) {
    throw new AppError('server.files-here', { place: elsewhere.name });
  }
}

function makeHubFolder(folder: string): void {
  if (existsSync(join(folder, 'server.json'))) throw new AppError('server.there-already', { folder });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const identity = makeServerIdentity({ hosts: [hostname(), 'localhost', '127.0.0.1'], nowMs: Date.now() });
  writeWhole(join(folder, 'server.key'), randomBytes(32));
  writeWhole(join(folder, 'tls.json'), Buffer.from(JSON.stringify(identity)));
  writeHubFile(folder, { version: 1, log: 'file', files: null });
}
