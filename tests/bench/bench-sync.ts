import { once } from 'node:events';
import { measureRawCommits } from '#shared/node/sqlite/public.ts';
import { startSlowLine } from '../load/slow-line.ts';
import { openDoor } from '#electron/sync/server-door.ts';
import { agencyAtServer, enrolDesk } from '../support/agency-server.ts';
import { measureDesk } from './sync/desks.ts';
import { measureOverTheLine } from './sync/over-the-line.ts';
import { measurePostgres } from './sync/postgres.ts';
import { measureChecks, measurePushes, measureWire } from './sync/pushes.ts';
import { limit, type SyncRow } from './sync/rows.ts';
import { enrolled } from './sync/senders.ts';

const port = 20_445;

/** Rows 3 to 8, 11 and 12 of `sync.md` 5, each with the limits of this machine measured in the same run. */
export async function benchSync(
  folder: string,
  { commands, documents }: Readonly<{ commands: number; documents: number }>,
  onRow: (row: SyncRow) => void,
): Promise<readonly SyncRow[]> {
  const rows: SyncRow[] = [];
  const keep = (...more: readonly SyncRow[]): void => {
    rows.push(...more);
    for (const row of more) onRow(row);
  };
  const { encrypted, plain, disk } = measureRawCommits({ folder, commits: 2000 });
  keep(
    limit('disk, an entry appended and forced out, one by one (limit)', disk.perSecond, '/s'),
    limit('SQLite, an entry and one more row a commit (limit)', plain.perSecond, '/s'),
    limit('the same encrypted (limit)', encrypted.perSecond, '/s'),
  );
  const at = agencyAtServer(port, ['clerk']);
  try {
    const senders = enrolled(at, 101);
    const alone = senders.slice(100);
    keep(await measureChecks(at, only(senders), commands));
    let server = await at.start();
    // Now: an invitation is good for ten minutes.
    const identity = await enrolDesk(at, 'clerk');
    for (const connections of [1, 10, 100]) {
      keep(...(await measurePushes(at, port, senders.slice(0, connections), commands)));
    }
    const line = await startSlowLine({ port: port + 3, target: port, bitsPerSecond: null, oneWayMs: 0 });
    const door = openDoor({ ...identity.server, url: `https://127.0.0.1:${line.port}` });
    for (const together of [1, 10]) {
      keep(await measureWire(at, door, line.carried, { sender: only(alone), together }));
    }
    await line.close();
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    const startedAt = performance.now();
    server = await at.start();
    await measurePushes(at, port, alone, 1);
    const value = performance.now() - startedAt;
    keep({ row: 12, name: 'server killed, deciding again', value, unit: 'ms', gate: { most: 2000 } });
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
    keep(...measureDesk(at, only(senders), 2000));
    keep(...(await measureOverTheLine(at, port, { identity, documents })));
    // Last: an agency that moved to PostgreSQL serves its file no more.
    keep(...(await measurePostgres(at, port, senders, commands)));
    return rows;
  } finally {
    at.remove();
  }
}

function only<Value>([first]: readonly Value[]): Value {
  if (first === undefined) throw new Error('Nobody was enrolled');
  return first;
}
