import { afterAll, beforeAll, expect, test } from 'vitest';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { DocumentIdSchema, LeaseIdSchema, dayOf, yearOf, type DocumentId } from '#shared/kernel/public.ts';
import { someFields } from '../../support/builders.ts';
import {
  even,
  eventually,
  manyMachines,
  newCommand,
  passphrase,
  type Machine,
} from '../../support/machines.ts';

const many = manyMachines(20_452, ['clerk', 'head', 'administrator', 'clerk']);
const { at, begin, stopServer, joined } = many;
const year = yearOf(dayOf(systemClock.now()));
const asked = { book: 'arrivals', year, from: null, to: null, extra: [] };

let clerk: Machine;
let second: Machine;
let head: Machine;
let administrator: Machine;

beforeAll(async () => {
  await begin();
  [clerk, second, head, administrator] = await Promise.all([
    joined('văn thư', 'clerk'),
    joined('văn thư hai', 'clerk', 1),
    joined('lãnh đạo', 'head'),
    joined('quản trị', 'administrator'),
  ]);
}, 120_000);
afterAll(many.end);

async function receive({ client }: Machine): Promise<DocumentId> {
  const [letter] = sampleLetters;
  if (letter === undefined) throw new Error('No letters');
  const bytes = await letterPdf(letter, systemClock.now());
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const { uploadId } = await client.documents.beginUpload({ name: 'thư.pdf', size: bytes.length });
  await client.documents.appendUpload({ uploadId, offset: 0, bytes: new Blob([new Uint8Array(bytes)]) });
  const { reply } = await client.documents.receiveFile({ commandId: newCommand(), documentId, uploadId });
  expect(reply).toMatchObject({ ok: true });
  return documentId;
}

async function register(one: Machine, documentId: DocumentId, commandId = newCommand()) {
  const body = { documentId, fields: someFields(), presentTo: at.agency.staff.head.id };
  return one.client.documents.registerIncoming({ commandId, body });
}

async function numberOn({ client }: Machine, documentId: DocumentId): Promise<number | null> {
  return (await client.documents.page({ documentId })).row.arrivalNumber;
}

async function take(one: Machine, count: number) {
  const { device } = await one.client.sync.leases({});
  if (device === null) throw new Error('No device');
  const body = {
    leaseId: LeaseIdSchema.parse(systemClock.newId()),
    deviceId: device,
    book: 'arrivals',
    count,
    hours: 24,
  };
  return one.client.sync.leaseNumbers({ commandId: newCommand(), body });
}

async function mine({ client }: Machine) {
  const { leases } = await client.sync.leases({});
  return leases.filter(({ isThis }) => isThis).map(({ from, to, left, next }) => ({ from, to, left, next }));
}

test('no desk holds numbers before the administrator allows it', async () => {
  expect(await take(clerk, 5)).toMatchObject({ ok: false, refusal: { code: 'sync.leasing-off' } });
  const body = { leasing: { mostNumbers: 10, mostDays: 2 } };
  await administrator.client.directory.arrangeLeasing({ commandId: newCommand(), body });
  await eventually(
    'the clerk may take a block',
    () => clerk.client.sync.leases({}),
    ({ leasing }) => leasing !== null,
  );
  expect(await take(clerk, 11)).toMatchObject({ ok: false, refusal: { code: 'sync.lease-too-large' } });
  expect(await take(clerk, 5)).toMatchObject({ ok: true });
  expect(await mine(clerk)).toEqual([{ from: 1, to: 5, left: 5, next: 1 }]);
});

test('with the server away its desk gives numbers at once; another desk’s paper waits; both come out right', async () => {
  await even(second);
  await stopServer();
  const [own, other] = [await receive(clerk), await receive(second)];
  const commandId = newCommand();
  const reply = await register(clerk, own, commandId);
  expect(reply).toMatchObject({ ok: true });
  // Asked twice by the same id it is one number.
  expect(await register(clerk, own, commandId)).toEqual(reply);
  await register(second, other);
  expect(await numberOn(clerk, own)).toBe(1);
  expect(await numberOn(second, other)).toBeNull();
  expect(await mine(clerk)).toEqual([{ from: 1, to: 5, left: 4, next: 2 }]);
  // It is in no register before the server has it.
  expect((await clerk.client.documents.register({ ...asked, offset: 0, limit: 10 })).rows).toEqual([]);
  await begin();
  for (const one of [clerk, second]) await even(one);
  expect([await numberOn(clerk, own), await numberOn(second, other)]).toEqual([1, 6]);
  await eventually(
    'the head sees both',
    () => head.client.documents.incoming({ offset: 0, limit: 10, states: null, year, text: '' }),
    ({ rows }) =>
      rows
        .map(({ arrivalNumber }) => arrivalNumber ?? 0)
        .toSorted((a, b) => a - b)
        .join(' ') === '1 6',
  );
});

test('given back, its unused numbers are void in the register on the screen, in print and as a table', async () => {
  const [lease] = (await clerk.client.sync.leases({})).leases;
  if (lease === undefined) throw new Error('No block');
  const { id: leaseId, device: deviceId, book } = lease;
  const body = { leaseId, deviceId, book, year };
  expect(await clerk.client.sync.returnLease({ commandId: newCommand(), body })).toMatchObject({ ok: true });
  await even(clerk);
  expect(await mine(clerk)).toEqual([]);
  const { rows, total } = await clerk.client.documents.register({ ...asked, offset: 0, limit: 10 });
  expect(rows.map(({ cells }) => cells[1])).toEqual(['1', '2', '3', '4', '5', '6']);
  expect(total).toBe(6);
  const why = 'Số bỏ: trả lại dải số chưa dùng hết';
  expect(rows.map(({ id, cells }) => (id === null ? cells[5] : ''))).toEqual(['', why, why, why, why, '']);
  const window = await clerk.client.documents.register({ ...asked, offset: 4, limit: 2 });
  expect(window.rows.map(({ cells }) => cells[1])).toEqual(['5', '6']);
  const table = await clerk.client.documents.exportRegister({ ...asked, form: 'csv' });
  const { bytes } = await clerk.client.documents.readExport({
    exportId: table.exportId,
    offset: 0,
    length: table.size,
  });
  const lines = new TextDecoder().decode(await bytes.arrayBuffer()).split('\r\n');
  expect(lines.filter((line) => line.includes(why))).toHaveLength(4);
  const printed = await clerk.client.documents.exportRegister({ ...asked, form: 'pdf' });
  expect(printed.size).toBeGreaterThan(1000);
});

test('a desk that is revoked takes its numbers with it, and the next block is another’s', async () => {
  expect(await take(second, 3)).toMatchObject({ ok: true });
  expect(await take(clerk, 3)).toMatchObject({ ok: false, refusal: { code: 'sync.lease-open' } });
  // Whose desk may have been even before it heard that the first block ended, and of this one.
  const { leases } = await eventually(
    'the administrator sees the block',
    () => administrator.client.sync.leases({}),
    (told) => told.leases.some(({ from }) => from === 7),
  );
  expect(leases).toMatchObject([{ from: 7, to: 9, left: null, isThis: false }]);
  const deviceId = leases[0]?.device;
  if (deviceId === undefined) throw new Error('No block');
  await administrator.client.sync.revokeDevice({
    commandId: newCommand(),
    body: { deviceId, reason: 'Mất máy' },
  });
  await even(clerk);
  const { rows } = await eventually(
    'the numbers are void',
    () => clerk.client.documents.register({ ...asked, offset: 6, limit: 10 }),
    ({ rows }) => rows.length === 3,
  );
  expect(rows.map(({ cells }) => cells[5])).toEqual(
    Array(3).fill('Số bỏ: máy giữ dải số bị thu hồi. Mất máy'),
  );
  expect(await take(clerk, 3)).toMatchObject({ ok: true });
  expect(await mine(clerk)).toEqual([{ from: 10, to: 12, left: 3, next: 10 }]);
});

test('the administrator voids what a lost desk holds; what it gave meanwhile is refused there, and done again', async () => {
  await even(clerk);
  await stopServer();
  const paper = await receive(clerk);
  await register(clerk, paper);
  expect(await numberOn(clerk, paper)).toBe(10);
  // Its machine is switched off before the network is back.
  clerk.core.close();
  await begin();
  const [lease] = (await administrator.client.sync.leases({})).leases;
  if (lease === undefined) throw new Error('No block');
  const { id: leaseId, device: deviceId, book } = lease;
  const body = { leaseId, deviceId, book, year, reason: 'Máy không về kịp' };
  await administrator.client.sync.voidLease({ commandId: newCommand(), body });
  await even(administrator);
  clerk = many.machine('văn thư');
  const personId = at.agency.staff.clerk.id;
  await clerk.client.session.signIn({ agencyId: at.agencyId, personId, passphrase });
  await even(clerk);
  const { items } = await clerk.client.sync.refused({});
  expect(items).toMatchObject([
    { name: 'documents.registerIncoming', refusal: { code: 'documents.lease-voided' } },
  ]);
  const refused = items[0]?.commandId;
  if (refused === undefined) throw new Error('Nothing was refused');
  const { reply } = await clerk.client.sync.again({ commandId: newCommand(), refused });
  expect(reply).toMatchObject({ ok: true });
  await even(clerk);
  expect(await numberOn(clerk, paper)).toBe(13);
  expect((await clerk.client.sync.refused({})).items).toEqual([]);
});
