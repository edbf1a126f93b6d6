// `npm run soak -- desks` begins with this: under `strace`, the disk is synced at least once for every commit answered.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import {
  aLetter,
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
} from '../support/agency-server.ts';
import { ownPostgres } from '../support/postgres.ts';

const commits = 60;
const port = 20_478;
const program = resolve(import.meta.dirname, '../../cli/antin.mjs');

/** How many commits were answered, and how often the disk was synced meanwhile. */
export type Counted = Readonly<{ commits: number; syncs: number }>;

/** The server over its own file, or over PostgreSQL whose every process is watched; null where there is no `strace`. */
export async function countSyncs(engine: 'sqlite' | 'postgres'): Promise<Counted | null> {
  if (spawnSync('strace', ['-V']).status !== 0) return null;
  return engine === 'sqlite' ? onFile() : onPostgres();
}

async function onFile(): Promise<Counted> {
  const at = agencyAtServer(port, ['clerk']);
  const trace = join(at.data, '..', 'trace.txt');
  const serve = [program, 'serve', '--role', 'agency', '--data', at.data, '--port', String(port), '--json'];
  const server = spawn(
    'strace',
    ['-f', '-e', 'trace=fsync,fdatasync', '-o', trace, process.execPath, ...serve],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  if (server.stdout === null) throw new Error('No output');
  await once(createInterface({ input: server.stdout }), 'line');
  try {
    return await countAt(at, trace);
  } finally {
    // The tracer goes when what it traces has gone.
    const gone = once(server, 'exit');
    for (const child of childrenOf(server.pid)) process.kill(child, 'SIGTERM');
    await gone;
    at.remove();
  }
}

/** A commit is on the disk when some process of the database has synced its log there, whichever of them that is. */
async function onPostgres(): Promise<Counted> {
  const at = agencyAtServer(port, ['clerk']);
  const postgres = await ownPostgres();
  const trace = join(at.data, '..', 'trace.txt');
  const onto = ['--data', at.data, '--database-url', postgres.url];
  spawnSync(process.execPath, [program, 'serve', 'migrate', ...onto]);
  const watched = postgres.processes().flatMap((pid) => ['-p', String(pid)]);
  const tracer = spawn('strace', ['-f', '-e', 'trace=fsync,fdatasync', '-o', trace, ...watched], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (tracer.stderr === null) throw new Error('No output');
  await once(createInterface({ input: tracer.stderr }), 'line');
  // Its connections are made after this, by processes that are watched from their first moment.
  const { child } = await at.start('--database-url', postgres.url);
  try {
    return await countAt(at, trace);
  } finally {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    const ended = once(tracer, 'exit');
    tracer.kill('SIGINT');
    await ended;
    await postgres.remove();
    at.remove();
  }
}

async function countAt(at: AgencyAtServer, trace: string): Promise<Counted> {
  const desk = startDesk(at, await enrolDesk(at, 'clerk'));
  try {
    await until('the way is there', () => desk.link.state().kind === 'even', 60_000);
    const bodies = await Promise.all(Array.from({ length: commits }, () => aLetter(desk, 10)));
    const [first] = bodies;
    if (first === undefined) throw new Error('No letters');
    desk.give('documents.receive', first);
    await until('the first is decided', () => desk.desk.owed().unsent === 0, 60_000);
    const before = syncsIn(trace);
    for (const { documentId } of bodies.slice(1)) {
      // The same file again: what is counted is the commit and not the file's own way.
      desk.give('documents.receive', { ...first, documentId });
      await until('it is decided', () => desk.desk.owed().unsent === 0, 60_000);
    }
    return { commits: commits - 1, syncs: syncsIn(trace) - before };
  } finally {
    await desk.stop();
  }
}

function childrenOf(pid: number | undefined): readonly number[] {
  if (pid === undefined) return [];
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}

function syncsIn(trace: string): number {
  return readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => /f(?:data)?sync\(\d+\)/u.test(line)).length;
}
