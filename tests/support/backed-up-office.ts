import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyring } from '#electron/store/keyring.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import {
  type Hash,
  AgencyIdSchema,
  chainHash,
  CommandIdSchema,
  PersonIdSchema,
  uuidV7From,
  type LogEntry,
} from '#shared/kernel/public.ts';
import { openBlobs, type Blobs } from '#shared/node/blobs/public.ts';
import { sqliteLog, type LogPort } from '#shared/node/sequencer/public.ts';
import { openEncrypted, type WriteDb } from '#shared/node/sqlite/public.ts';
import { minutesLater } from './store.ts';

export const agencyId = AgencyIdSchema.parse('01939d2a-0000-7000-8000-0000000000a1');
export const clerk = {
  id: PersonIdSchema.parse('01939d2a-0000-7000-8000-000000000001'),
  name: 'Nguyễn Thị Lan',
  post: 'Văn thư',
};
export const passphrase = 'Giấy trắng 2026!';

type OfficeFolder = Readonly<{
  folder: string;
  path: string;
  dataKey: Uint8Array;
  db: WriteDb;
  blobs: Blobs;
  hashes: readonly Hash[];
  log: LogPort;
  append: (count: number) => void;
}>;

/** An agency's folder as on a real machine, with a chained log of `entries` decisions and a few files. */
export async function anOfficeFolder(data: string, entries: number): Promise<OfficeFolder> {
  const folder = join(data, agencyId);
  const path = join(folder, 'office.db');
  mkdirSync(folder, { recursive: true });
  const dataKey = await createKeyring(join(folder, 'keys.json'), { ...clerk, passphrase }, minutesLater(0));
  writeFileSync(
    join(folder, 'desk.json'),
    JSON.stringify({ agencyId, agencyName: 'UBND xã Thử', sample: true }),
  );
  const blobs = openBlobs({ folder: join(folder, 'blobs'), dataKey });
  const hashes = [];
  for (const size of [0, 700, 1_500_000]) hashes.push((await blobs.put(randomBytes(size))).hash);
  const db: WriteDb = openEncrypted({ path, key: dataKey });
  migrate(db, migrations);
  const log = sqliteLog(db);
  const append = (count: number) =>
    log.transaction(() => {
      for (let made = 0; made < count; made += 1) {
        const head = log.head();
        const entry = anEntry(head.seq + 1);
        log.append(entry, chainHash(head.hash, entry));
      }
    });
  append(entries);
  return { folder, path, dataKey, db, blobs, hashes, log, append };
}

function anEntry(seq: number): LogEntry {
  const at = minutesLater(seq);
  const command = {
    id: CommandIdSchema.parse(uuidV7From(Date.parse(at), randomBytes(10))),
    name: 'documents.registerIncoming',
    actor: clerk.id,
    onBehalfOf: null,
    claimedAt: at,
    body: { subject: `Về việc phê duyệt kế hoạch số ${seq}` },
  };
  return {
    seq,
    agencyId,
    command,
    recordedAt: at,
    acts: [],
    refusal: { refused: true, code: 'kernel.unknown-command', params: {} },
  };
}
