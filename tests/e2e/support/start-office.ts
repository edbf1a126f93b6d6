import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildRenderer } from '../../../cli/setup/build.mjs';
import { connectAsBrowser } from '../../support/browser-client.ts';
import { startOfficeProcess } from '../../support/started-office.ts';

/** A running office on its own data, as `npm start` runs it where there is no Electron. */
export type Office = Readonly<{
  /** Lets one browser in, once. */
  url: string;
  dataDir: string;
  close: () => Promise<void>;
}>;

const folder = join(tmpdir(), 'antin-e2e-');
let sample: Promise<string> | null = null;

/** Starts an office with the sample week in it; with `empty`, on a machine that has nothing yet. */
export async function startOffice({ empty = false }: Readonly<{ empty?: boolean }> = {}): Promise<Office> {
  buildRenderer(process.execPath);
  const dataDir = mkdtempSync(folder);
  if (!empty) {
    // Making keys and signing a week takes seconds: once a worker, then copied.
    sample ??= makeSample();
    cpSync(await sample, dataDir, { recursive: true });
  }
  const { url, child } = await startOfficeProcess(dataDir);
  return {
    url,
    dataDir,
    close: async () => {
      await endOffice(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function makeSample(): Promise<string> {
  const dataDir = mkdtempSync(folder);
  process.once('exit', () => {
    rmSync(dataDir, { recursive: true, force: true });
  });
  const { url, child } = await startOfficeProcess(dataDir);
  const { client, close } = await connectAsBrowser(url);
  await client.session.trySample({});
  close();
  await endOffice(child);
  return dataDir;
}

async function endOffice(child: Awaited<ReturnType<typeof startOfficeProcess>>['child']): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
