import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportPackage } from '#shared/node/packages/public.ts';
import { aPackage, software } from '../../support/packages/sample.ts';
import { unpacked } from '../../support/packages/unpacked.ts';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'antin archive '));
  await exportPackage({ package: aPackage('AIP_hoso'), to: join(folder, 'đúng.zip'), software });
  const at = await unpacked(join(folder, 'sai'), aPackage());
  at.remove('representations/rep1/data/000001.pdf');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Answer = Readonly<{ code: number | null; out: string; err: string }>;

function run(language: string, ...args: readonly string[]): Answer {
  const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'archive', ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, ANTIN_LANG: language },
  });
  return { code: status, out: stdout, err: stderr };
}

test('a sound package is told to be one, to people and to programs', () => {
  expect(run('vi', 'validate', 'đúng.zip')).toEqual({
    code: 0,
    out: 'đúng.zip: gói AIP_hoso đúng, 3 tài liệu, 3 tệp khác của hồ sơ.\n',
    err: '',
  });
  const { code, out } = run('en', 'validate', 'đúng.zip', '--json');
  expect([code, JSON.parse(out)]).toEqual([
    0,
    { file: 'đúng.zip', sound: true, kind: 'AIP_hoso', documents: 3, others: 3, findings: [] },
  ]);
});

test('every fault is told with its place, in the language asked for', () => {
  const place = 'representations/rep1/data/000001.pdf';
  expect(run('vi', 'validate', 'sai')).toEqual({
    code: 1,
    out: `sai: 1 lỗi.\n  - ${place}: có trong METS nhưng không có trong gói.\n`,
    err: '',
  });
  const sentence = `${place}: is listed in METS but not in the package.`;
  const { code, out } = run('en', 'validate', 'sai', '--json');
  expect([code, JSON.parse(out)]).toMatchObject([
    1,
    { sound: false, findings: [{ code: 'file-missing', where: place, sentence }] },
  ]);
});

test('whoever asks for nothing, for too much, or for what is not there is told so', () => {
  expect(run('vi').code).toBe(64);
  expect(run('vi', 'validate').err).toContain('antin archive validate');
  expect(run('vi', 'validate', 'a', 'b').code).toBe(64);
  expect(run('vi', 'validate', 'đúng.zip', '--form', 'khác').code).toBe(64);
  expect(run('vi', 'validate', 'không có').code).toBe(66);
  expect(readdirSync(folder).toSorted()).toEqual(['sai', 'đúng.zip']);
});
