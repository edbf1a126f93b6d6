import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpusPath } from '../../support/corpus.ts';
import { aDraft } from '../../support/drafts.ts';
import { plantedCopy, type PlantedCopy } from '../../support/planted-copy.ts';

type Ended = Readonly<{ code: number; stdout: string; stderr: string }>;

const root = resolve(import.meta.dirname, '../../..');

/** The machine's own Node, as an administrator's shell finds it: often older than the project's. */
const machineNode =
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .find(existsSync) ?? process.execPath;

function antin(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((done) => {
    const options = { cwd: tmpdir(), env: { ...process.env, ...env } };
    execFile(machineNode, [join(folder, 'cli/antin.mjs'), ...args], options, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

describe('the command line', () => {
  test('help lists only commands that are there', async () => {
    const { code, stdout } = await antin(root, ['--help']);
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1] ?? '');
    expect(code).toBe(0);
    expect(listed.filter((name) => !existsSync(join(root, 'cli/commands', `${name}.ts`)))).toEqual([]);
    // Whoever asks a command for help gets it, and nothing is done.
    expect(await antin(root, ['serve', '--help'])).toMatchObject({ code: 0, stdout });
  });

  test('without a command it shows how it is used and says so in its exit code', async () => {
    const { code, stdout } = await antin(root, []);
    expect([code, stdout.split('\n')[0]]).toEqual([64, 'Cách dùng: antin <lệnh> [tham số]']);
  });

  test('an unknown command gets a sentence, in the language asked for', async () => {
    const vietnamese = await antin(root, ['khong-co']);
    const english = await antin(root, ['khong-co'], { ANTIN_LANG: 'en' });
    expect([vietnamese.code, vietnamese.stdout, english.code]).toEqual([64, '', 64]);
    expect(vietnamese.stderr).toMatch(/^Không có lệnh “khong-co”/);
    expect(english.stderr).toMatch(/^There is no command “khong-co”/);
  });

  test('an option that no command knows is a mistake of use, not a fault of ours', async () => {
    const { code, stderr } = await antin(root, ['audit', 'verify', '--khong-co']);
    expect([code, stderr.split(':')[0]]).toEqual([64, 'Tham số không đúng']);
  });

  test('a command of a later version is not confused with a mistake', async () => {
    const { code, stderr } = await antin(root, ['check']);
    expect([code, stderr]).toEqual([
      64,
      'Lệnh “check” chưa có trong bản này. Gõ “antin --help” để xem các lệnh đang có.\n',
    ]);
  });
});

describe('in a folder with spaces and Vietnamese letters', () => {
  let copy: PlantedCopy;

  beforeAll(() => {
    copy = plantedCopy(
      { 'cli/commands/demo.ts': `export async function run() {\n  throw new Error('đĩa hỏng');\n}\n` },
      'Bản sao Ấn Tín (số 2)',
    );
  });

  afterAll(() => copy.remove());

  test('the command line starts', async () => {
    expect((await antin(copy.folder, ['--help'])).code).toBe(0);
  });

  test('a received letter is read as it is read anywhere', async () => {
    const letter = corpusPath('incoming', 'aip_01.02.004.pdf');
    const here = await antin(copy.folder, ['extract', '--json', letter]);
    expect(here.code).toBe(0);
    expect(here).toEqual(await antin(root, ['extract', '--json', letter]));
  });

  test('a draft is set to the same bytes as anywhere', async () => {
    const draft = join(copy.folder, 'dự thảo.json');
    const here = join(copy.folder, 'ở đây.pdf');
    const there = join(copy.folder, 'ở kia.pdf');
    writeFileSync(draft, JSON.stringify(aDraft()));
    const frozen = ['--frozen-at', '2026-11-23T02:00:00.000Z'];
    const inCopy = await antin(copy.folder, ['typeset', draft, '-o', here, ...frozen]);
    const inRoot = await antin(root, ['typeset', draft, '-o', there, ...frozen]);
    expect([inCopy.code, inRoot.code]).toEqual([0, 0]);
    expect(readFileSync(here).equals(readFileSync(there))).toBe(true);
  });

  test('a fault of ours is one sentence; the trace is for whoever asks', async () => {
    const quiet = await antin(copy.folder, ['demo']);
    const loud = await antin(copy.folder, ['demo'], { ANTIN_DEBUG: '1' });
    expect([quiet.code, quiet.stderr.trim().split('\n').length]).toEqual([70, 1]);
    expect(quiet.stderr).toContain('đĩa hỏng');
    expect(loud.stderr).toContain('    at ');
  });
});
