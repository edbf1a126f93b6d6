import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { someFields } from '../../support/builders.ts';
import { takeIn } from '../../support/letters-in.ts';
import { even, eventually, manyMachines, newCommand, type Machine } from '../../support/machines.ts';

const many = manyMachines(20_483, ['clerk', 'clerk']);
const { at, begin, stopServer, joined } = many;
let one: Machine;
let two: Machine;

vi.setConfig({ testTimeout: 90_000 });
beforeAll(async () => {
  await begin();
  [one, two] = [await joined('văn thư', 'clerk'), await joined('văn thư 2', 'clerk', 1)];
  await Promise.all([one, two].map(even));
});
afterAll(many.end);

test('what was done on top of something refused falls with it, and is shown under it with both versions; other papers go on', async () => {
  const documentId = await takeIn(one, 'hai người cùng vào sổ');
  await eventually(
    'both have it',
    () => two.client.documents.page({ documentId }).catch(() => null),
    (page) => page !== null,
  );
  await stopServer();
  const presentTo = at.agency.staff.head.id;
  const work = async ({ client }: Machine, note: string) => {
    const body = { documentId, fields: someFields({ note }), presentTo };
    await client.documents.registerIncoming({ commandId: newCommand(), body });
    const fields = someFields({ note: `${note}, đã sửa` });
    const corrected = await client.documents.correctRegistration({
      commandId: newCommand(),
      body: { documentId, fields, reason: 'Ghi nhầm' },
    });
    expect(corrected).toMatchObject({ ok: true });
  };
  await work(one, 'một');
  await work(two, 'hai');
  const others = [await takeIn(one, 'việc khác một'), await takeIn(two, 'việc khác hai')];
  await begin();
  await Promise.all([even(one), even(two)]);
  const lists = await Promise.all([one, two].map(({ client }) => client.sync.refused({})));
  const place = lists.findIndex(({ items }) => items.length > 0);
  const late = [one, two][place];
  expect(lists.map(({ items }) => items.length).toSorted((a, b) => a - b)).toEqual([0, 2]);
  const [after, first] = lists[place]?.items ?? [];
  if (late === undefined || first === undefined || after === undefined) {
    throw new Error('Nothing was refused');
  }
  expect(first).toMatchObject({
    name: 'documents.registerIncoming',
    restsOn: null,
    versions: {
      state: 'incoming.registered',
      last: { by: at.agency.staff.clerk.id, name: 'documents.correctRegistration' },
      fields: [
        {
          field: 'note',
          mine: place === 0 ? 'một' : 'hai',
          now: place === 0 ? 'hai, đã sửa' : 'một, đã sửa',
        },
      ],
    },
  });
  expect(after).toMatchObject({
    name: 'documents.correctRegistration',
    restsOn: first.commandId,
    refusal: { code: 'sync.rests-on-refused' },
  });
  for (const other of others) {
    expect(await late.client.documents.page({ documentId: other })).toMatchObject({ kept: 'recorded' });
  }
  // Three ways out. As it was: refused again, with the reason of now.
  const again = await late.client.sync.again({ commandId: newCommand(), refused: first.commandId });
  expect(again.reply).toMatchObject({ ok: false });
  // Changed to what stands: the correction alone makes sense on the other's registration.
  await late.client.sync.giveUp({ refused: first.commandId });
  const redone = await late.client.sync.again({ commandId: newCommand(), refused: after.commandId });
  expect(redone.reply).toMatchObject({ ok: true });
  await even(late);
  expect((await late.client.sync.refused({})).items).toEqual([]);
  const { document } = await one.client.documents.page({ documentId });
  const seen = await eventually(
    'the correction is everywhere',
    () => one.client.documents.page({ documentId }),
    (page) => JSON.stringify(page.document).includes(place === 0 ? 'một, đã sửa' : 'hai, đã sửa'),
  );
  expect(seen.document.id).toBe(document.id);
});

test('what is still to be sent is told by count, kind and size; paused, it waits, and goes on where it was', async () => {
  await one.client.sync.pause({});
  const first = await takeIn(one, 'trong lúc tạm dừng');
  const second = await takeIn(one, 'trong lúc tạm dừng 2');
  const { standing } = await one.client.sync.standing({});
  expect(standing).toMatchObject({
    state: 'paused',
    unsent: 2,
    toSend: 2,
    kinds: [{ name: 'documents.receive', count: 2 }],
  });
  expect(standing?.bytesToSend).toBeGreaterThan(2000);
  await one.client.sync.goOn({});
  await even(one);
  for (const documentId of [first, second]) {
    expect(await one.client.documents.page({ documentId })).toMatchObject({ kept: 'recorded' });
  }
  expect((await one.client.sync.standing({})).standing).toMatchObject({
    toSend: 0,
    bytesToSend: 0,
    kinds: [],
  });
});
