import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { holidays } from '#electron/store/holidays.ts';
import { agencyServer, openAgencyFolder } from '#server/main.ts';
import { startSlowLine, type SlowLine } from '../../load/slow-line.ts';
import { startDesk, until, type AgencyAtServer, type DeskIdentity } from '../../support/agency-server.ts';
import { readSources, seeded } from '../corpus-words.ts';
import { limit, type SyncRow } from './rows.ts';
import { aDraft } from './senders.ts';

const ownCommands = 200;
const othersCommands = 2000;
const together = 500;
const longMs = 30 * 60_000;

/** A desk fills itself over 20 Mbit/s, and comes back after a day without a network over a line of 50 ms there and back. */
export async function measureOverTheLine(
  at: AgencyAtServer,
  port: number,
  { identity, documents }: Readonly<{ identity: DeskIdentity; documents: number }>,
): Promise<readonly SyncRow[]> {
  fill(at, documents);
  const { payload, ...sizes } = sizesOf(at);
  const server = await at.start();
  const narrow = await startSlowLine({ port: port + 1, target: port, bitsPerSecond: 20e6, oneWayMs: 5 });
  try {
    const memory = limit('server process, resident memory', residentMiB(server.child.pid), 'MiB');
    const rows = await measureFirst(at, { identity, line: narrow, documents, payload });
    await narrow.close();
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
    return [
      limit('an entry of the log as it is said', sizes.entry, 'B'),
      limit('an entry on the disk of the server, with all that is kept for it', sizes.onDisk, 'B'),
      memory,
      ...rows,
      ...(await measureReturn(at, { identity, port })),
    ];
  } finally {
    if (server.child.exitCode === null) server.child.kill('SIGKILL');
  }
}

type First = Readonly<{ identity: DeskIdentity; line: SlowLine; documents: number; payload: number }>;

async function measureFirst(
  at: AgencyAtServer,
  { identity, line, documents, payload }: First,
): Promise<readonly SyncRow[]> {
  const startedAt = performance.now();
  const desk = startDesk(at, through(identity, line));
  try {
    await until('the desk has everything', () => desk.link.state().kind === 'even', longMs);
    const seconds = (performance.now() - startedAt) / 1000;
    const { n } = desk.db.prepare('SELECT count(*) AS n FROM document').get() as { n: number };
    if (n < documents) throw new Error(`Only ${n} of ${documents} documents came`);
    const { down } = line.carried();
    return [
      {
        row: 7,
        name: `a fresh desk, ${documents} documents' metadata at 20 Mbit/s`,
        value: seconds,
        unit: 's',
        gate: { most: 20 },
      },
      limit('  of that, the line alone for the bytes that came', (down * 8) / 20e6, 's'),
      {
        row: 11,
        name: 'pull, bytes on the wire for each byte of what it carries',
        value: down / payload,
        unit: 'x',
        gate: { most: 1.5 },
      },
    ];
  } finally {
    await desk.stop();
  }
}

async function measureReturn(
  at: AgencyAtServer,
  { identity, port }: Readonly<{ identity: DeskIdentity; port: number }>,
): Promise<readonly SyncRow[]> {
  fill(at, othersCommands);
  // Out of reach: everything is done here and waits.
  const away = startDesk(at, { ...identity, server: { ...identity.server, url: 'https://127.0.0.1:9' } });
  for (let turn = 0; turn < ownCommands; turn += 1) {
    const reply = away.desk.execute(aDraft(identity.personId));
    if (!reply.ok) throw new Error(reply.refusal.code);
  }
  await away.stop();
  const server = await at.start();
  const line = await startSlowLine({ port: port + 2, target: port, bitsPerSecond: null, oneWayMs: 25 });
  const startedAt = performance.now();
  const desk = startDesk(at, through(identity, line));
  try {
    await until(
      'the desk is even again',
      () => desk.link.state().kind === 'even' && desk.desk.owed().unsent === 0,
      longMs,
    );
    const value = (performance.now() - startedAt) / 1000;
    const name = `back after a day: ${ownCommands} own commands, ${othersCommands} of others, 50 ms there and back`;
    return [{ row: 8, name, value, unit: 's', gate: { most: 5 } }];
  } finally {
    await desk.stop();
    await line.close();
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  }
}

function through(identity: DeskIdentity, { port }: SlowLine): DeskIdentity {
  return { ...identity, server: { ...identity.server, url: `https://127.0.0.1:${port}` } };
}

/** So many papers with subjects from real texts, decided at the server. */
function fill(at: AgencyAtServer, documents: number): void {
  const folder = openAgencyFolder(at.data);
  const server = agencyServer({ folder, calendar: holidays });
  const sources = readSources();
  const random = seeded(1);
  for (let from = 0; from < documents; from += together) {
    folder.log.transaction(() => {
      for (let place = from; place < Math.min(documents, from + together); place += 1) {
        const source = sources[Math.floor(random() * sources.length)];
        const start = Math.floor(random() * (source?.words.length ?? 0));
        const words = source?.words.slice(start, start + 8).join(' ') ?? '';
        const subject = `${source?.title ?? ''} ${words}`.trim().slice(0, 300);
        const { entry } = server.decide(aDraft(at.agency.staff.officer.id, subject));
        if (entry.refusal !== null) throw new Error(entry.refusal.code);
      }
    });
  }
  folder.close();
}

type Sizes = Readonly<{ payload: number; entry: number; onDisk: number }>;

/** Bytes of every entry there is, as a desk that may see all of it is to have them, and what one takes at the server. */
function sizesOf(at: AgencyAtServer): Sizes {
  const folder = openAgencyFolder(at.data);
  let payload = 0;
  let seq = 0;
  for (;;) {
    const page = folder.log.entriesAfter(seq, together);
    if (page.length === 0) break;
    for (const { entry } of page) payload += Buffer.byteLength(JSON.stringify(entry));
    seq += page.length;
  }
  folder.close();
  const onDisk = statSync(join(at.data, 'agency.db')).size / seq;
  return { payload, entry: payload / seq, onDisk };
}

/** What the system says of a process (proc(5)); 0 where it says nothing. */
function residentMiB(pid: number | undefined): number {
  const status = `/proc/${pid ?? 0}/status`;
  if (!existsSync(status)) return 0;
  return Number(/VmRSS:\s+(?<kib>\d+)/u.exec(readFileSync(status, 'utf8'))?.groups?.['kib'] ?? 0) / 1024;
}
