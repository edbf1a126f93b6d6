import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentAggregate, type Incoming, type StoredFile } from '#shared/documents/public.ts';
import {
  ParcelSchema,
  consignmentAggregate,
  deliveryAggregate,
  deliveryId,
  letterName,
  pairCode,
  peerAggregate,
  type Envelope,
  type Parcel,
} from '#shared/exchange/public.ts';
import { readState } from '#electron/store/read-state.ts';
import { instantFrom, hashBytes, type ConsignmentId, type DocumentId } from '#shared/kernel/public.ts';
import { letterBytes, makeIdentity, openIdentity, sealCover, signAs } from '#shared/node/exchange/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { taskAggregate } from '#shared/workflow/public.ts';
import {
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type HeadlessDesk,
} from '../../support/agency-server.ts';
import { ids, someFields } from '../../support/builders.ts';
import { aLetter, consignmentId, goodFacts } from '../../support/exchange.ts';
import { wordFile } from '../../support/office-parts.ts';
import {
  ended,
  gatewayOf,
  hubAt,
  joinHub,
  sealedPapers,
  somePages,
  type HubAt,
  type Sealed,
} from '../../support/two-agencies.ts';

let hub: HubAt;
let hubProcess: ChildProcess;
let from: AgencyAtServer;
let to: AgencyAtServer;
let servers: ChildProcess[];
let papers: readonly Sealed[];
let sender: HeadlessDesk;
let receiver: HeadlessDesk;
let head: HeadlessDesk;
const desks: HeadlessDesk[] = [];

beforeAll(async () => {
  hub = hubAt(20_496);
  hubProcess = await hub.start();
  from = agencyAtServer(20_497, ['clerk', 'administrator']);
  to = agencyAtServer(20_498, ['clerk', 'administrator', 'head']);
  const beside = { name: 'phụ lục.docx', bytes: wordFile('MẬT') };
  papers = await sealedPapers(from, somePages(8), [...Array.from({ length: 7 }, () => undefined), beside]);
  await joinHub(hub, from);
  await joinHub(hub, to);
  servers = [(await from.start()).child, (await to.start()).child];
  const open = async (at: AgencyAtServer, who: 'clerk' | 'administrator' | 'head') => {
    const desk = startDesk(at, await enrolDesk(at, who));
    desks.push(desk);
    return desk;
  };
  sender = await open(from, 'clerk');
  receiver = await open(to, 'clerk');
  head = await open(to, 'head');
  await confirm(await open(from, 'administrator'), from, to);
  await confirm(await open(to, 'administrator'), to, from);
  await until('both clerks know that the codes were compared', () =>
    [
      readState(sender.db, peerAggregate, to.agencyId),
      readState(receiver.db, peerAggregate, from.agencyId),
    ].every((peer) => peer?.state === 'confirmed'),
  );
}, 120_000);
afterAll(async () => {
  for (const desk of desks) await desk.stop();
  for (const child of [...servers, hubProcess]) await ended(child);
  for (const one of [hub, from, to]) one.remove();
});

/** The administrator types what the other agency's administrator reads out. */
async function confirm(desk: HeadlessDesk, at: AgencyAtServer, other: AgencyAtServer): Promise<void> {
  const peer = (id: string) => readState(desk.db, peerAggregate, id);
  await until(
    'the other agency is in the directory',
    () => peer(other.agencyId) !== null && peer(at.agencyId) !== null,
    30_000,
  );
  const [own, theirs] = [peer(at.agencyId)?.fingerprint ?? null, peer(other.agencyId)?.fingerprint ?? null];
  if (own === null || theirs === null) throw new Error('Nobody is there');
  desk.give('exchange.confirmPeer', { peerId: other.agencyId, code: pairCode(own, theirs) });
}

function paper(n: number): Sealed {
  const found = papers[n];
  if (found === undefined) throw new Error('Too few papers');
  return found;
}

/** Issues and sends one of the sealed papers; gives the consignment it went as. */
function send({ documentId, document }: Sealed, beside: readonly StoredFile[] = []): ConsignmentId {
  const id = consignmentId();
  const { file, number } = document;
  if (file === null || number === null) throw new Error('Not sealed');
  sender.give('exchange.issue', {
    documentId,
    consignments: [{ id, to: to.agencyId, refs: [] }],
    access: 'internal',
    facts: goodFacts({
      file: file.hash,
      notation: number.notation,
      issuedOn: number.issuedOn,
      attachments: beside.map(({ hash }) => hash),
    }),
    succeeds: null,
    expiryDays: 15,
    issuing: { recipients: [{ name: 'Cơ quan kia', kind: 'agency' }], copies: 0, repliesTo: null },
  });
  return id;
}

const ledger = (id: ConsignmentId) => readState(sender.db, consignmentAggregate, id);
const delivery = (id: ConsignmentId) =>
  readState(receiver.db, deliveryAggregate, deliveryId(from.agencyId, id));

async function arrived(id: ConsignmentId): Promise<Incoming> {
  await until('it is in the other agency', () => delivery(id)?.state === 'arrived', 40_000);
  const document = readState(receiver.db, documentAggregate, delivery(id)?.document ?? '');
  if (document?.direction !== 'incoming') throw new Error('No document came');
  return document;
}

function alarmsAt(at: AgencyAtServer): readonly string[] {
  const gateway = gatewayOf(at);
  try {
    return gateway.alarms().map(({ code }) => code);
  } finally {
    gateway.close();
  }
}

/** Puts something into a mailbox as a hub that lies would. */
async function plant(parcel: Parcel): Promise<void> {
  const there = await hub.open();
  await there.store.hand(ParcelSchema.parse(parcel), { again: false, now: instantFrom(Date.now()) });
  await there.close();
}

async function parcelOf(id: ConsignmentId): Promise<Parcel> {
  const there = await hub.open();
  const place = { after: 0, known: null, now: instantFrom(Date.now()) };
  const found = (await there.store.after(to.agencyId, place))?.find(({ parcel }) => parcel.id === id);
  await there.close();
  if (found === undefined) throw new Error('The hub does not have it');
  return found.parcel;
}

describe('two agencies, a hub between them, and four processes', () => {
  let first: ConsignmentId;
  let received: DocumentId;

  it('a document is in the other agency with nothing retyped, the very bytes that were sealed', async () => {
    first = send(paper(0));
    const document = await arrived(first);
    received = document.id;
    expect(document).toMatchObject({
      state: 'arrived',
      origin: { from: from.agencyId },
      suggestion: { fields: { number: '01', subject: 'về việc số 1' }, method: 'embedded' },
      file: { hash: paper(0).document.file?.hash },
    });
    await until(
      'the page is at the clerk’s desk',
      () => document.file !== null && receiver.blobs.has(document.file.hash),
    );
    const { file } = document;
    if (file === null) throw new Error('No page');
    expect(Buffer.from(await receiver.blobs.read(file.hash, 0, file.size)).equals(paper(0).bytes)).toBe(true);
    await until('the sender has the receipt', () => ledger(first)?.state === 'arrived', 40_000);
    expect(ledger(first)?.receipts).toMatchObject([
      { status: 'arrived', moved: true, log: { seq: expect.any(Number) } },
    ]);
  });

  it('the sender sees their arrival number and what becomes of it, by what officials do there', async () => {
    receiver.give('documents.registerIncoming', {
      documentId: received,
      fields: someFields({ issuedOn: null }),
      presentTo: to.agency.staff.head.id,
    });
    await until('accepted', () => ledger(first)?.state === 'accepted', 40_000);
    expect(ledger(first)?.arrival).toMatchObject({ number: 1 });
    await until(
      'the head has it',
      () => readState(head.db, documentAggregate, received)?.state === 'registered',
    );
    head.give('workflow.direct', {
      documentId: received,
      words: 'Xem xét',
      assignments: [
        {
          task: ids.task(),
          role: 'lead',
          to: { kind: 'person', id: to.agency.staff.officer.id },
          dueOn: null,
        },
      ],
      inform: [],
    });
    await until('assigned', () => ledger(first)?.state === 'assigned', 40_000);
  });

  it('a recall is decided by the clerk there, and both answers come back', async () => {
    const ask = (id: ConsignmentId, { documentId }: Sealed) => {
      sender.give('exchange.askBack', {
        documentId,
        consignments: [{ id, message: consignmentId() }],
        reason: 'Sai số liệu',
      });
    };
    ask(first, paper(0));
    await until('the clerk is asked', () => delivery(first)?.recall?.reason === 'Sai số liệu', 40_000);
    expect(readState(receiver.db, documentAggregate, received)?.state).toBe('directed');
    const tasksOf = (documentId: DocumentId) => {
      const paper = readState(receiver.db, documentAggregate, documentId);
      return paper?.direction === 'incoming' ? paper.tasks : [];
    };
    const answer = (id: ConsignmentId, documentId: DocumentId, agree: boolean) => {
      receiver.give('exchange.answerRecall', {
        deliveryId: deliveryId(from.agencyId, id),
        documentId,
        message: delivery(id)?.recall?.message,
        agree,
        words: 'Đã giao việc',
        tasks: tasksOf(documentId),
      });
    };
    answer(first, received, false);
    await until('declined', () => ledger(first)?.recall?.answer === 'declined', 40_000);
    expect(ledger(first)?.state).toBe('assigned');
    ask(first, paper(0));
    await until('asked again', () => delivery(first)?.recall?.answer === null, 40_000);
    answer(first, received, true);
    await until('withdrawn', () => ledger(first)?.state === 'withdrawn', 40_000);
    expect(readState(receiver.db, documentAggregate, received)?.state).toBe('recalled');
    expect(tasksOf(received).map((task) => readState(receiver.db, taskAggregate, task)?.state)).toEqual([
      'withdrawn',
    ]);
    expect(readState(sender.db, documentAggregate, paper(0).documentId)?.state).toBe('recalled');
  });

  it('a refusal comes back with its code and its words', async () => {
    const id = send(paper(1));
    const document = await arrived(id);
    receiver.give('exchange.returnDelivery', {
      deliveryId: deliveryId(from.agencyId, id),
      documentId: document.id,
      code: 'wrong-place',
      words: 'Không thuộc thẩm quyền',
    });
    await until('refused', () => ledger(id)?.state === 'refused', 40_000);
    expect(ledger(id)?.refused).toEqual({ code: 'wrong-place', words: 'Không thuộc thẩm quyền' });
  });

  it('what a file beside the page says secret goes back by itself, and is no document there', async () => {
    const id = send(paper(7), paper(7).document.attachments);
    await until('refused', () => ledger(id)?.state === 'refused', 40_000);
    expect(ledger(id)?.refused).toEqual({ code: 'secret', words: '' });
    expect(delivery(id)?.document ?? null).toBeNull();
  });

  it('a hub that dies in the middle loses nothing', async () => {
    await ended(hubProcess, 'SIGKILL');
    const id = send(paper(2));
    await until('it is queued at the server', () => ledger(id)?.state === 'queued');
    hubProcess = await hub.start();
    await arrived(id);
    await until('the receipt is back', () => ledger(id)?.state === 'arrived', 40_000);
  }, 90_000);

  it('what a hub makes up, alters, gives to another or gives twice changes nothing and is noticed', async () => {
    const real = await parcelOf(first);
    const stranger = openIdentity(
      makeIdentity('Kẻ lạ', instantFrom(Date.now() - 1000), randomBytes(32).fill(7)),
      randomBytes(32).fill(7),
    );
    const letter = aLetter();
    const bytes = letterBytes(letter);
    const signed: Envelope = {
      version: 1,
      id: consignmentId(),
      from: from.agencyId,
      to: to.agencyId,
      channel_seq: 99,
      kind: 'new',
      refs: [],
      payload: [{ name: letterName, sha256: hashBytes(bytes), size: bytes.length }],
      created: instantFrom(Date.now()),
      policy: { access: 'internal', expires: null },
    };
    const sealing = Buffer.from(readState(sender.db, peerAggregate, to.agencyId)?.sealing ?? '', 'base64');
    const signature = await signAs(stranger, 'envelope', signed);
    const forged = await sealCover({ what: 'envelope', signed, signature, letter, parts: [] }, sealing);
    const spoilt = Buffer.from(real.cover, 'base64');
    spoilt[spoilt.length - 40] = (spoilt[spoilt.length - 40] ?? 0) ^ 1;
    const before = readState(receiver.db, deliveryAggregate, deliveryId(from.agencyId, first));

    await plant({ ...real, id: consignmentId() }); // Given twice, under another name.
    await plant({ ...real, id: consignmentId(), cover: spoilt.toString('base64'), parts: [] });
    await plant({ ...real, id: signed.id, cover: Buffer.from(forged).toString('base64'), parts: [] });
    await plant({ ...real, id: consignmentId(), from: to.agencyId, to: from.agencyId, parts: [] }); // Given to another.
    const last = send(paper(3)); // Whatever comes after it comes as ever.
    await arrived(last);

    await until('the receiver has noticed', () => {
      const codes = alarmsAt(to);
      return ['exchange.altered', 'exchange.forged'].every((code) => codes.includes(code));
    });
    await until('so has the sender', () => alarmsAt(from).includes('exchange.not-for-us'), 40_000);
    expect(readState(receiver.db, deliveryAggregate, deliveryId(from.agencyId, signed.id))).toBeNull();
    expect(readState(receiver.db, deliveryAggregate, deliveryId(from.agencyId, first))).toEqual(before);
  });

  it('what a hub drops is missed: by the place in the series there, by the ledger here; and it comes when offered again', async () => {
    await ended(servers[1] as ChildProcess);
    const lost = send(paper(4));
    await until('the hub has it', () => ledger(lost)?.state === 'sent', 40_000);
    dropAtHub(lost);
    servers[1] = (await to.start()).child;
    const after = send(paper(5));
    await arrived(after);
    await until('the place is missed', () => alarmsAt(to).includes('exchange.gap'), 40_000);
    expect(ledger(lost)).toMatchObject({ state: 'sent', receipts: [] });
    const gateway = gatewayOf(from);
    gateway.offerAgain(to.agencyId, lost); // What the server does by itself after an hour.
    gateway.close();
    send(paper(6)); // Whatever is decided next has the server look at what it owes.
    await arrived(lost);
    await until('the receipt is back', () => ledger(lost)?.state === 'arrived', 40_000);
  }, 120_000);
});

function dropAtHub(id: ConsignmentId): void {
  const key = readFileSync(join(hub.data, 'server.key'));
  const db = openEncrypted({ path: join(hub.data, 'hub.db'), key });
  expect(db.prepare('DELETE FROM mailbox WHERE id = ?').run(id).changes).toBe(1);
  db.close();
}
