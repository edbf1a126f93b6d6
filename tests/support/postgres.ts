import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL of the tests' own: a socket in a temporary folder, no port, durable as it comes. */
export type OwnPostgres = Readonly<{
  url: string;
  /** Where its socket lies. */
  home: string;
  sql: (text: string) => void;
  /** The power goes: every process of it at once, nothing written back. */
  kill: () => Promise<void>;
  start: () => Promise<void>;
  /** Its first process and every one under it, as they are now. */
  processes: () => readonly number[];
  remove: () => Promise<void>;
}>;

/** A second machine that is sent everything as it is written. */
export type Standby = OwnPostgres & Readonly<{ promote: () => Promise<void> }>;

const programs = '/usr/lib/postgresql';
const isRoot = process.getuid?.() === 0;
const user = isRoot ? 'postgres' : userInfo().username;

/** initdb and the server refuse root: they run as the user their package made. */
function as(program: string, args: readonly string[]): [string, string[]] {
  const path = join(programFolder(), program);
  return isRoot ? ['runuser', ['-u', 'postgres', '--', path, ...args]] : [path, [...args]];
}

function run(program: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(...as(program, args), { encoding: 'utf8', cwd: '/', timeout: 60_000 });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'antin-pg-'));
  if (!isRoot) return home;
  const ids = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout.trim();
  chownSync(home, Number(ids), Number(ids));
  return home;
}

export async function ownPostgres(): Promise<OwnPostgres> {
  const home = newHome();
  run('initdb', '-D', join(home, 'data'), '-U', user, '-A', 'trust', '-E', 'UTF8', '-N');
  return await serveFrom(home);
}

/** Follows a server and is waited for by every commit there from now on. */
export async function standbyFor(primary: OwnPostgres): Promise<Standby> {
  const home = newHome();
  const data = join(home, 'data');
  run('pg_basebackup', '-h', primary.home, '-U', user, '-D', data, '-R', '-X', 'stream', '-c', 'fast');
  const standby = await serveFrom(home);
  primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
  primary.sql('SELECT pg_reload_conf()');
  return {
    ...standby,
    promote: async () => {
      run('pg_ctl', 'promote', '-D', data, '-w');
      await Promise.resolve();
    },
  };
}

async function serveFrom(home: string): Promise<OwnPostgres> {
  const data = join(home, 'data');
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
    home,
    sql: (text) => {
      run('psql', '-h', home, '-U', user, '-d', 'postgres', '-q', '-c', text);
    },
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
