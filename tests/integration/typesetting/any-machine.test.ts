import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDecision } from '../../support/drafts.ts';

const root = join(import.meta.dirname, '../../..');
const at = '2026-11-23T02:00:00.000Z';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-máy khác-'));
  writeFileSync(join(folder, 'dự thảo.json'), JSON.stringify(aDecision()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Machine = Readonly<{ from: string; home: string; zone: string }>;

/** Sets the draft by the command line, as another machine would, and gives the hash of the file. */
function setOn(name: string, { from, home, zone }: Machine): string {
  const out = join(folder, `${name}.pdf`);
  execFileSync(
    process.execPath,
    [
      join(from, 'cli/antin.mjs'),
      'typeset',
      join(folder, 'dự thảo.json'),
      '-o',
      out,
      '--frozen-at',
      at,
      '--fields',
    ],
    { cwd: folder, env: { ...process.env, HOME: home, TZ: zone } },
  );
  return createHash('sha256').update(readFileSync(out)).digest('hex');
}

/** A font that bears the legal font's name but draws every letter at twice its size. */
function plantFont(home: string): void {
  const font = readFileSync(join(root, 'resources/fonts/LiberationSerif-Regular.ttf'));
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const entry = 12 + index * 16;
    if (font.toString('latin1', entry, entry + 4) !== 'head') continue;
    font.writeUInt16BE(1024, font.readUInt32BE(entry + 8) + 18);
  }
  for (const place of ['.fonts', '.local/share/fonts']) {
    mkdirSync(join(home, place), { recursive: true });
    writeFileSync(join(home, place, 'LiberationSerif-Regular.ttf'), font);
  }
}

test('the same draft has the same bytes on any machine: other folder, other clock zone, a false font of the same name', () => {
  const here = setOn('here', { from: root, home: folder, zone: 'Asia/Ho_Chi_Minh' });

  const moved = join(folder, 'Ấn Tín bản sao');
  for (const part of ['shared', 'resources', 'cli']) {
    cpSync(join(root, part), join(moved, part), { recursive: true });
  }
  cpSync(join(root, 'package.json'), join(moved, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(moved, 'node_modules'));
  const home = join(folder, 'nhà');
  plantFont(home);
  expect(setOn('there', { from: moved, home, zone: 'America/New_York' })).toBe(here);

  const fonts = execFileSync('pdffonts', [join(folder, 'there.pdf')], { encoding: 'utf8' });
  expect(
    fonts
      .split('\n')
      .slice(2)
      .filter((line) => line !== '' && !/\+LiberationSerif\S*\s/u.test(line)),
  ).toEqual([]);
});
