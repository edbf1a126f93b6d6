import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDesktop } from '../../../cli/setup/build.mjs';

type Call = Readonly<{ name: string; args: readonly unknown[] }>;
type Page = Readonly<{ status: number; headers: Record<string, string>; body: string }>;
type Morning = Readonly<{ page: Page; secondPage: Page; outside: Page; elsewhere: Page; window: unknown }> &
  Readonly<Record<string, unknown>>;
type Played = Readonly<{ calls: readonly Call[]; result: Morning | null }>;

const root = resolve(import.meta.dirname, '../../..');
const double = join(root, 'tests/support/electron-double');

describe('the shell around the office', () => {
  let data: string;
  let played: Played;
  let morning: Morning;

  beforeAll(async () => {
    buildDesktop(process.execPath);
    data = mkdtempSync(join(tmpdir(), 'antin-shell-'));
    played = await play();
    if (played.result === null) throw new Error('the shell did not start');
    morning = played.result;
  }, 120_000);

  afterAll(() => rmSync(data, { recursive: true, force: true }));

  async function play(...more: readonly string[]): Promise<Played> {
    const args = [
      '--import',
      join(double, 'hook.mjs'),
      join(double, 'scenario.ts'),
      join(root, 'out'),
      ...more,
    ];
    const env = { ...process.env, ANTIN_DATA: data };
    return new Promise((done, fail) => {
      execFile(process.execPath, args, { cwd: root, env, timeout: 60_000 }, (error, stdout, stderr) => {
        if (error === null) done(JSON.parse(stdout) as Played);
        else fail(new Error(stderr));
      });
    });
  }

  function argsOf(name: string): readonly (readonly unknown[])[] {
    return played.calls.filter((call) => call.name === name).map((call) => call.args);
  }

  test('a window sees no Node and nothing of Electron', () => {
    expect(morning.window).toMatchObject({
      webPreferences: {
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        devTools: false,
        preload: join(root, 'out/preload/preload.cjs'),
      },
    });
  });

  test('the sandbox, the scheme and the lock are set before any window opens', () => {
    const names = played.calls.map((call) => call.name);
    const opened = names.indexOf('window.loadURL');
    for (const name of [
      'app.requestSingleInstanceLock',
      'app.enableSandbox',
      'protocol.registerSchemesAsPrivileged',
    ]) {
      expect(names.indexOf(name)).toBeLessThan(names.indexOf('app.whenReady'));
    }
    expect(names.indexOf('session.defaultSession.setPermissionRequestHandler')).toBeLessThan(opened);
    // The second one is the screen of a hall, which the page asked for.
    expect(argsOf('window.loadURL')).toEqual([['app://antin/'], ['app://antin/trinh-chieu/1']]);
  });

  test('the page comes from our own scheme under the strict policy, with a fresh nonce each time', () => {
    const policy = morning.page.headers['content-security-policy'] ?? '';
    const nonce = /'nonce-([\w-]+)'/.exec(policy)?.[1] ?? '';
    expect(morning.page.status).toBe(200);
    expect(policy).toBe(
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-${nonce}'; ` +
        `img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; ` +
        `form-action 'none'; frame-ancestors 'none'`,
    );
    expect(nonce).toHaveLength(22);
    expect(morning.page.body).toContain(nonce);
    expect(morning.page.body).not.toContain('__NONCE__');
    expect(morning.secondPage.headers['content-security-policy']).not.toBe(policy);
  });

  test('nothing outside the screens is served, nor to any other address', () => {
    expect([morning.outside.status, morning.elsewhere.status]).toEqual([404, 403]);
  });

  test('a page stays in the office', () => {
    expect(morning).toMatchObject({
      newWindow: { action: 'deny' },
      conferenceWindow: { action: 'deny' },
      plainWindow: { action: 'deny' },
      signInWindow: { action: 'deny' },
      hallWindow: { action: 'deny' },
      strayJourney: 'stays',
      frameJourney: 'stays',
      ownReload: 'goes',
    });
    // What is opened elsewhere: where one signs in, and what somebody has read the address of and agreed to.
    const outside = argsOf('shell.openExternal');
    expect(outside).toHaveLength(2);
    expect(outside).toContainEqual([expect.stringMatching(/^https:\/\/dinhdanh[.]example[.]vn\/auth/u)]);
    expect(outside).toContainEqual(['https://hop.example.vn/phong-2']);
    expect(argsOf('dialog.showMessageBox')).toHaveLength(2);
  });

  test('permissions and the network are denied, but the clipboard and, for a meeting, camera and microphone', () => {
    expect(morning).toMatchObject({
      camera: true,
      strangersCamera: false,
      whereabouts: false,
      clipboard: true,
      network: 'stops',
      ownFile: 'lets through',
    });
    expect(argsOf('session.defaultSession.setSpellCheckerEnabled')).toEqual([[false]]);
  });

  test('a trusted window reaches the core through its port, another page, a stranger and an inner frame do not', () => {
    expect(morning).toMatchObject({
      trusted: { desks: [] },
      otherPage: 'refused',
      stranger: 'refused',
      innerFrame: 'refused',
    });
  });

  test('a trusted window is told the folder a person points at, and nobody else is shown the dialog', () => {
    expect(morning).toMatchObject({
      folder: '/mnt/ổ dự phòng',
      noFolder: null,
      strangersFolder: 'refused',
      otherPagesFolder: 'refused',
      unknownChannel: 'refused',
    });
    const [[asked], ...more] = argsOf('dialog.showOpenDialog') as [unknown[], ...unknown[][]];
    expect(asked).toMatchObject({ properties: ['openDirectory', 'createDirectory'] });
    expect(more).toHaveLength(1);
  });

  test('a second start leaves the office to the first', async () => {
    const second = await play('second');
    expect(second.calls.map((call) => call.name)).toEqual(['app.requestSingleInstanceLock', 'app.quit']);
  });
});
