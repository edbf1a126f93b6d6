import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  AgencyIdSchema,
  AppError,
  DeviceIdSchema,
  type AgencyId,
  type AggregateKind,
  type DeviceId,
} from '#shared/kernel/public.ts';
import { accessTables, sqliteAccess, type AccessStore } from '#shared/node/access-log/public.ts';
import {
  agencyLogTables,
  layStatesTogether,
  sqliteAgencyLog,
  type AgencyLog,
} from '#shared/node/agency-log/public.ts';
import { draftTextTables, sqliteTexts, type DraftTexts } from '#shared/node/draft-texts/public.ts';
import type { Person } from '#shared/directory/public.ts';
import {
  folderStore,
  openArriving,
  openBlobs,
  type Arriving,
  type BlobStore,
  type Blobs,
} from '#shared/node/blobs/public.ts';
import {
  gatewayTables,
  sqliteGateway,
  sqliteNoted,
  type GatewayStore,
  type Noted,
} from '#shared/node/exchange/public.ts';
import { lockFolder, writeWhole } from '#shared/node/files/public.ts';
import { makeServerIdentity, type ServerIdentity } from '#shared/node/pdf-signing/public.ts';
import { openEncrypted, whenStoreFails, type ReadDb } from '#shared/node/sqlite/public.ts';
import { openBoxFiles, type BoxFiles } from './box-files.ts';
import type { OwnFile } from './check-database.ts';
import { keptTable, openKept, type Kept } from './kept.ts';
import { openMarks, type Marks } from '../blobs/marks.ts';
import type { S3Address } from '../blobs/s3-address.ts';
import { openS3Store } from '../blobs/s3-store.ts';
import { openSnapshots, type Snapshots } from './snapshots.ts';

const ServerFileSchema = z.object({
  version: z.literal(1),
  agencyId: AgencyIdSchema,
  agencyName: z.string(),
  /** Where the agency's log is: in this folder's file, or in a database that the file only follows. */
  log: z.enum(['file', 'database']).default('file'),
  /** Where its files are: in this folder, or in a store by its name; null as long as that was not said. */
  files: z.string().nullable().default(null),
});
export type ServerFile = z.infer<typeof ServerFileSchema>;

const IdentitySchema = z.object({ authority: z.string(), certificate: z.string(), key: z.string() });

/** One agency's folder at its server: `server.json`, `server.key`, `tls.json`, `agency.db`, `blobs/`, `boxes/`. */
export type AgencyFolder = Readonly<{
  path: string;
  /** Its own file, and how the run before this one ended. */
  ownFile: OwnFile;
  file: ServerFile;
  log: AgencyLog;
  identity: ServerIdentity;
  /** Every state of a kind. */
  states: (kind: AggregateKind) => readonly unknown[];
  /** Everybody the directory knows, in the order they came. */
  people: () => readonly Person[];
  /** Keys and secrets of the server itself. */
  kept: Kept;
  /** The files that papers speak of, sealed under the server's key: in this folder or in the store it was opened with. */
  blobs: BlobStore;
  /** Files in the folder itself, whatever it was opened with. */
  ownBlobs: Blobs;
  /** The name of the store it was opened with; null for the folder. */
  elsewhere: string | null;
  /** Since when nothing speaks of a file. */
  marks: Marks;
  /** What is owed to other agencies and came from them, beside the log. */
  exchange: GatewayStore;
  /** How far that is with what is written in a database. */
  noted: Noted;
  /** The key everything here is sealed under. */
  dataKey: Uint8Array;
  /** The boxes of secret votes. */
  boxes: BoxFiles;
  /** The words of the agency's drafts. */
  texts: DraftTexts;
  /** The lines of every desk's access log. */
  access: AccessStore;
  /** What one desk is sending, and what all of them are. */
  arrivingFrom: (device: DeviceId) => Arriving;
  everyArriving: () => readonly Arriving[];
  /** For whoever compares and counts rows. */
  db: ReadDb;
  /** How far each desk has come. */
  desks: () => readonly Readonly<{ device: DeviceId; dseq: number }>[];
  /** Says where the log or the files are from now on; it outlives this run. */
  mark: (where: Partial<Pick<ServerFile, 'log' | 'files'>>) => void;
  openSnapshots: (onFault: (code: string) => void) => Snapshots;
  /** The database as it is now, into a new file under the same key. */
  copyDatabase: (path: string) => void;
  close: () => void;
}>;

const DeskRowSchema = z.object({ device: DeviceIdSchema, dseq: z.int() });

/** What a folder says of itself, also while a server has it open. */
export function readServerFile(folder: string): ServerFile {
  if (!existsSync(join(folder, 'server.json'))) throw new AppError('server.not-there', { folder });
  return ServerFileSchema.parse(JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')));
}

/** Every state of a kind in a server's file. */
export function statesIn(db: ReadDb, kind: AggregateKind): readonly unknown[] {
  return db
    .prepare('SELECT state FROM aggregate WHERE kind = ? ORDER BY id')
    .all(kind)
    .map((row): unknown => JSON.parse(z.object({ state: z.string() }).parse(row).state));
}

/** The certificate of the server in a folder, and the authority it goes back to. */
export function readIdentity(folder: string): ServerIdentity {
  return IdentitySchema.parse(JSON.parse(readFileSync(join(folder, 'tls.json'), 'utf8')));
}

export function writeServerFile(folder: string, file: ServerFile): void {
  writeWhole(join(folder, 'server.json'), Buffer.from(JSON.stringify(file)));
}

/** Makes the folder of an agency; one that is there is never overwritten. */
export function makeAgencyFolder(folder: string, agency: Readonly<{ id: AgencyId; name: string }>): void {
  if (existsSync(join(folder, 'server.json'))) throw new AppError('server.there-already', { folder });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file: ServerFile = {
    version: 1,
    agencyId: agency.id,
    agencyName: agency.name,
    log: 'file',
    files: null,
  };
  const identity = makeServerIdentity({ hosts: [hostname(), 'localhost', '127.0.0.1'], nowMs: Date.now() });
  writeWhole(join(folder, 'server.key'), randomBytes(32));
  writeWhole(join(folder, 'tls.json'), Buffer.from(JSON.stringify(identity)));
  // Last: a folder without it was never finished.
  writeServerFile(folder, file);
}

/** Opens the folder for this process alone, with its files in the folder or in a store elsewhere. */
export function openAgencyFolder(folder: string, elsewhere: S3Address | null = null): AgencyFolder {
  const file = readServerFile(folder);
  const lock = lockFolder(folder);
  try {
    const identity = readIdentity(folder);
    const dataKey = readFileSync(join(folder, 'server.key'));
    const ownBlobs = openBlobs({ folder: join(folder, 'blobs'), dataKey });
    const onItsWay = join(folder, 'blobs', 'leaving');
    const blobs =
      elsewhere === null
        ? folderStore(ownBlobs)
        : openS3Store({ address: elsewhere, folder: onItsWay, dataKey });
    const databaseFile = join(folder, 'agency.db');
    const db = openEncrypted({ path: databaseFile, key: dataKey });
    layStatesTogether(db);
    db.exec(agencyLogTables + draftTextTables + keptTable + gatewayTables + accessTables);
    const boxes = openBoxFiles(join(folder, 'boxes'), dataKey);
    const close = () => {
      boxes.close();
      db.close();
      lock.release();
    };
    const copyDatabase = (path: string) => {
      whenStoreFails(() => db.prepare('VACUUM INTO ?').run(path));
    };
    const shelves = join(folder, 'blobs', 'arriving');
    const arrivingFrom = (device: DeviceId) => openArriving(join(shelves, device), { dataKey, blobs });
    const everyArriving = () =>
      (existsSync(shelves) ? readdirSync(shelves) : [])
        .flatMap((name) => DeviceIdSchema.safeParse(name).data ?? [])
        .map(arrivingFrom);
    const states = (kind: AggregateKind) => statesIn(db, kind);
    // Folded by the person's own aggregate.
    const people = () => states('person') as readonly Person[];
    const log = sqliteAgencyLog(db);
    const texts = sqliteTexts(db);
    const access = sqliteAccess(db);
    const exchange = sqliteGateway(db);
    const noted = sqliteNoted(db, exchange);
    const kept = openKept(db);
    const everyDesk = db.prepare('SELECT device, last_dseq AS dseq FROM desk ORDER BY device');
    const desks = () => everyDesk.all().map((row) => DeskRowSchema.parse(row));
    let said = file;
    const mark = (where: Partial<Pick<ServerFile, 'log' | 'files'>>) => {
      said = { ...said, ...where };
      writeServerFile(folder, said);
    };
    const marks = openMarks(folder);
    const snapshots = (onFault: (code: string) => void) => openSnapshots({ folder, dataKey, onFault });
    return {
      path: folder,
      ownFile: { path: databaseFile, key: dataKey, kept, wasAbandoned: lock.wasAbandoned },
      file,
      identity,
      log,
      states,
      people,
      kept,
      blobs,
      ownBlobs,
      elsewhere: elsewhere?.name ?? null,
      marks,
      exchange,
      noted,
      dataKey,
      boxes,
      texts,
      access,
      arrivingFrom,
      openSnapshots: snapshots,
      everyArriving,
      db,
      desks,
      mark,
      copyDatabase,
      close,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
