import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron as electron, expect, test } from '@playwright/test';
import { installedElectron } from '../../cli/setup/electron.mjs';

const root = resolve(import.meta.dirname, '../..');

test('the window opens the office from its own scheme and sees nothing of the machine', async () => {
  const executablePath = installedElectron();
  if (executablePath === null) {
    throw new Error('No Electron binary: set ELECTRON_OVERRIDE_DIST_PATH to its folder.');
  }
  const home = mkdtempSync(join(tmpdir(), 'antin-window-'));
  const profile = `--user-data-dir=${join(home, 'profile')}`;
  const app = await electron.launch({
    executablePath,
    args: [root, profile],
    env: { ...process.env, ANTIN_DATA: home },
  });
  const faults: string[] = [];
  const page = await app.firstWindow();
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await expect(page.locator('#root > *').first()).toBeVisible();
  expect(page.url()).toMatch(/^app:\/\/antin\//);
  expect(
    await page.evaluate(() => [
      typeof Reflect.get(globalThis, 'require'),
      typeof Reflect.get(globalThis, 'process'),
    ]),
  ).toEqual(['undefined', 'undefined']);
  expect(await page.evaluate(() => window.open('https://example.vn/'))).toBeNull();
  expect(faults).toEqual([]);
  await app.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});
