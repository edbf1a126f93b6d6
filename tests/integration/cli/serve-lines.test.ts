import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAgencyFolder } from '#server/main.ts';
import { PeerSchema } from '#shared/exchange/public.ts';
import { agencyAtServer, type AgencyAtServer } from '../../support/agency-server.ts';

const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');
let at: AgencyAtServer;
beforeAll(() => {
  at = agencyAtServer(20_526, []);
});
afterAll(() => {
  at.remove();
});

function serve(act: string, ...more: readonly string[]) {
  const args = [program, 'serve', act, '--data', at.data, ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 30_000 });
  return { status, stdout, stderr };
}

function settings(over: object = {}): string {
  const path = join(at.data, '..', 'ket-noi.json');
  const line = {
    id: 'tinh',
    name: 'Trục của tỉnh',
    tables: 'provincial',
    transport: { kind: 'files', folder: join(at.data, '..', 'edxml') },
    agencies: [{ name: 'UBND xã An Phú', codes: ['H19.64.33', '28.22.H17'] }],
  };
  writeFileSync(path, JSON.stringify({ ...line, ...over }));
  return path;
}

function known() {
  const folder = openAgencyFolder(at.data);
  try {
    return folder
      .states('peer')
      .map((peer) => PeerSchema.parse(peer))
      .map(({ name, state, line, codes }) => [name, state, line?.codes, codes.map(({ code }) => code)]);
  } finally {
    folder.close();
  }
}

test('a line is set up with its code table, again without doubling anybody, and tried', () => {
  expect(serve('line', '--settings', settings())).toMatchObject({ status: 0 });
  const agencies = [
    { name: 'UBND xã An Phú (mới)', codes: ['28.22.H17'] },
    { name: 'Sở Nội vụ', codes: ['H19.10'] },
  ];
  expect(serve('line', '--settings', settings({ agencies }))).toMatchObject({ status: 0 });
  expect(known().toSorted(([one], [other]) => String(one).localeCompare(String(other)))).toEqual([
    ['Sở Nội vụ', 'confirmed', ['H19.10'], ['H19.10']],
    ['UBND xã An Phú (mới)', 'confirmed', ['28.22.H17'], []],
  ]);
  expect(serve('lines')).toMatchObject({ status: 0, stdout: 'tinh\tTrục của tỉnh\tKết nối tốt.\n' });
}, 60_000);

test('what is wrong with a line, or with its settings, is said in a sentence', () => {
  const folder = join(at.data, '..', 'edxml');
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(folder, 'no folder');
  const tried = serve('lines');
  expect([tried.status, tried.stdout]).toEqual([
    1,
    expect.stringContaining(`Không dùng được thư mục ${folder}`),
  ]);
  const wrong = serve('line', '--settings', settings({ transport: { kind: 'pigeon' } }));
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('sai ở “transport')]);
  const tables = serve('line', '--settings', settings({ tables: 'moon' }));
  expect([tables.status, tables.stderr]).toEqual([1, expect.stringContaining('Không có kết nối “moon”')]);
}, 60_000);
