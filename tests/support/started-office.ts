import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const host = resolve(import.meta.dirname, '../../electron/host/browser-main.ts');

/**
 * The process that `npm start` runs where there is no Electron, on a data folder of the test's own; `preload` names a
 * module that comes first, for a machine that is not well; `env` says what else stands on it.
 */
export async function startOfficeProcess(
  dataFolder: string,
  preload: string | null = null,
  env: Readonly<Record<string, string>> = {},
): Promise<{ url: string; child: ChildProcess }> {
  const first = preload === null ? [] : ['--import', preload];
  const child = spawn(process.execPath, [...first, host, '--data', dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const url = /^ANTIN_READY (?<url>\S+)$/u.exec(line)?.groups?.['url'];
    if (url !== undefined) return { url, child };
  }
  throw new Error(`The office did not start: ${said.join('')}`);
}

export async function killHard(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}
