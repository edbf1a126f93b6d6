import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, type AgencyId, type Hash } from '#shared/kernel/public.ts';
import { openArriving, openBlobs, type Arriving, type Blobs } from '#shared/node/blobs/public.ts';
import { fingerprintOf } from '#shared/node/exchange/public.ts';
import { lockFolder, writeWhole } from '#shared/node/files/public.ts';
import { makeServerIdentity, type ServerIdentity } from '#shared/node/pdf-signing/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { hubTables, sqliteHub, type HubStore } from './hub-store.ts';

const IdentitySchema = z.object({ authority: z.string(), certificate: z.string(), key: z.string() });

/** A hub's folder: `hub.json`, `server.key`, `tls.json`, `hub.db`, `parts/`. */
export type HubFolder = Readonly<{
  store: HubStore;
  identity: ServerIdentity;
  /** What members are told beforehand, and what stands for the hub when codes are compared. */
  fingerprint: Hash;
  parts: Blobs;
  arrivingFrom: (agency: AgencyId) => Arriving;
  close: () => void;
}>;

/** Opens a hub's folder, making it on the first start; `alone` for whoever serves from it. */
export function openHubFolder(folder: string, { alone }: Readonly<{ alone: boolean }>): HubFolder {
  if (!existsSync(join(folder, 'hub.json'))) make(folder);
  const lock = alone ? lockFolder(folder) : null;
  try {
    const identity = IdentitySchema.parse(JSON.parse(readFileSync(join(folder, 'tls.json'), 'utf8')));
    const dataKey = readFileSync(join(folder, 'server.key'));
    const db = openEncrypted({ path: join(folder, 'hub.db'), key: dataKey });
    db.exec(hubTables);
    const parts = openBlobs({ folder: join(folder, 'parts'), dataKey });
    return {
      store: sqliteHub(db),
      identity,
      fingerprint: fingerprintOf(
        Buffer.from(identity.authority.replaceAll(/-----[^-]+-----|\s/gu, ''), 'base64'),
      ),
      parts,
      arrivingFrom: (agency) =>
        openArriving(join(folder, 'parts', 'arriving', agency), { dataKey, blobs: parts }),
      close: () => {
        db.close();
        lock?.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function make(folder: string): void {
  if (existsSync(join(folder, 'server.json'))) throw new AppError('server.there-already', { folder });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const identity = makeServerIdentity({ hosts: [hostname(), 'localhost', '127.0.0.1'], nowMs: Date.now() });
  writeWhole(join(folder, 'server.key'), randomBytes(32));
  writeWhole(join(folder, 'tls.json'), Buffer.from(JSON.stringify(identity)));
  writeWhole(join(folder, 'hub.json'), Buffer.from(JSON.stringify({ version: 1 })));
}
