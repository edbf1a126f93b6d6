import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { isWorkedAt, listDesks } from '#electron/features/session/open-desk.ts';
import { readKeyringFile } from '#electron/store/keyring-file.ts';
import type { AgencyId } from '#shared/kernel/public.ts';
import { samplePassphrase } from './people.ts';
import { sampleFolder } from './start-office.ts';

const clockAhead = new URL('clock-ahead.mjs', import.meta.url).href;
const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');

/** The sample department gone over to a server of its own, as its administrator does it with `antin serve`. */
export type AgencyOfSample = Readonly<{
  /** Where its server keeps everything. */
  data: string;
  agencyId: AgencyId;
  name: string;
  /** `antin serve` with these words, on its own folder. */
  serve: (act: string, ...more: readonly string[]) => string;
  /** The machine on which the office was before: its desk is closed, its people's keys are still there. */
  machineOfBefore: string;
  /** An invitation for somebody of the sample, by a part of their name; `through` is the port they reach the server at. */
  invite: (name: string, through?: number) => string;
  /** Its clock may run ahead, as if so many hours had passed for it and for nobody else. */
  start: (hoursAhead?: number) => Promise<void>;
  stop: () => Promise<void>;
  remove: () => Promise<void>;
}>;

type Order = Readonly<{
  /** How the agency's name begins; the department where nothing is said. */
  named?: string;
  /** What happens at its desk before it goes over. */
  before?: (desk: Readonly<{ folder: string; agencyId: AgencyId }>) => Promise<void>;
}>;

export async function agencyOfSample(
  port: number,
  { named = 'Sở', before }: Order = {},
): Promise<AgencyOfSample> {
  const home = mkdtempSync(join(tmpdir(), 'antin-e2e-server-'));
  const desks = join(home, 'desks');
  const data = join(home, 'server');
  cpSync(sampleFolder(), desks, { recursive: true });
  const department = listDesks(desks).find(({ agencyName }) => agencyName.startsWith(named));
  if (department === undefined) throw new Error('The sample has no department');
  const { people } = readKeyringFile(join(department.folder, 'keys.json'));
  const fullName = (part: string): string => {
    const found = people.find(({ name }) => name.endsWith(part));
    if (found === undefined) throw new Error(`Nobody is called ${part}`);
    return found.name;
  };
  await before?.(department);
  const secret = join(home, 'secret.txt');
  writeFileSync(secret, samplePassphrase);
  const antin = (...args: readonly string[]): string => {
    // A program that does not end fails its test, and does not hold up the others.
    const within = { encoding: 'utf8', timeout: 120_000, killSignal: 'SIGKILL' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'serve', ...args], within);
    if (status !== 0) throw new Error(`antin serve ${args[0] ?? ''}: ${status ?? 'did not end'} ${stderr}`);
    return stdout;
  };
  antin(
    'adopt',
    '--data',
    data,
    '--desk',
    desks,
    '--agency',
    department.agencyId,
    '--passphrase-file',
    secret,
  );
  if (isWorkedAt(department.folder)) throw new Error('The old desk is still worked at');
  let child: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    child = null;
  };
  return {
    data,
    agencyId: department.agencyId,
    name: department.agencyName,
    serve: (act, ...more) => antin(act, '--data', data, ...more),
    machineOfBefore: desks,
    invite: (name, through = port) =>
      antin(
        'invite',
        '--data',
        data,
        '--person',
        fullName(name),
        '--url',
        `https://127.0.0.1:${through}`,
      ).trim(),
    start: async (hoursAhead = 0) => {
      const args = [program, 'serve', '--role', 'agency', '--data', data, '--port', String(port), '--json'];
      const env = { ...process.env, ANTIN_TEST_HOURS_AHEAD: String(hoursAhead) };
      const preload = hoursAhead === 0 ? [] : ['--import', clockAhead];
      child = spawn(process.execPath, [...preload, ...args], { stdio: ['ignore', 'pipe', 'ignore'], env });
      if (child.stdout === null) throw new Error('No output');
      await once(createInterface({ input: child.stdout }), 'line');
    },
    stop,
    remove: async () => {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
