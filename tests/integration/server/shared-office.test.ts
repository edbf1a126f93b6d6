import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import type { CoreClient } from '#electron/host/core.ts';
import { systemClock } from '#electron/platform/clock.ts';
import {
  DeviceIdSchema,
  DocumentIdSchema,
  instantFrom,
  type DocumentId,
  type Hash,
} from '#shared/kernel/public.ts';
import { writeMail } from '#shared/node/mail/public.ts';
import { someFields } from '../../support/builders.ts';
import {
  even,
  eventually,
  manyMachines,
  newCommand,
  passphrase,
  refusalOf,
  type Machine,
} from '../../support/machines.ts';
import type { Staff } from '../../support/small-agency.ts';

const many = manyMachines(20_448, ['clerk', 'head', 'administrator', 'clerk']);
const { at, begin, stopServer, holdServer, machine, joined, closeAll } = many;
const joinWith = many.join;

beforeAll(begin);
afterAll(many.end);

async function receive({ client }: Machine, bytes: Uint8Array): Promise<DocumentId> {
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const { uploadId } = await client.documents.beginUpload({ name: 'thư.pdf', size: bytes.length });
  await client.documents.appendUpload({ uploadId, offset: 0, bytes: new Blob([new Uint8Array(bytes)]) });
  const { reply } = await client.documents.receiveFile({ commandId: newCommand(), documentId, uploadId });
  expect(reply).toMatchObject({ ok: true });
  return documentId;
}

/** The same letter as it comes in an e-mail. */
async function receiveByMail({ client }: Machine, pdf: Uint8Array) {
  const mail = writeMail({
    from: { name: 'Sở Nội vụ', address: 'snv@anbinh.example' },
    to: [],
    subject: 'Gửi công văn',
    text: 'Kính gửi',
    sentAt: systemClock.now(),
    id: '1',
    attachments: [{ name: 'thư.pdf', type: 'application/pdf', bytes: pdf }],
  });
  const { uploadId } = await client.documents.beginUpload({ name: 'thư.eml', size: mail.length });
  await client.documents.appendUpload({ uploadId, offset: 0, bytes: new Blob([new Uint8Array(mail)]) });
  const { files } = await client.documents.openLetter({ uploadId, only: null });
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const asked = { commandId: newCommand(), documentId, uploadId: files[0]?.uploadId ?? '' };
  expect((await client.documents.receiveFile(asked)).reply).toMatchObject({ ok: true });
  return { documentId, mail };
}

async function fileAt(
  { client }: Machine,
  documentId: DocumentId,
  which: 'file' | 'mail' = 'file',
): Promise<{ hash: Hash; bytes: Uint8Array }> {
  const { document } = await client.documents.page({ documentId });
  const hash = document.direction === 'incoming' ? document[which]?.hash : undefined;
  if (hash === undefined) throw new Error('No file');
  const { bytes } = await client.documents.readFile({ documentId, hash, offset: 0, length: 4_000_000 });
  return { hash, bytes: new Uint8Array(await bytes.arrayBuffer()) };
}

function aLetterAs(place: number): Promise<Uint8Array> {
  const letter = sampleLetters[place];
  if (letter === undefined) throw new Error('No letters');
  return letterPdf(letter, systemClock.now());
}

test('an official joins with an invitation and a passphrase, and the letter a clerk takes in is on the head’s desk', async () => {
  const clerk = machine('văn thư');
  const told = await clerk.client.sync.readInvitation({ text: at.invitation('clerk') });
  expect(told).toMatchObject({ personName: at.agency.staff.clerk.name, host: `127.0.0.1:${at.port}` });
  // Too weak a passphrase costs nothing: the code is still good.
  const weak = clerk.client.sync.join({ text: at.invitation('clerk'), machine: 'm', passphrase: '123' });
  expect(await refusalOf(weak)).toMatch(/^store[.]/u);
  expect(readdirSync(clerk.home)).toEqual([]);
  await joinWith(clerk, at.invitation('clerk'));
  const head = await joined('lãnh đạo', 'head');
  await even(clerk);

  const pdf = await aLetterAs(0);
  const { documentId, mail } = await receiveByMail(clerk, pdf);
  const registered = await clerk.client.documents.registerIncoming({
    commandId: newCommand(),
    body: { documentId, fields: someFields(), presentTo: at.agency.staff.head.id },
  });
  expect(registered).toMatchObject({ ok: true });
  const page = await eventually(
    'the head has it',
    () => head.client.documents.page({ documentId }).catch(() => null),
    (seen) => seen?.document.state === 'registered',
  );
  expect(page).toMatchObject({ kept: 'recorded', row: { onlyHere: false, awaitsNumber: false } });
  const theirs = await eventually(
    'the file is there too',
    () => fileAt(head, documentId).catch(() => null),
    (file) => file !== null,
  );
  expect(theirs?.bytes).toEqual(new Uint8Array(pdf));
  const itsMail = await eventually(
    'so is the e-mail it came in',
    () => fileAt(head, documentId, 'mail').catch(() => null),
    (file) => file !== null,
  );
  expect(itsMail?.bytes).toEqual(new Uint8Array(mail));
  // Who may read the paper only may have its file; the administrator reads nothing.
  const administrator = await joined('quản trị', 'administrator');
  await even(administrator);
  expect((await administrator.client.sync.standing({})).standing).toMatchObject({ toFetch: 0 });

  await stopServer();
  const second = await receive(clerk, Buffer.concat([pdf, Buffer.from('\n% thứ hai\n')]));
  await clerk.client.documents.registerIncoming({
    commandId: newCommand(),
    body: { documentId: second, fields: someFields({ number: '137' }), presentTo: at.agency.staff.head.id },
  });
  const waiting = await clerk.client.documents.page({ documentId: second });
  // Offline everything is done at once; only the number is the server's.
  expect(waiting).toMatchObject({
    kept: 'here',
    document: { state: 'registered' },
    row: { onlyHere: true, awaitsNumber: true, arrivalNumber: null },
  });
  const { standing } = await clerk.client.sync.standing({});
  expect(standing).toMatchObject({ unsent: 2, toSend: 1 });
  await begin();
  await even(clerk);
  expect(await clerk.client.documents.page({ documentId: second })).toMatchObject({
    kept: 'recorded',
    row: { onlyHere: false, awaitsNumber: false, arrivalNumber: 2 },
  });
});

test('what two did at once stands among what needs attention, and is done again or given up', async () => {
  const [one, two] = [await reopened('văn thư', 'clerk'), await joined('văn thư 2', 'clerk', 1)];
  await even(two);
  const pdf = await aLetterAs(1);
  const documentId = await receive(one, pdf);
  await eventually(
    'both have it',
    () => two.client.documents.page({ documentId }).catch(() => null),
    (page) => page !== null,
  );
  const presentTo = at.agency.staff.head.id;
  const register = (client: CoreClient, note: string) =>
    client.documents.registerIncoming({
      commandId: newCommand(),
      body: { documentId, fields: someFields({ note }), presentTo },
    });
  await stopServer();
  await register(one.client, 'một');
  await register(two.client, 'hai');
  await begin();
  await Promise.all([even(one), even(two)]);
  const lists = await Promise.all([one, two].map(({ client }) => client.sync.refused({})));
  const late = [one, two].find((_, place) => lists[place]?.items.length === 1);
  if (late === undefined) throw new Error('Both were taken');
  const [item] = (await late.client.sync.refused({})).items;
  expect(item).toMatchObject({ name: 'documents.registerIncoming', document: documentId });
  if (item === undefined) throw new Error('Nothing refused');
  const again = await late.client.sync.again({ commandId: newCommand(), refused: item.commandId });
  expect(again.reply).toMatchObject({ ok: false });
  await late.client.sync.giveUp({ refused: item.commandId });
  expect((await late.client.sync.refused({})).items).toEqual([]);
});

test('an administrator invites from their own desk, and takes a desk back: it wipes itself', async () => {
  const administrator = await reopened('quản trị', 'administrator');
  await even(administrator);
  // An invitation that comes later is of no use: a server that has much to do is waited for.
  const held = holdServer(6000);
  const { invitation } = await administrator.client.sync.invite({
    commandId: newCommand(),
    personId: at.agency.staff.officer.id,
  });
  await held;
  const officer = machine('chuyên viên');
  await joinWith(officer, invitation);
  await even(officer);
  const { devices } = await eventually(
    'the desk is listed',
    () => administrator.client.sync.devices({}),
    (list) => list.devices.some(({ person }) => person === at.agency.staff.officer.id),
  );
  const theirs = devices.find(({ person }) => person === at.agency.staff.officer.id);
  expect(devices.filter(({ isThis }) => isThis)).toHaveLength(1);
  const revoked = await administrator.client.sync.revokeDevice({
    commandId: newCommand(),
    body: { deviceId: DeviceIdSchema.parse(theirs?.id), reason: 'Mất máy' },
  });
  expect(revoked).toMatchObject({ ok: true });
  const [folder] = readdirSync(officer.home);
  await eventually(
    'the desk was wiped',
    () => Promise.resolve(existsSync(join(officer.home, folder ?? '', 'keys.json'))),
    (isThere) => !isThere,
  );
  expect(await officer.client.session.agencies({})).toMatchObject({ desks: [], wiped: [expect.any(String)] });
  expect((await officer.client.session.current({})).session).toBeNull();
  const left = readdirSync(join(officer.home, folder ?? ''));
  expect(left).toEqual(['desk.json']);
  expect(readFileSync(join(officer.home, folder ?? '', 'desk.json'), 'utf8')).not.toContain('PRIVATE');
});

test('a desk that met nobody for a month shows what it has, and goes on once it is heard of', async () => {
  const clerk = await reopened('văn thư', 'clerk');
  await even(clerk);
  const pdf = await aLetterAs(2);
  const documentId = await receive(clerk, pdf);
  await even(clerk);
  await stopServer();
  closeAll();
  const dayMs = 86_400_000;
  const later = { ...systemClock, now: () => instantFrom(Date.now() + 31 * dayMs) };
  const { client } = machine('văn thư', later);
  const who = { agencyId: at.agencyId, personId: at.agency.staff.clerk.id, passphrase };
  await client.session.signIn(who);
  expect(await client.documents.page({ documentId })).toMatchObject({ document: { state: 'arrived' } });
  const register = () =>
    client.documents.registerIncoming({
      commandId: newCommand(),
      body: { documentId, fields: someFields({ number: '999' }), presentTo: at.agency.staff.head.id },
    });
  expect(await register()).toMatchObject({ ok: false, refusal: { code: 'sync.lease-over' } });
  await begin();
  await eventually(
    'it was heard of',
    () => client.sync.standing({}),
    ({ standing }) => standing?.heardAt !== null,
  );
  expect(await register()).toMatchObject({ ok: true });
});

/** The machine of an earlier test, its programme started anew. */
async function reopened(name: string, who: keyof Staff): Promise<Machine> {
  closeAll();
  const one = machine(name);
  expect(existsSync(one.home)).toBe(true);
  await one.client.session.signIn({ agencyId: at.agencyId, personId: at.agency.staff[who].id, passphrase });
  return one;
}
