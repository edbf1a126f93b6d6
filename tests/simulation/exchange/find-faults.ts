import { documentAggregate } from '#shared/documents/public.ts';
import {
  deliveryAggregate,
  deliveryId,
  type Consignment,
  type ConsignmentState,
  type Delivery,
} from '#shared/exchange/public.ts';
import { ContentSchema, isSignedBy } from '#shared/node/exchange/public.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { z } from 'zod';
import { numberFaults } from '../../support/number-faults.ts';
import { alarmFaults } from './alarm-faults.ts';
import { consignmentsOf, deliveriesOf } from './clerks.ts';
import type { SimulatedAgency } from './simulated-agency.ts';
import type { World } from './world.ts';

/** What must hold between agencies once everything is calm; a sentence for each thing that does not. */
export async function findFaults(world: World): Promise<readonly string[]> {
  const faults = [...world.seen];
  for (const one of world.agencies) {
    const place = `agency ${world.agencies.indexOf(one) + 1}`;
    const found = [
      ...logFaults(one),
      ...(await sentFaults(world, one)),
      ...cameFaults(world, one),
      ...seriesFaults(world, one),
      ...alarmFaults(world, one),
      ...noticeFaults(world, one),
    ];
    faults.push(...found.map((fault) => `${place}: ${fault}`));
  }
  return faults;
}

/** What must hold as soon as nobody owes anything, before any day is over. */
export async function findEarlyFaults(world: World): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const one of world.agencies) {
    const found = await sentFaults(world, one);
    // Of a receipt that a hub took away, or lost with what came after its copy while nobody had gone so far, both hear when
    // the day is over; a document is offered until its receipt is here.
    const vanished = receiptsGone(world, one);
    const isWaiting = (fault: string) => world.lies || [...vanished].some((id) => fault.startsWith(id));
    const now = found.filter((fault) => !isWaiting(fault) || fault.includes('was lost'));
    faults.push(...now.map((fault) => `agency ${world.agencies.indexOf(one) + 1}, the same day: ${fault}`));
  }
  return faults;
}

/** What went out from here and has a receipt that was handed over and lies nowhere now, which its giver could not notice. */
function receiptsGone({ agencies, hub }: World, one: SimulatedAgency): ReadonlySet<string> {
  const isThere = hub.db().prepare('SELECT 1 FROM mailbox WHERE recipient = ? AND sender = ? AND id = ?');
  const handed = z.object({ id: z.string(), about: z.string(), at: z.int() });
  const noticed = (other: SimulatedAgency, at: number) =>
    other
      .gateway()
      .alarms()
      .some((alarm) => alarm.code === 'exchange.hub-went-back' && Date.parse(alarm.at) >= at);
  const gone = agencies.flatMap((other) =>
    other
      .db()
      .prepare(
        "SELECT id, about, handed_at AS at FROM ix_parcel WHERE peer = ? AND what = 'receipt' AND state = 'done'",
      )
      .all(one.template.id)
      .map((row) => handed.parse(row))
      .filter(({ id }) => isThere.get(one.template.id, other.template.id, id) === undefined)
      .filter(({ at }) => !noticed(other, at)),
  );
  return new Set(gone.map(({ about }) => about));
}

function noticeFaults(world: World, one: SimulatedAgency): string[] {
  if (!world.deceived.has(one) || one.wasRestored()) return [];
  const isTold = one
    .gateway()
    .alarms()
    .some(({ code }) => code === 'exchange.hub-went-back');
  return isTold ? [] : ['did not notice that the hub went back'];
}

function logFaults(one: SimulatedAgency): string[] {
  const entries = one.entries();
  const walked = walkChain(entries);
  const registered = entries.flatMap(({ entry }) =>
    entry.acts.filter(({ type }) => type === 'incomingRegistered').map(({ on }) => on.id),
  );
  const taken = entries.flatMap(({ entry }) =>
    entry.acts.filter(({ type }) => type === 'incomingArrived').map(({ on }) => on.id),
  );
  return [
    ...(walked.ok ? [] : [`its chain breaks at ${walked.brokenAt}`]),
    ...numberFaults(entries.map(({ entry }) => entry)),
    ...(new Set(registered).size === registered.length ? [] : ['a document was registered twice']),
    ...(new Set(taken).size === taken.length ? [] : ['a document came twice']),
  ];
}

/** What was sent: it is at its recipient, whole, and both say the same of it. */
async function sentFaults(world: World, one: SimulatedAgency): Promise<string[]> {
  const faults: string[] = [];
  for (const sent of consignmentsOf(one)) {
    const other = world.agencies.find(({ template }) => template.id === sent.to);
    if (other === undefined) throw new Error('It was sent to nobody');
    const delivery = other.stateOf(deliveryAggregate, deliveryId(one.template.id, sent.id));
    const said = (what: string) => faults.push(`${sent.id} ${what}`);
    if (delivery === null || delivery.state === 'awaited') {
      said(`was lost (${sent.state})`);
      continue;
    }
    const found = [
      ...ledgerFaults({ one, other }, sent, delivery),
      ...(await filesFaults({ world, one, other }, sent, delivery)),
      ...receiptFaults({ one, other }, sent, delivery),
    ];
    for (const fault of found) said(fault);
  }
  return faults;
}

/** Both sides say the same of it. */
function ledgerFaults({ one, other }: Pair, sent: Consignment, delivery: Delivery): string[] {
  const expected = stateAt(other, delivery);
  const answers = [sent.recall?.answer ?? null, delivery.recall?.answer ?? null];
  const theirs = delivery.recall?.message ?? null;
  const messages = [sent.recall?.message ?? null, one.askedInVain().has(theirs ?? '') ? null : theirs];
  return [
    ...(sent.state === expected ? [] : [`is ${sent.state} here and ${expected} there`]),
    ...(answers[0] === answers[1] ? [] : ['was answered otherwise there']),
    ...(messages[0] === messages[1] ? [] : ['was asked back otherwise']),
  ];
}

/** What the sender has to show for what the receiver's own log says. */
function stateAt(there: SimulatedAgency, delivery: Delivery): ConsignmentState {
  if (delivery.state === 'recalled') return 'withdrawn';
  if (delivery.state === 'returned' || delivery.state === 'turned-away') return 'refused';
  const document = delivery.document === null ? null : there.stateOf(documentAggregate, delivery.document);
  switch (document?.state) {
    case 'registered':
      return 'accepted';
    case 'directed':
      return 'assigned';
    case 'in-progress':
      return 'in-progress';
    case 'done':
      return 'done';
    default:
      return 'arrived';
  }
}

type Pair = Readonly<{ one: SimulatedAgency; other: SimulatedAgency }>;

/** A letter is there whose files, or whose place at the hub, went with an older copy of that, and its parcel with its sender's: both say so. */
function isLostTwice({ counts }: World, sender: SimulatedAgency): boolean {
  return sender.wasRestored() && (counts['hub restored'] ?? 0) > 0;
}

/** The very bytes that were sealed are there. */
async function filesFaults(
  { world, one, other }: Pair & Readonly<{ world: World }>,
  sent: Consignment,
  delivery: Delivery,
): Promise<string[]> {
  const paper = one.template.papers.find(({ documentId }) => documentId === sent.document);
  const there = delivery.document === null ? null : other.stateOf(documentAggregate, delivery.document);
  if (paper === undefined) return ['is of no paper'];
  if (there?.direction !== 'incoming') {
    if (delivery.state !== 'turned-away') return ['has no paper'];
    return isLostTwice(world, one) ? [] : ['was turned away'];
  }
  const files = [...(there.file === null ? [] : [there.file]), ...(there.attachments ?? [])];
  if (files.length !== paper.files.length) {
    return [`came with ${files.length} of ${paper.files.length} files`];
  }
  for (const [place, { hash, size }] of files.entries()) {
    const expected = paper.files[place];
    if (!other.blobs().has(hash)) return ['has a file that is not there'];
    const bytes = await other.blobs().read(hash, 0, size);
    if (expected === undefined || !Buffer.from(bytes).equals(Buffer.from(expected))) {
      return ['came with other bytes'];
    }
  }
  return [];
}

/** Every status the sender shows stands under the receiver's signature, over what was sent. */
function receiptFaults({ one, other }: Pair, sent: Consignment, delivery: Delivery): string[] {
  const faults: string[] = [];
  const authority = Buffer.from(other.template.member.details.authority, 'base64');
  const atMs = Date.parse(one.template.agency.engine.log.lastRecordedAt() ?? '');
  const kept = one
    .db()
    .prepare('SELECT content FROM ix_evidence WHERE sender = ? AND about = ?')
    .all(other.template.id, sent.id)
    .map((row) => ContentSchema.parse(JSON.parse(z.object({ content: z.string() }).parse(row).content)));
  for (const { id, status } of sent.receipts) {
    const content = kept.find((one) => one.what === 'receipt' && one.signed.id === id);
    if (content?.what !== 'receipt') {
      faults.push(`shows ${status} without a receipt`);
    } else if (isSignedBy(content, authority, atMs) !== null) {
      faults.push(`shows ${status} without a signature`);
    } else if (content.signed.digest !== delivery.digest) {
      faults.push(`shows ${status} of something else`);
    }
  }
  return faults;
}

/** Nothing came that nobody sent. */
function cameFaults(world: World, one: SimulatedAgency): string[] {
  return deliveriesOf(one).flatMap(({ from, envelope, state }) => {
    const sender = world.agencies.find(({ template }) => template.id === from);
    const sent = sender === undefined ? [] : consignmentsOf(sender);
    return sent.some(({ id, to }) => id === envelope && to === one.template.id)
      ? []
      : [`has ${envelope} (${state}), which nobody sent`];
  });
}

/** The places of each channel are given once each, with none left out, and both sides list the same. */
function seriesFaults(world: World, one: SimulatedAgency): string[] {
  return world.agencies.flatMap((from) => {
    if (from === one) return [];
    const seqs = one
      .gateway()
      .seqsFrom(from.template.id)
      .toSorted((a, b) => a - b);
    // A place that was given before an older copy was taken up, and never came here, is not given again.
    const isWhole = from.wasRestored()
      ? new Set(seqs).size === seqs.length
      : seqs.every((seq, place) => seq === place + 1);
    const ever = { day: '2000-01-01', until: '2100-01-01' };
    const sent = from.gateway().listed('sent', one.template.id, ever);
    const vain = from.askedInVain();
    const received = one
      .gateway()
      .listed('received', from.template.id, ever)
      .filter(({ id }) => !vain.has(id));
    return [
      ...(isWhole ? [] : [`has places ${seqs.join(',')} of a series`]),
      ...(JSON.stringify(sent) === JSON.stringify(received)
        ? []
        : ['lists other envelopes than were sent to it']),
    ];
  });
}
