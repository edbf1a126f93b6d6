import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectedPeers, consignmentsOf, lookBefore, send } from '#electron/features/exchange/sending.ts';
import { pageFacts } from '#electron/features/exchange/page-facts.ts';
import { documentPage, fileOf } from '#electron/features/documents/pages.ts';
import { sealFile } from '#electron/features/signing/public.ts';
import { waitingFor } from '#electron/features/workflow/public.ts';
import { deliveryId, pairCode, type Peer } from '#shared/exchange/public.ts';
import type { AgencyId, DocumentId } from '#shared/kernel/public.ts';
import { byGateway } from '../../support/by-gateway.ts';
import { aFile, ids, unsignedCheck } from '../../support/builders.ts';
import { aLetter, aPeer, consignmentId } from '../../support/exchange.ts';
import {
  numberedNotice,
  officePin,
  outgoingOf,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

let working: WorkingOffice;
let near: AgencyId;
let strange: AgencyId;

beforeAll(async () => {
  working = await workingOffice();
  const administrator = working.as('administrator');
  const own = aPeer({ id: administrator.open.desk.agencyId, name: 'Cơ quan mình' });
  const confirmed = aPeer({ name: 'Ủy ban nhân dân tỉnh An Bình', fingerprint: own.fingerprint });
  const met = aPeer({ name: 'Sở Nội vụ' });
  for (const peer of [own, confirmed, met]) meet(peer);
  const code = pairCode(own.fingerprint, confirmed.fingerprint);
  administrator.must('exchange.confirmPeer', { peerId: confirmed.id, code });
  [near, strange] = [confirmed.id, met.id];
}, 120_000);
afterAll(() => {
  working.remove();
});

function meet({ id, name, codes, authority, fingerprint, sealing, card }: Peer): void {
  const details = { name, codes, authority, fingerprint, sealing, card };
  byGateway(working.office.open.desk, 'exchange.meetPeer', { peerId: id, details });
}

async function sealedNotice(): Promise<DocumentId> {
  const documentId = await numberedNotice(working);
  const { reply } = await sealFile(working.as('clerk'), {
    commandId: working.commandId(),
    documentId,
    pin: officePin,
  });
  expect(reply.ok).toBe(true);
  return documentId;
}

const clerk = () => working.as('clerk');
const issuing = {
  recipients: [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' as const }],
  copies: 0,
};

function sending(documentId: DocumentId, to: AgencyId, more: Partial<Parameters<typeof send>[1]> = {}) {
  const commandId = working.commandId();
  const usual = { commandId, documentId, to: [to], access: 'internal' as const, succeeds: null };
  return send(clerk(), { ...usual, issuing: { ...issuing, repliesTo: null }, ...more });
}

test('a clerk may choose among the agencies the connection is with, and sees which are not confirmed', () => {
  expect(connectedPeers(clerk()).map(({ name, state }) => [name, state])).toEqual([
    ['Sở Nội vụ', 'met'],
    ['Ủy ban nhân dân tỉnh An Bình', 'confirmed'],
  ]);
});

test('the desk reads off the sealed page what the register says, and both signatures', async () => {
  const documentId = await sealedNotice();
  const { number, file } = outgoingOf(working, documentId);
  expect(await pageFacts(clerk(), outgoingOf(working, documentId))).toEqual({
    file: file?.hash,
    verdict: 'valid',
    hasLeader: true,
    hasSeal: true,
    notation: number?.notation,
    issuedOn: number?.issuedOn,
    secrecyMark: null,
    attachments: [],
  });
});

test('before the seal only what the seal will not mend is found, each recipient with its own', async () => {
  const documentId = await numberedNotice(working);
  const asked = { documentId, to: [near, strange], access: 'internal' as const };
  expect(await lookBefore(clerk(), asked)).toMatchObject([
    { refusal: { code: 'exchange.peer-unconfirmed' }, stops: true, mend: 'confirm-peer', peer: strange },
  ]);
});

test('issuing and sending are one act, and the ledger of the recipient begins', async () => {
  const documentId = await sealedNotice();
  const { reply } = await sending(documentId, near);
  expect(reply.ok).toBe(true);
  const document = outgoingOf(working, documentId);
  expect(document.state).toBe('issued');
  expect(consignmentsOf(clerk(), document)).toMatchObject([{ to: near, state: 'queued', kind: 'new' }]);
});

test('what stands against sending leaves the paper as it was', async () => {
  const documentId = await sealedNotice();
  const { reply } = await sending(documentId, strange);
  expect(reply).toMatchObject({ ok: false, refusal: { code: 'exchange.peer-unconfirmed' } });
  expect(outgoingOf(working, documentId).state).toBe('sealed');
});

test('a paper that replaces another goes to the same agency with what it replaces, and both show the line', async () => {
  const [old, next] = [await sealedNotice(), await sealedNotice()];
  await sending(old, near);
  const { reply } = await sending(next, near, { succeeds: { how: 'replaces', document: old } });
  expect(reply.ok).toBe(true);
  const [before] = consignmentsOf(clerk(), outgoingOf(working, old));
  expect(consignmentsOf(clerk(), outgoingOf(working, next))).toMatchObject([
    { kind: 'replace', refs: [before?.id] },
  ]);
  expect(outgoingOf(working, old).state).toBe('replaced');
  const { open, scope } = clerk();
  expect(documentPage(open.desk.db, scope, next).linked).toMatchObject([
    { relation: 'replaces', document: { id: old } },
  ]);
  expect(documentPage(open.desk.db, scope, old).linked).toMatchObject([
    { relation: 'replaced-by', document: { id: next } },
  ]);
});

test('an agency that was put down earlier goes out under the id it has', async () => {
  const documentId = await sealedNotice();
  clerk().must('documents.issue', { documentId, ...issuing, repliesTo: null });
  const prepared = ids.document();
  const consignments = [{ id: prepared, to: near, refs: [] }];
  clerk().must('exchange.prepare', { documentId, consignments, access: 'internal', succeeds: null });
  expect((await sending(documentId, near, { issuing: null })).reply.ok).toBe(true);
  expect(consignmentsOf(clerk(), outgoingOf(working, documentId))).toMatchObject([
    { id: prepared, state: 'queued' },
  ]);
});

test('a paper that is sent back, or never comes, waits among the clerk’s work until it is seen to', async () => {
  const waiting = () => {
    const { open, person, today } = clerk();
    return waitingFor(open.desk.db, person, { offset: 0, limit: 100, today })
      .items.filter(({ document }) => document?.id === documentId)
      .map(({ why }) => why);
  };
  const receiptOf = (status: string) => ({
    id: `r-${ids.document()}`,
    status,
    at: working.office.open.desk.now(),
    log: { seq: 1, hash: aFile(1).hash },
    code: status === 'refused' ? 'wrong-form' : null,
    words: 'Thiếu nơi nhận',
  });
  const documentId = await sealedNotice();
  await sending(documentId, near);
  const last = () => consignmentsOf(clerk(), outgoingOf(working, documentId)).at(-1)?.id;
  const refuseLast = () => {
    const body = { consignmentId: last(), receipt: receiptOf('refused'), arrival: null };
    byGateway(working.office.open.desk, 'exchange.recordReceipt', body);
  };
  refuseLast();
  expect(waiting()).toEqual(['sent-back']);
  await sending(documentId, near, { issuing: null });
  expect(waiting()).toEqual([]);
  refuseLast();
  expect(waiting()).toEqual(['sent-back']);
  clerk().must('exchange.settle', { consignments: [last()], reason: 'Đã gửi bưu điện' });
  expect(waiting()).toEqual([]);
});

/** Something that came through the door, as the gateway takes it. */
function takeIn(n: number, more: Readonly<Record<string, unknown>> = {}) {
  const [documentId, envelope, attachment] = [ids.document(), consignmentId(), aFile(n + 1)];
  byGateway(working.office.open.desk, 'exchange.takeDelivery', {
    from: near,
    envelope,
    digest: aFile(n + 2).hash,
    kind: 'new',
    refs: [],
    documentId,
    letter: aLetter({ number: String(n), notation: `${n}/SKHCN-VP` }),
    file: aFile(n),
    attachments: [attachment],
    hasScript: false,
    check: unsignedCheck,
    ...more,
  });
  return { documentId, envelope, attachment };
}

test('what the sender put beside its page can be opened, and what came to replace it is named on both', () => {
  const old = takeIn(41);
  const next = takeIn(51, { kind: 'replace', refs: [old.envelope] });
  const { open, scope } = clerk();
  const pageOf = ({ documentId }: typeof old) => documentPage(open.desk.db, scope, documentId);
  expect(fileOf(pageOf(old).document, old.attachment.hash)).toEqual(old.attachment);
  expect(pageOf(next).linked).toMatchObject([{ relation: 'replaces', document: { id: old.documentId } }]);
  expect(pageOf(old).linked).toMatchObject([{ relation: 'replaced-by', document: { id: next.documentId } }]);
});

test('a sender that wants its paper back waits among the clerk’s work until it is answered', () => {
  const { documentId, envelope } = takeIn(61);
  const asked = { from: near, envelope, message: consignmentId(), reason: 'Sai số liệu' };
  const askedAt = working.office.open.desk.now();
  byGateway(working.office.open.desk, 'exchange.takeRecall', { ...asked, askedAt });
  const waiting = () => {
    const { open, person, today } = clerk();
    const { items } = waitingFor(open.desk.db, person, { offset: 0, limit: 100, today });
    return items.filter(({ document }) => document?.id === documentId).map(({ why }) => why);
  };
  expect(waiting().toSorted()).toEqual(['answer-recall', 'register']);
  const named = { deliveryId: deliveryId(near, envelope), documentId, message: asked.message };
  clerk().must('exchange.answerRecall', { ...named, agree: false, words: 'Đã giao việc' });
  expect(waiting()).toEqual(['register']);
});
