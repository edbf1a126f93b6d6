import { afterAll, beforeAll, expect, test } from 'vitest';
import { AlarmsReplySchema, mostAlarms } from '#shared/exchange/public.ts';
import { instantFrom } from '#shared/kernel/public.ts';
import { agencyAtServer, type AgencyAtServer } from '../../support/agency-server.ts';
import { openDoors, type AnyDesk, type Doors } from '../../support/hostile-desks.ts';

let at: AgencyAtServer;
let doors: Doors;
let administrator: AnyDesk;
let clerk: AnyDesk;
beforeAll(async () => {
  at = agencyAtServer(20_482, []);
  const { staff } = at.agency;
  doors = openDoors(at, staff.administrator.id);
  administrator = await doors.enrolled(staff.administrator.id);
  clerk = await doors.enrolled(staff.clerk.id);
});
afterAll(async () => {
  await doors.close();
  at.remove();
});

async function askedBy(desk: AnyDesk) {
  const headers = { authorization: `Bearer ${await doors.token(desk)}` };
  return doors.ask('POST', '/v1/exchange/alarms', { body: {}, headers });
}

test('an administrator is told what the gateway warned of, the newest first; a clerk is not', async () => {
  for (let n = 1; n <= mostAlarms + 5; n += 1) {
    const row = {
      key: `gap:${n}`,
      at: instantFrom(n * 1000),
      code: 'exchange.gap',
      peer: 'x',
      about: String(n),
    };
    doors.folder.exchange.alarm(row);
    doors.folder.exchange.alarm(row);
    expect(doors.folder.exchange.isAlarmed(row.key)).toBe(true);
  }
  const reply = await askedBy(administrator);
  const { alarms } = AlarmsReplySchema.parse(reply.json());
  expect([alarms.length, alarms[0], alarms.at(-1)?.about]).toEqual([
    mostAlarms,
    { at: instantFrom(105_000), code: 'exchange.gap', peer: 'x', about: '105' },
    '6',
  ]);
  const refused = await askedBy(clerk);
  expect([refused.statusCode, refused.json()]).toMatchObject([403, { code: 'exchange.administrators-only' }]);
});
