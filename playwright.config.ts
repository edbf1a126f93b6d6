import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** The installed Chromium: the tests download no browser of their own. */
function installedChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isRunnable);
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const executablePath = installedChromium();

// Made once by the project below and copied by every test; whoever starts the run takes it away again.
if (process.env['ANTIN_E2E_SAMPLE'] === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'antin-e2e-sample-'));
  process.env['ANTIN_E2E_SAMPLE'] = folder;
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
}

export default defineConfig({
  outputDir: 'test-results/e2e',
  projects: [
    { name: 'sample', testDir: 'tests/e2e/support', testMatch: 'make-sample.ts' },
    { name: 'browser', testDir: 'tests/e2e', dependencies: ['sample'] },
    // Drives the real window, wherever there is an Electron binary.
    { name: 'desktop', testDir: 'tests/desktop' },
  ],
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env['CI'] === 'true',
  retries: 0,
  // A step that never comes fails by its own time below; this is for many slow ones in one test.
  timeout: 600_000,
  // Long enough for what another process has to do on a slow machine: a desk, a server, a hub, a page to be set.
  expect: { timeout: 60_000 },
  use: {
    // An element that never comes fails its own step, not the whole run.
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    viewport: { width: 1366, height: 768 },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    screenshot: 'only-on-failure',
    // A trace takes a third of the runner's processor: for whoever looks into a failure.
    trace: process.env['CI'] === 'true' ? 'off' : 'retain-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // People in a meeting see and hear each other: with devices that are none, on one machine in no network.
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        '--allow-loopback-in-peer-connection',
      ],
    },
  },
});
