import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDoor } from '#electron/sync/server-door.ts';
import { readAlarms, versionsIn } from '#server/main.ts';
import { aLetter, agencyAtServer, enrolDesk, startDesk, until } from '../../support/agency-server.ts';

const place = mkdtempSync(join(tmpdir(), 'Ấn Tín hai nơi '));
const at = agencyAtServer(20_455, ['clerk']);

afterAll(() => {
  rmSync(place, { recursive: true, force: true });
  at.remove();
});

test('of two second places one fails: work is safe by the other, and a person is told which is late', async () => {
  const sound = join(place, 'nơi thứ nhất');
  // A disk that is not there: nothing can be made under a file.
  const gone = join(place, 'nơi thứ hai');
  writeFileSync(gone, '');
  const places = ['--backup-to', sound, '--backup-to', gone];
  const server = await at.start(...places, '--backup-minutes', '0.005', '--backup-keep', '2');
  const clerk = await enrolDesk(at, 'clerk');
  const desk = startDesk(at, clerk);
  const gauges = async () => {
    const text = Buffer.from(await openDoor(clerk.server).get('/metrics', '')).toString();
    return Object.fromEntries(
      [...text.matchAll(/^antin_backup_(?<name>\S+) (?<value>\d+)$/gmu)].map(({ groups }) => [
        groups?.['name'],
        Number(groups?.['value']),
      ]),
    );
  };
  const isSafe = () => {
    desk.link.poke();
    return desk.desk.owed().unsent === 0 && desk.desk.owed().unsafe === 0;
  };
  const told = () => readAlarms(at.data).map(({ code, about }) => [code, about]);
  const late = ['server.backup-late', expect.stringMatching(/nơi thứ hai, \d{4}-\d\d-\d\d$/u) as string];
  try {
    await until('the desk knows the agency', () => desk.link.state().kind === 'even');
    desk.give('documents.receive', await aLetter(desk));
    await until('the letter is safe', isSafe);
    await until('somebody is told', () => told().length > 0);
    expect(told()).toEqual([late]);
    const { seq_1: seq } = await gauges();
    expect(await gauges()).toEqual({ seq_1: seq, late_1: 0, seq_2: 0, late_2: 1 });
    expect(seq).toBeGreaterThan(0);

    rmSync(gone);
    await until('the second place has its copies', () => versionsIn(gone).length > 0);
    await expect.poll(gauges).toMatchObject({ late_1: 0, seq_2: seq, late_2: 0 });
    // What one place lost is brought there again, though nothing new was done.
    rmSync(sound, { recursive: true });
    await until('the first place has a copy again', () => versionsIn(sound).length > 0);
    expect(told()).toEqual([late]);
  } finally {
    await desk.stop();
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  }
});
