import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL of the tests' own: a socket in a temporary folder, no port, durable as it comes. */
export type OwnPostgres = Readonly<{
  url: string;
  /** The power goes: every process of it at once, nothing written back. */
  kill: () => Promise<void>;
  start: () => Promise<void>;
  /** Its first process and every one under it, as they are now. */
  processes: () => readonly number[];
  remove: () => Promise<void>;
}>;

const programs = '/usr/lib/postgresql';

export async function ownPostgres(): Promise<OwnPostgres> {
  const bin = programFolder();
  const home = mkdtempSync(join(tmpdir(), 'antin-pg-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const ids = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout.trim();
    chownSync(home, Number(ids), Number(ids));
  }
  // initdb and the server refuse root: they run as the user their package made.
  const as = (program: string, args: readonly string[]): [string, string[]] =>
    isRoot
      ? ['runuser', ['-u', 'postgres', '--', join(bin, program), ...args]]
      : [join(bin, program), [...args]];
  const data = join(home, 'data');
  const user = isRoot ? 'postgres' : userInfo().username;
  const made = spawnSync(...as('initdb', ['-D', data, '-U', user, '-A', 'trust', '-E', 'UTF8']), {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  let server: ChildProcess | null = null;

  async function start(): Promise<void> {
    const args = ['-D', data, '-k', home, '-c', 'listen_addresses='];
    server = spawn(...as('postgres', args), { stdio: ['ignore', 'ignore', 'pipe'] });
    for (let tries = 0; tries < 300; tries += 1) {
      const [program, ready] = as('pg_isready', ['-h', home, '-q']);
      if (spawnSync(program, ready).status === 0) return;
      await new Promise((soon) => setTimeout(soon, 50));
    }
    throw new Error('PostgreSQL did not start');
  }

  async function stop(mode: 'immediate' | 'fast'): Promise<void> {
    if (server === null || server.exitCode !== null) return;
    const gone = once(server, 'exit');
    spawnSync(...as('pg_ctl', ['stop', '-D', data, '-m', mode, '-W']));
    await gone;
    server = null;
  }

  await start();
  return {
    url: `postgresql://${user}@/postgres?host=${encodeURIComponent(home)}`,
    kill: () => stop('immediate'),
    start,
    processes: () => {
      const first = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
      const under = readFileSync(`/proc/${first}/task/${first}/children`, 'utf8').trim().split(' ');
      return [first, ...under.filter((pid) => pid !== '').map(Number)];
    },
    remove: async () => {
      await stop('fast');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function programFolder(): string {
  const versions = existsSync(programs)
    ? readdirSync(programs).toSorted((a, b) => Number(b) - Number(a))
    : [];
  const [newest] = versions;
  if (newest === undefined) throw new Error('PostgreSQL is not installed');
  return join(programs, newest, 'bin');
}
