import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockFolder } from '#shared/node/files/public.ts';
import { ownFolder, refusalOf } from '../../support/store.ts';

const source = join(import.meta.dirname, '../../../shared/node/files/public.ts');

/** Another run of the app that holds `folder` until it is ended. */
async function anotherRun(folder: string): Promise<ChildProcess> {
  const script = `
    import { lockFolder } from ${JSON.stringify(source)};
    lockFolder(${JSON.stringify(folder)});
    process.stdout.write('held');
    setInterval(() => undefined, 1000);`;
  const run = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void run.kill('SIGKILL'));
  await once(run.stdout, 'data');
  return run;
}

test('a second run of the app is told that the data is open', async () => {
  const folder = ownFolder();
  await anotherRun(folder);
  expect(await refusalOf(() => lockFolder(folder))).toBe('store.in-use');
});

test('a run that was killed does not keep the next one out', async () => {
  const folder = ownFolder();
  const run = await anotherRun(folder);
  run.kill('SIGKILL');
  await once(run, 'exit');
  expect(existsSync(join(folder, 'in-use.lock'))).toBe(true);
  const lock = lockFolder(folder);
  expect([lock.wasAbandoned, await refusalOf(() => lockFolder(folder))]).toEqual([true, 'store.in-use']);
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('a lock half-written in a power cut is taken over, and each folder has its own', () => {
  const folder = ownFolder();
  writeFileSync(join(folder, 'in-use.lock'), '{"pid": 1');
  const locks = [lockFolder(folder), lockFolder(join(folder, 'cơ quan khác'))];
  for (const lock of locks) lock.release();
  const again = lockFolder(folder);
  expect(again.wasAbandoned).toBe(false);
  again.release();
});
