import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readScreen } from '#electron/screens/screen-files.ts';

describe('serving the screens', () => {
  let parent: string;
  let folder: string;

  beforeAll(() => {
    parent = mkdtempSync(join(tmpdir(), 'antin-screens-'));
    folder = join(parent, 'renderer');
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(parent, 'secret.json'), '{}');
    writeFileSync(join(folder, 'index.html'), '<meta nonce="__NONCE__" /><style nonce="__NONCE__"></style>');
    writeFileSync(join(folder, 'assets', 'a-1.js'), 'export {};');
    writeFileSync(join(folder, 'notes.exe'), '');
  });

  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  const text = (body: Uint8Array) => new TextDecoder().decode(body);

  test('every place inside the office gets the page, with one fresh nonce in page and policy', async () => {
    const first = await readScreen(folder, '/van-ban-den/42');
    const second = await readScreen(folder, '/');
    const nonce = /nonce="([\w-]+)"/.exec(text(first.body))?.[1] ?? '';
    expect(first.status).toBe(200);
    expect(text(first.body)).toBe(`<meta nonce="${nonce}" /><style nonce="${nonce}"></style>`);
    expect(first.headers['Content-Security-Policy']).toContain(`'nonce-${nonce}'`);
    expect(text(second.body)).not.toBe(text(first.body));
  });

  test('an asset is named for its bytes, so it may be kept', async () => {
    const { status, headers, body } = await readScreen(folder, '/assets/a-1.js');
    expect([status, headers['Content-Type'], text(body)]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'export {};',
    ]);
    expect(headers['Cache-Control']).toContain('immutable');
    expect(headers['X-Content-Type-Options']).toBe('nosniff');
  });

  test.each([
    ['a file beside the folder', '/../secret.json'],
    ['the same, written in escapes', '/%2e%2e%2fsecret.json'],
    ['the same, with backslashes', '/..\\secret.json'],
    ['an escape that means nothing', '/%zz.js'],
    ['a name with an end in it', '/assets/a-1.js%00.js'],
    ['a file that is not there', '/assets/b.js'],
    ['a kind no screen is made of', '/notes.exe'],
  ])('%s is not found', async (_, address) => {
    const { status, body } = await readScreen(folder, address);
    expect([status, text(body)]).toEqual([404, '404']);
  });
});
