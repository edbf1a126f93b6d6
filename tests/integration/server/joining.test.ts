import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readInvitation, writeInvitation } from '#shared/node/agency-log/public.ts';
import { startCuttingProxy, type CuttingProxy } from '../../support/cutting-proxy.ts';
import {
  even,
  eventually,
  manyMachines,
  passphrase,
  refusalOf,
  type Machine,
} from '../../support/machines.ts';
import type { Staff } from '../../support/small-agency.ts';

const proxyPort = 20_473;
const many = manyMachines(20_472, ['clerk', 'administrator', 'clerk']);
const { at, begin, machine, joined } = many;
let line: CuttingProxy;
let clerk: Machine;
let administrator: Machine;

beforeAll(async () => {
  await begin();
  line = await startCuttingProxy(proxyPort, at.port);
});
afterAll(async () => {
  await line.close();
  await many.end();
});

/** The same invitation, over the line that can be cut. */
function overTheLine(text: string): string {
  const invitation = readInvitation(text);
  if (invitation === null) throw new Error('No invitation');
  return writeInvitation({ ...invitation, url: `https://127.0.0.1:${proxyPort}` });
}

const join = ({ client }: Machine, text: string, secret = passphrase) =>
  client.sync.join({ text, machine: 'máy phòng', passphrase: secret });

async function devicesOf(who: keyof Staff, count: number) {
  const { devices } = await eventually(
    'the devices are listed',
    () => administrator.client.sync.devices({}),
    (list) =>
      list.devices.filter(({ person, standing }) => person === at.agency.staff[who].id && standing === 'good')
        .length >= count,
  );
  return devices.filter(({ person }) => person === at.agency.staff[who].id);
}

test('when the server’s answer to joining is lost, the same invitation joins the same desk once more', async () => {
  clerk = machine('văn thư');
  const invitation = overTheLine(at.invitation('clerk'));
  line.loseAnswers();
  expect(await refusalOf(join(clerk, invitation))).toBe('sync.server-away');
  expect(line.lost()).toBe(1);
  // What was begun is no desk that anybody could sit down at.
  expect((await clerk.client.session.agencies({})).desks).toEqual([]);
  line.mend();
  // Another passphrase does not open what was begun; another machine finds the code used.
  expect(await refusalOf(join(clerk, invitation, 'Nắng tháng Tám 27!'))).toBe('sync.joining-passphrase');
  const stranger = machine('máy lạ');
  expect(await refusalOf(join(stranger, invitation))).toBe('sync.code-used');
  expect(readdirSync(stranger.home)).toEqual([]);

  const who = await join(clerk, invitation);
  await clerk.client.session.signIn({ ...who, passphrase });
  await even(clerk);
  administrator = await joined('quản trị', 'administrator');
  expect(await devicesOf('clerk', 1)).toHaveLength(1);
  expect(await refusalOf(join(clerk, invitation))).toBe('sync.joined-already');
});

test('a desk that goes on under a new key does not lose its code to a lost answer either', async () => {
  const text = overTheLine(at.invitation('clerk', 1));
  line.loseAnswers();
  expect(await refusalOf(clerk.client.sync.rejoin({ text }))).toBe('sync.server-away');
  line.mend();
  await clerk.client.sync.rejoin({ text });
  await clerk.client.session.signIn({
    agencyId: at.agencyId,
    personId: at.agency.staff.clerk.id,
    passphrase,
  });
  await even(clerk);
  expect(await devicesOf('clerk', 2)).toHaveLength(2);
  const { standing } = await administrator.client.sync.standing({});
  expect(standing).toMatchObject({ refused: 0 });
});
