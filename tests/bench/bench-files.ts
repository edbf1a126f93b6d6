import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createFileTraffic } from '#electron/sync/file-traffic.ts';
import { openDoor, type Door } from '#electron/sync/server-door.ts';
import { openSession } from '#electron/sync/session.ts';
import { AppError } from '#shared/kernel/public.ts';
import { openArriving, openBlobs } from '#shared/node/blobs/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { oweFiles } from '#electron/store/files-between.ts';
import { agencyAtServer, enrolDesk } from '../support/agency-server.ts';
import { startCutter, type Cutter } from './cutter.ts';
import { limit, type SyncRow } from './sync/rows.ts';

const port = 20_446;
const fileBytes = 200 * 1024 * 1024;
const cuts = 3;

/** A file of 200 MiB to the server over loopback, whole and cut three times; beside it the disk alone. */
export async function benchFiles(folder: string): Promise<readonly SyncRow[]> {
  const at = agencyAtServer(port, ['clerk', 'clerk']);
  const bytes = new Uint8Array(randomBytes(fileBytes));
  const rows: SyncRow[] = [limit('disk: write and fsync 200 MiB (limit)', writeRaw(folder, bytes), 'ms')];
  const server = await at.start();
  try {
    const whole = await send(0, null);
    rows.push({
      row: 9,
      name: 'file of 200 MiB to the server',
      value: whole.ms,
      unit: 'ms',
      gate: { most: 3000 },
    });
    const cutter = await startCutter({ own: port + 100, target: port, cuts });
    const cut = await send(1, cutter);
    rows.push(limit(`the same, cut ${cutter.cuts()} times`, cut.ms, 'ms'), {
      row: 9,
      name: '  sent again for each interruption (one piece of 1 MiB for each of three streams)',
      value: (cut.sent - fileBytes) / 1024 / Math.max(1, cutter.cuts()),
      unit: 'KiB',
      gate: { most: 3 * 1024 },
    });
    cutter.close();
    return rows;
  } finally {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
    at.remove();
  }

  async function send(turn: number, through: Cutter | null): Promise<{ ms: number; sent: number }> {
    const identity = await enrolDesk(at, 'clerk', turn);
    const address =
      through === null ? identity.server : { ...identity.server, url: `https://127.0.0.1:${through.port}` };
    const db = openEncrypted({ path: identity.path, key: identity.key });
    migrate(db, migrations);
    const blobs = openBlobs({ folder: `${identity.path}.blobs`, dataKey: identity.key });
    const arriving = openArriving(`${identity.path}.arriving`, { dataKey: identity.key, blobs });
    // Another file each time: what the server has is not sent again.
    bytes[0] = turn;
    oweFiles(db, { ...(await blobs.put(bytes)), name: 'tệp.pdf', pages: 1 });
    const door = openDoor(address);
    let sent = 0;
    const counted: Door = {
      ...door,
      put: (path, piece, gives, token) => {
        sent += piece.length;
        return door.put(path, piece, gives, token);
      },
    };
    const session = openSession(openDoor(identity.server), {
      agencyId: at.agencyId,
      device: identity.device,
    });
    const traffic = createFileTraffic({
      db,
      device: identity.device.id,
      blobs,
      arriving,
      door: counted,
      withSession: async (work) => work(await session),
      isOver: () => false,
      whos: () => [],
      came: () => undefined,
      onFault: () => undefined,
    });
    const startedAt = performance.now();
    for (;;) {
      try {
        await traffic.sendOwed();
        break;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'sync.server-away') throw error;
      }
    }
    const ms = performance.now() - startedAt;
    db.close();
    return { ms, sent };
  }
}

function writeRaw(folder: string, bytes: Uint8Array): number {
  const startedAt = performance.now();
  const file = openSync(join(folder, 'raw'), 'w');
  writeSync(file, bytes);
  fsyncSync(file);
  closeSync(file);
  return performance.now() - startedAt;
}
