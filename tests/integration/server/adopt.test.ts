import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDeskFolder, writeDeskFile } from '#electron/features/session/open-desk.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { createKeyring } from '#electron/store/keyring.ts';
import { openAgencyFolder } from '#server/main.ts';
import { ownScope } from '#shared/sync/public.ts';
import { aPerson, anAgency, beginIdsAt } from '../../support/builders.ts';
import { play } from '../../support/any-day.ts';
import { drawMove } from '../../support/office-moves.ts';
import { openSmallAgency } from '../../support/small-agency.ts';
import { chanceOf } from '../../simulation/chance.ts';

const home = mkdtempSync(join(tmpdir(), 'Ấn Tín một máy '));
const passphrase = 'Giấy trắng 2026!';
const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

function antin(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('a desk that stood alone becomes the first of many: its log is the server’s, to the hash', async () => {
  beginIdsAt(8_000_000);
  const { id, name } = anAgency();
  beginIdsAt(8_000_000);
  const folder = writeDeskFile(home, { agencyId: id, agencyName: name, sample: false });
  const first = { id: aPerson().id, name: 'Quản trị', post: 'Quản trị' };
  beginIdsAt(8_000_000);
  const dataKey = await createKeyring(join(folder, 'keys.json'), { ...first, passphrase }, systemClock.now());
  const open = openDeskFolder(folder, id, { dataKey, clock: systemClock });
  const agency = openSmallAgency(() => ({
    log: open.desk.log,
    decide: (command) => void open.desk.execute(command),
  }));
  const chance = chanceOf(11);
  play(
    agency,
    Array.from({ length: 150 }, () => drawMove(chance)),
  );
  const head = open.desk.log.head();
  open.close();
  // None of the files its papers name is there: the desk opens all the same.
  const secret = join(home, 'mk.txt');
  writeFileSync(secret, passphrase);

  const data = join(home, 'máy chủ');
  const adopt = ['serve', 'adopt', '--data', data, '--desk', home, '--passphrase-file', secret, '--json'];
  const made = antin(...adopt);
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(made.stdout)).toEqual({
    agencyId: id,
    seq: head.seq,
    hash: head.hash,
    files: 0,
    damaged: 0,
  });
  const again = antin(...adopt);
  expect(again).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('đã có dữ liệu máy chủ') as string,
  });

  const kept = openAgencyFolder(data);
  const own = kept.log.scopeHead(ownScope(agency.staff.clerk.id));
  const all = kept.log.scopeHead('agency');
  kept.close();
  expect(own.n).toBeGreaterThan(0);
  expect(all.n).toBeGreaterThan(20);

  const invited = antin(
    'serve',
    'invite',
    '--data',
    data,
    '--person',
    agency.staff.officer.id,
    '--by',
    agency.staff.administrator.id,
    '--url',
    'https://may-chu:8443',
  );
  expect(invited).toMatchObject({ status: 0, stdout: expect.stringMatching(/^antin1[.]/u) as string });
  // Without --by an administrator is found; a name that several have is not guessed at.
  const named = ['serve', 'invite', '--data', data, '--url', 'https://may-chu:8443', '--person'];
  expect(antin(...named, agency.staff.officer.id)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^antin1[.]/u) as string,
  });
  expect(antin(...named, agency.staff.officer.name)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('nhiều người cùng tên') as string,
  });
  expect(antin(...named, 'Không Có Ai')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('Không có ai tên “Không Có Ai”') as string,
  });
  const stranger = antin(
    'serve',
    'invite',
    '--data',
    data,
    '--person',
    agency.staff.officer.id,
    '--by',
    agency.staff.officer.id,
    '--url',
    'https://may-chu:8443',
  );
  expect(stranger.status).toBe(1);
  expect(antin('serve', '--role', 'agency', '--data', join(home, 'trống'))).toMatchObject({ status: 1 });
  expect(antin('serve', '--data', data)).toMatchObject({ status: 64 });
});
