import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { agencyAggregate, personAggregate } from '#shared/directory/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import {
  EnvelopeSchema,
  HandReplySchema,
  ReceiptSchema,
  StatementSchema,
  consignmentAggregate,
  filesToSend,
  letterName,
  letterOf,
  offerAgainMs,
  peerAggregate,
  sendingBackOffMs,
  type Envelope,
  type Letter,
  type Parcel,
  type Peer,
} from '#shared/exchange/public.ts';
import {
  AppError,
  HashSchema,
  InstantSchema,
  canonicalJson,
  dayOf,
  hashBytes,
  type AgencyId,
  type Hash,
} from '#shared/kernel/public.ts';
import {
  ContentSchema,
  digestOf,
  letterBytes,
  sealCover,
  sealPart,
  signAs,
  type Content,
  type Due,
  type Owed,
  type Part,
} from '#shared/node/exchange/public.ts';
import { alarm, decide, stateOf, type GatewayParts } from './gateway-parts.ts';
import { lookAtPage } from './look-at-page.ts';
import { takeReceipt } from './take-in.ts';

const EnvelopeBodySchema = z.object({ id: z.string(), created: z.string() });
const RecallBodySchema = EnvelopeBodySchema.extend({ consignment: z.string(), reason: z.string() });

/** Each file of a document is sealed once, however many it goes to: kept while this run of the server lasts. */
export type SealedOnce = Readonly<{ parts: Map<Hash, Promise<Part>>; looked: Set<Hash> }>;

/** Seals what is owed, in its order; from then on its bytes are the same for every try. */
export async function sealOwed(parts: GatewayParts, once: SealedOnce): Promise<number> {
  const { exchange } = parts.folder;
  const owed = exchange.owed(parts.machine.nowMs());
  // Their places in one commit, before any is sealed; whoever is not known here is given none.
  exchange.numberAll(
    owed.filter(
      ({ what, peer, body }) =>
        (what === 'envelope' || what === 'recall') &&
        stateOf(parts, peerAggregate, peer) !== null &&
        exchange.theirs(peer, EnvelopeBodySchema.parse(body).id) === null,
    ),
  );
  for (const row of owed) {
    try {
      await sealOne(parts, row, once);
    } catch (error) {
      // One paper whose file is damaged holds up no other; it is tried again until a person has seen to it.
      once.parts.clear();
      alarm(parts, 'exchange.cannot-build', row.peer, row.about);
      exchange.putOff(row.n, parts.machine.nowMs() + putOffMs);
      parts.say({
        what: 'not sealed',
        about: row.about,
        code: error instanceof AppError ? error.code : String(error),
      });
    }
  }
  return owed.length;
}

const putOffMs = 10 * 60_000;

async function sealOne(parts: GatewayParts, row: Owed, once: SealedOnce): Promise<void> {
  const { exchange } = parts.folder;
  if (await isThereAlready(parts, row)) return;
  const peer = stateOf(parts, peerAggregate, row.peer);
  const content = peer === null ? null : await contentOf(parts, row, once);
  if (peer === null || content === null) {
    alarm(parts, 'exchange.cannot-build', row.peer, row.about);
    exchange.giveUp(row.n);
    return;
  }
  exchange.keepSealed(row.n, await parcelOf(parts, row, content, peer));
}

/** Sent before an older copy was taken up, and brought back by a desk: the other side has it, with bytes that count. */
async function isThereAlready(parts: GatewayParts, { n, what, peer, about, body }: Owed): Promise<boolean> {
  const { exchange } = parts.folder;
  if (what !== 'envelope' && what !== 'recall') return false;
  const { id, created } = EnvelopeBodySchema.parse(body);
  const digest = exchange.theirs(peer, id);
  if (digest === null) return false;
  const day = dayOf(InstantSchema.parse(created));
  exchange.adopt({ id, what, peer, about, day, digest });
  exchange.giveUp(n);
  const of = what === 'recall' ? RecallBodySchema.parse(body).consignment : null;
  // The answer to a recall speaks of the document; what came before the recall was brought back waited for it.
  const evidence = [about, ...(of === null ? [] : [of])].flatMap((one) => exchange.evidenceOf(peer, one));
  for (const content of evidence) {
    const kept = ContentSchema.parse(JSON.parse(content));
    if (kept.what === 'receipt') await takeReceipt(parts, kept.signed);
  }
  return true;
}

async function parcelOf(parts: GatewayParts, row: Owed, content: Content, peer: Peer) {
  const cover = await sealCover(content, Buffer.from(peer.sealing, 'base64'));
  // Also a receipt goes under the name it has: by it the two sides compare what was given and what came.
  const { id } = content.signed;
  const parcel: Parcel = {
    version: 1,
    id: EnvelopeSchema.shape.id.parse(id),
    from: parts.folder.file.agencyId,
    to: peer.id,
    cover: Buffer.from(cover).toString('base64'),
    parts: content.what === 'envelope' ? content.parts.map(({ hash, size }) => ({ hash, size })) : [],
  };
  const created = content.what === 'receipt' ? content.signed.at : content.signed.created;
  return {
    id,
    what: row.what,
    peer: peer.id,
    about: row.about,
    day: dayOf(created),
    digest: digestOf(content.what, content.signed),
    parcel: canonicalJson(parcel),
  };
}

async function contentOf(parts: GatewayParts, row: Owed, once: SealedOnce): Promise<Content | null> {
  switch (row.what) {
    case 'envelope':
      return documentContent(parts, row, once);
    case 'recall':
      return recallContent(parts, row);
    case 'receipt':
      return receiptContent(parts, row);
    case 'statement': {
      const signed = StatementSchema.parse(row.body);
      return { what: 'statement', signed, signature: await signAs(parts.identity, 'statement', signed) };
    }
  }
}

async function documentContent(parts: GatewayParts, row: Owed, once: SealedOnce): Promise<Content | null> {
  const { created } = EnvelopeBodySchema.parse(row.body);
  const consignment = stateOf(parts, consignmentAggregate, row.about);
  const document = consignment === null ? null : stateOf(parts, documentAggregate, consignment.document);
  const agency = stateOf(parts, agencyAggregate, parts.folder.file.agencyId);
  if (consignment === null || agency === null || document?.direction !== 'outgoing') return null;
  const letter = letterOf(document, {
    agency,
    kindName: kindNameOf(document.summary.kind),
    person: (id) => stateOf(parts, personAggregate, id),
  });
  await lookAtPage(parts, document, once.looked);
  const files = filesToSend(document);
  const { blobs } = parts.folder;
  const sealedParts: Part[] = [];
  for (const [place, file] of files.entries()) {
    const known = once.parts.get(file.hash) ?? sealPart(blobs, parts.sealed, { place, ...file });
    once.parts.set(file.hash, known);
    sealedParts.push({ ...(await known), place: place + 1 });
  }
  const payload = files.map(({ name, hash, size }) => ({ name, sha256: hash, size }));
  const policy = { access: consignment.access, expires: consignment.expiresAt };
  const built = { id: consignment.id, kind: consignment.kind, refs: consignment.refs, created, policy };
  return signed(parts, row, { ...built, letter, payload, parts: sealedParts });
}

async function recallContent(parts: GatewayParts, row: Owed): Promise<Content | null> {
  const { id, consignment: of, reason, created } = RecallBodySchema.parse(row.body);
  const consignment = stateOf(parts, consignmentAggregate, of);
  const document = consignment === null ? null : stateOf(parts, documentAggregate, consignment.document);
  const agency = stateOf(parts, agencyAggregate, parts.folder.file.agencyId);
  if (consignment === null || agency === null || document?.direction !== 'outgoing') return null;
  const letter = letterOf(document, {
    agency,
    kindName: kindNameOf(document.summary.kind),
    person: () => null,
  });
  const policy = { access: consignment.access, expires: null };
  const built = { id, kind: 'revoke' as const, refs: [consignment.id], created, policy };
  return signed(parts, row, { ...built, letter: { ...letter, reason }, payload: [], parts: [] });
}

type Built = Readonly<{
  id: string;
  kind: Envelope['kind'];
  refs: readonly string[];
  created: string;
  policy: Envelope['policy'];
  letter: Letter;
  payload: Envelope['payload'];
  parts: Part[];
}>;

async function signed(parts: GatewayParts, row: Owed, built: Built): Promise<Content> {
  const { letter, payload, parts: sealedParts, ...rest } = built;
  const bytes = letterBytes(letter);
  const envelope = EnvelopeSchema.parse({
    version: 1,
    ...rest,
    from: parts.folder.file.agencyId,
    to: row.peer,
    channel_seq: parts.folder.exchange.numbered(row.n, row.peer),
    payload: [{ name: letterName, sha256: hashBytes(bytes), size: bytes.length }, ...payload],
  });
  const signature = await signAs(parts.identity, 'envelope', envelope);
  return { what: 'envelope', signed: envelope, signature, letter, parts: sealedParts };
}

const ReceiptBodySchema = ReceiptSchema.pick({
  of: true,
  status: true,
  code: true,
  words: true,
  arrival: true,
  at: true,
  log: true,
}).extend({ digest: HashSchema.optional() });

async function receiptContent(parts: GatewayParts, row: Owed): Promise<Content | null> {
  const { digest: told, ...body } = ReceiptBodySchema.parse(row.body);
  // A refusal of other bytes speaks of those; every other receipt of what was received.
  const digest = told ?? parts.folder.exchange.received(row.peer as AgencyId, body.of)?.digest;
  if (digest === undefined) return null;
  const receipt = ReceiptSchema.parse({
    version: 1,
    id: parts.machine.newId(),
    digest,
    from: parts.folder.file.agencyId,
    to: row.peer,
    ...body,
  });
  return { what: 'receipt', signed: receipt, signature: await signAs(parts.identity, 'receipt', receipt) };
}

/** So many on the line at a time: one large file holds up no small paper. */
const together = 6;
/** Noted together, since every commit waits for the disk; what a crash leaves out is handed over once more, with the same bytes. */
const mostUnnoted = 25;

/** Hands over what is due, each with its own back-off; a receipt is done then, an envelope when a receipt comes back. */
export async function handOver(parts: GatewayParts): Promise<number> {
  const due = parts.folder.exchange.due(parts.machine.nowMs());
  const waiting = [...due];
  const bringing: Bringing = new Map();
  let handed: Due[] = [];
  let isAway = false;
  const faults: Error[] = [];
  const one = async (): Promise<void> => {
    for (let row = waiting.shift(); row !== undefined && !isAway; row = waiting.shift()) {
      try {
        const how = await handOne(parts, row, bringing);
        if (how === 'away') isAway = true;
        if (how === 'handed') handed.push(row);
        if (handed.length < mostUnnoted) continue;
        const full = handed;
        handed = [];
        await noteHanded(parts, full);
      } catch (error) {
        faults.push(error instanceof Error ? error : new Error('Not handed over', { cause: error }));
      }
    }
  };
  await Promise.all(Array.from({ length: together }, one));
  await noteHanded(parts, handed);
  const [first] = faults;
  if (first !== undefined) throw first;
  return isAway ? 0 : due.length;
}

/** The parts on their way to the hub: each is brought once, however many parcels name it. */
type Bringing = Map<Hash, Promise<void>>;

async function handOne(
  parts: GatewayParts,
  row: Due,
  bringing: Bringing,
): Promise<'handed' | 'failed' | 'away'> {
  const { exchange } = parts.folder;
  const parcel = JSON.parse(row.parcel) as Parcel;
  try {
    for (const part of parcel.parts) {
      const known = bringing.get(part.hash) ?? parts.hub.bring(parts.sealed, part);
      bringing.set(part.hash, known);
      await known;
    }
    await parts.hub.ask('/x1/hand', { parcel, again: row.handedAt !== null }, { gives: HandReplySchema });
  } catch (error) {
    const wait = sendingBackOffMs(row.tries + 1, parts.machine.chance());
    exchange.failed(row.id, parts.machine.nowMs() + wait);
    if (!(error instanceof AppError)) throw error;
    parts.say({ what: 'not handed over', code: error.code, tries: row.tries + 1, waitMs: wait });
    return error.code === 'hub.away' ? 'away' : 'failed';
  }
  return 'handed';
}

async function noteHanded(parts: GatewayParts, rows: readonly Due[]): Promise<void> {
  if (rows.length === 0) return;
  const nowMs = parts.machine.nowMs();
  parts.folder.exchange.handed(
    rows.map(({ id, what }) => ({ id, awaitsReceipt: what === 'envelope' || what === 'recall' })),
    { nowMs, nextMs: nowMs + offerAgainMs },
  );
  const sent = rows
    .filter(({ what }) => what === 'envelope')
    .map(({ about }) => about)
    .filter((id) => stateOf(parts, consignmentAggregate, id)?.state === 'queued');
  if (sent.length > 0) await decide(parts, 'exchange.recordSent', { consignments: sent, at: parts.now() });
}

const KindsSchema = z.object({ kinds: z.array(z.object({ code: z.string(), name: z.string() })) });
let kinds: ReadonlyMap<string, string> | null = null;

function kindNameOf(code: string): string {
  const path = join(import.meta.dirname, '../../../resources/catalogues/document-types.json');
  kinds ??= new Map(
    KindsSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).kinds.map(({ code: one, name }) => [one, name]),
  );
  return kinds.get(code) ?? code;
}
