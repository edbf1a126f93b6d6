import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

describe('npm start', () => {
  let home: string;
  let starter: ChildProcess;
  let address: string;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'antin-start-'));
    starter = spawn(
      process.execPath,
      [join(root, 'cli/start.mjs'), '--browser', '--no-window', '--data', home],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    address = await readyAddress(starter);
  }, 120_000);

  afterEach(() => {
    starter.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });

  test('opens the office on this machine only, to whoever holds the token', async () => {
    const { origin, hostname } = new URL(address);
    const stranger = await fetch(origin);
    const owner = await fetch(address, { redirect: 'manual' });
    const cookie = owner.headers.get('set-cookie') ?? '';
    const page = await fetch(origin, { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(hostname).toBe('127.0.0.1');
    expect([stranger.status, owner.status, page.status]).toEqual([403, 303, 200]);
    expect(cookie).toContain('HttpOnly; SameSite=Strict');
    expect(page.headers.get('content-security-policy')).toContain(`default-src 'none'`);
  });

  test.each(['/%zz', '//', '/..%2f..%2fpackage.json'])(
    'an address like %s does not end the office',
    async (path) => {
      await fetch(new URL(address).origin + path);
      expect(await isOpen(address)).toBe(true);
    },
  );

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'when it is ended by %s, the office closes too',
    async (signal) => {
      starter.kill(signal);
      await expect.poll(() => isOpen(address), { timeout: 10_000 }).toBe(false);
    },
  );
});

function readyAddress(process: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    if (process.stdout === null) throw new Error('no output to read');
    createInterface({ input: process.stdout }).on('line', (line) => {
      const found = /^ANTIN_READY (\S+)$/.exec(line)?.[1];
      if (found !== undefined) done(found);
    });
    process.once('exit', (code) => fail(new Error(`npm start ended with ${code}`)));
  });
}

async function isOpen(address: string): Promise<boolean> {
  try {
    await fetch(new URL(address).origin);
    return true;
  } catch {
    return false;
  }
}
