import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openAgencyFolder, versionsIn } from '#server/main.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { aLetter, agencyAtServer, enrolDesk, startDesk, until } from '../../support/agency-server.ts';

const place = mkdtempSync(join(tmpdir(), 'Ấn Tín nơi khác '));
const at = agencyAtServer(20_444, ['clerk', 'officer']);
const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');

afterAll(() => {
  rmSync(place, { recursive: true, force: true });
  at.remove();
});

function restore(from: string, key: string) {
  const args = [program, 'serve', 'restore', '--data', at.data, '--from', from, '--key-file', key];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stderr };
}

test(
  'the server’s machine is lost, an old copy comes back, and the desks bring what it lacks',
  { timeout: 90_000 },
  async () => {
    const key = join(place, 'server.key');
    copyFileSync(join(at.data, 'server.key'), key);
    const versions = join(place, 'bản sao');
    let server = await at.start('--backup-to', versions, '--backup-minutes', '0.01', '--backup-keep', '2');
    const desk = startDesk(at, await enrolDesk(at, 'clerk'));
    const given: string[] = [];
    const give = async (count: number) => {
      for (let n = 0; n < count; n += 1) given.push(desk.give('documents.receive', await aLetter(desk)).id);
    };
    try {
      await until('the desk knows the agency', () => desk.link.state().kind === 'even');
      await give(10);
      await until('the first letters are safe in a second place', () => {
        desk.link.poke();
        const { unsent, unsafe } = desk.desk.owed();
        return unsent === 0 && unsafe === 0;
      });
      server.child.kill('SIGTERM');
      await once(server.child, 'exit');
      // From here on nothing is copied any more.
      server = await at.start();
      await give(15);
      await until('the server has the others', () => desk.desk.owed().unsent === 0);
      expect(desk.desk.owed().unsafe).toBe(15);
      server.child.kill('SIGKILL');
      await once(server.child, 'exit');
      rmSync(at.data, { recursive: true, force: true });
      await give(5);

      const newest = versionsIn(versions).at(-1) ?? '';
      const damaged = join(place, 'hỏng');
      spawnSync('cp', ['-r', newest, damaged]);
      appendFileSync(join(damaged, 'agency.db'), 'x');
      expect(restore(damaged, key)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('bị hỏng') as string,
      });
      expect(restore(versions, key)).toMatchObject({ status: 0 });
      server = await at.start();
      await until('the desk has brought everything back', () => desk.desk.owed().unsent === 0, 40_000);
      expect(desk.faults).toEqual([]);
    } finally {
      await desk.stop();
      server.child.kill('SIGTERM');
      await once(server.child, 'exit');
    }
    const folder = openAgencyFolder(at.data);
    const entries = folder.log.entriesAfter(0, 10_000);
    folder.close();
    expect(walkChain(entries)).toMatchObject({ ok: true });
    const decided = entries
      .filter(({ entry }) => entry.refusal === null)
      .map(({ entry }) => entry.command.id as string);
    expect(given.filter((id) => !decided.includes(id))).toEqual([]);
    expect(new Set(decided).size).toBe(decided.length);
  },
);
