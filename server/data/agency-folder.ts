import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AgencyIdSchema, AppError, type AgencyId, type DeviceId } from '#shared/kernel/public.ts';
import { agencyLogTables, sqliteAgencyLog, type AgencyLog } from '#shared/node/agency-log/public.ts';
import { draftTextTables, sqliteTexts, type DraftTexts } from '#shared/node/draft-texts/public.ts';
import type { Person } from '#shared/directory/public.ts';
import { openArriving, openBlobs, type Arriving, type Blobs } from '#shared/node/blobs/public.ts';
import { gatewayTables, sqliteGateway, type GatewayStore } from '#shared/node/exchange/public.ts';
import { lockFolder, writeWhole } from '#shared/node/files/public.ts';
import { makeServerIdentity, type ServerIdentity } from '#shared/node/pdf-signing/public.ts';
import { openEncrypted, whenStoreFails } from '#shared/node/sqlite/public.ts';

const ServerFileSchema = z.object({
  version: z.literal(1),
  agencyId: AgencyIdSchema,
  agencyName: z.string(),
});
export type ServerFile = z.infer<typeof ServerFileSchema>;

const IdentitySchema = z.object({ authority: z.string(), certificate: z.string(), key: z.string() });

/** One agency's folder at its server: `server.json`, `server.key`, `tls.json`, `agency.db`, `blobs/`. */
export type AgencyFolder = Readonly<{
  file: ServerFile;
  log: AgencyLog;
  identity: ServerIdentity;
  /** Everybody the directory knows, in the order they came. */
  people: () => readonly Person[];
  /** The files that papers speak of, sealed under the server's key. */
  blobs: Blobs;
  /** What is owed to other agencies and came from them, beside the log. */
  exchange: GatewayStore;
  /** The key everything here is sealed under. */
  dataKey: Uint8Array;
  /** The words of the agency's drafts. */
  texts: DraftTexts;
  /** What one desk is sending. */
  arrivingFrom: (device: DeviceId) => Arriving;
  /** The database as it is now, into a new file under the same key. */
  copyDatabase: (path: string) => void;
  close: () => void;
}>;

/** Makes the folder of an agency; one that is there is never overwritten. */
export function makeAgencyFolder(folder: string, agency: Readonly<{ id: AgencyId; name: string }>): void {
  if (existsSync(join(folder, 'server.json'))) throw new AppError('server.there-already', { folder });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file: ServerFile = { version: 1, agencyId: agency.id, agencyName: agency.name };
  const identity = makeServerIdentity({ hosts: [hostname(), 'localhost', '127.0.0.1'], nowMs: Date.now() });
  writeWhole(join(folder, 'server.key'), randomBytes(32));
  writeWhole(join(folder, 'tls.json'), Buffer.from(JSON.stringify(identity)));
  // Last: a folder without it was never finished.
  writeWhole(join(folder, 'server.json'), Buffer.from(JSON.stringify(file)));
}

/** Opens the folder for this process alone. */
export function openAgencyFolder(folder: string): AgencyFolder {
  if (!existsSync(join(folder, 'server.json'))) throw new AppError('server.not-there', { folder });
  const lock = lockFolder(folder);
  try {
    const file = ServerFileSchema.parse(JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')));
    const identity = IdentitySchema.parse(JSON.parse(readFileSync(join(folder, 'tls.json'), 'utf8')));
    const dataKey = readFileSync(join(folder, 'server.key'));
    const blobs = openBlobs({ folder: join(folder, 'blobs'), dataKey });
    const db = openEncrypted({ path: join(folder, 'agency.db'), key: dataKey });
    db.exec(agencyLogTables + draftTextTables + gatewayTables);
    const close = () => {
      db.close();
      lock.release();
    };
    const copyDatabase = (path: string) => {
      whenStoreFails(() => db.prepare('VACUUM INTO ?').run(path));
    };
    const arrivingFrom = (device: DeviceId) =>
      openArriving(join(folder, 'blobs', 'arriving', device), { dataKey, blobs });
    const allPeople = db.prepare("SELECT state FROM aggregate WHERE kind = 'person' ORDER BY id");
    // Folded by the person's own aggregate.
    const people = () =>
      (allPeople.all() as { state: string }[]).map(({ state }) => JSON.parse(state) as Person);
    const log = sqliteAgencyLog(db);
    const texts = sqliteTexts(db);
    const exchange = sqliteGateway(db);
    return {
      file,
      identity,
      log,
      people,
      blobs,
      exchange,
      dataKey,
      texts,
      arrivingFrom,
      copyDatabase,
      close,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
