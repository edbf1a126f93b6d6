import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOfficeProcess } from '../../support/started-office.ts';

/** A running office on its own data, as `npm start` runs it where there is no Electron. */
export type Office = Readonly<{
  /** Lets one browser in, once. */
  url: string;
  dataDir: string;
  child: ChildProcess;
  close: () => Promise<void>;
}>;

type Start = Readonly<{
  /** On a machine that has nothing yet, instead of the sample week. */
  empty?: boolean;
  /** What happened to the data before the office opens. */
  before?: (dataDir: string) => void | Promise<void>;
  /** A module that spoils the machine, see `startOfficeProcess`. */
  preload?: string;
  /** What else the machine says of itself. */
  env?: Readonly<Record<string, string>>;
}>;

/** Starts an office with the sample week in it. */
export async function startOffice({ empty = false, before, preload, env }: Start = {}): Promise<Office> {
  const dataDir = mkdtempSync(join(tmpdir(), 'antin-e2e-'));
  if (!empty) cpSync(sampleFolder(), dataDir, { recursive: true });
  await before?.(dataDir);
  const { url, child } = await startOfficeProcess(dataDir, preload, env);
  return {
    url,
    dataDir,
    child,
    close: async () => {
      await endOffice(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The sample week, made once a run: its keys and signatures take seconds. */
export function sampleFolder(): string {
  const folder = process.env['ANTIN_E2E_SAMPLE'];
  if (folder === undefined) throw new Error('playwright.config.ts names the folder of the sample');
  return folder;
}

export async function endOffice(
  child: Awaited<ReturnType<typeof startOfficeProcess>>['child'],
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
