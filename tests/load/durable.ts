// `npm run soak -- desks` begins with this: under `strace`, the server syncs the disk at least once for every commit it answers.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { aLetter, agencyAtServer, enrolDesk, startDesk, until } from '../support/agency-server.ts';

const commits = 60;
const port = 20_478;

/** How many commits were answered, and how often the disk was synced meanwhile; null where there is no `strace`. */
export async function countSyncs(): Promise<Readonly<{ commits: number; syncs: number }> | null> {
  if (spawnSync('strace', ['-V']).status !== 0) return null;
  const at = agencyAtServer(port, ['clerk']);
  const trace = join(at.data, '..', 'trace.txt');
  const program = resolve(import.meta.dirname, '../../cli/antin.mjs');
  const server = spawn(
    'strace',
    [
      '-f',
      '-e',
      'trace=fsync,fdatasync',
      '-o',
      trace,
      process.execPath,
      program,
      'serve',
      '--role',
      'agency',
    ].concat(['--data', at.data, '--port', String(port), '--json']),
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  if (server.stdout === null) throw new Error('No output');
  await once(createInterface({ input: server.stdout }), 'line');
  const identity = await enrolDesk(at, 'clerk');
  const desk = startDesk(at, identity);
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
    // The tracer goes when what it traces has gone.
    const gone = once(server, 'exit');
    for (const child of childrenOf(server.pid)) process.kill(child, 'SIGTERM');
    await gone;
    at.remove();
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
