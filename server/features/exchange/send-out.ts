import { z } from 'zod';
import {
  EnvelopeSchema,
  ReceiptSchema,
  StatementSchema,
  consignmentAggregate,
  filesToSend,
  letterName,
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
import { bringAgain, bringPart } from './bring-part.ts';
import { stopsEverything } from './collect.ts';
import { alarm, decide, stateOf, type GatewayParts } from './gateway-parts.ts';
import { handTo } from './hubs.ts';
import { writeForLine } from './lines/write-for-line.ts';
import { lookAtPage } from './look-at-page.ts';
import { paperOf } from './paper-of.ts';
import { takeReceipt } from './take-in.ts';

const EnvelopeBodySchema = z.object({ id: z.string(), created: z.string() });
const RecallBodySchema = EnvelopeBodySchema.extend({ consignment: z.string(), reason: z.string() });

/** Each file of a document is sealed once, however many it goes to: kept while this run of the server lasts. */
export type SealedOnce = Readonly<{ parts: Map<Hash, Promise<Part>>; looked: Set<Hash> }>;

/** Seals what is owed, in its order; from then on its bytes are the same for every try. */
export async function sealOwed(parts: GatewayParts, once: SealedOnce): Promise<number> {
  const { exchange, machine } = parts;
  const owed = exchange.owed(machine.nowMs());
  const numbered = owed.filter(({ what }) => what === 'envelope' || what === 'recall');
  const met = await parts.server.looking(
    (look) => new Set(numbered.map(({ peer }) => peer).filter((peer) => look(peerAggregate, peer) !== null)),
  );
  // Their places in one commit, before any is sealed; whoever is not known here is given none.
  const lacking = numbered.filter(
    ({ n, peer, body }) =>
      met.has(peer) &&
      exchange.numberOf(n) === null &&
      exchange.theirs(peer, EnvelopeBodySchema.parse(body).id) === null,
  );
  if (lacking.length > 0) await exchange.numberAll(lacking.map(({ n, peer }) => ({ n, peer })));
  for (const row of owed) {
    try {
      await sealOne(parts, row, once);
    } catch (error) {
      if (stopsEverything(error)) throw error;
      // One paper whose file is damaged holds up no other; it is tried again until a person has seen to it.
      once.parts.clear();
      await alarm(parts, 'exchange.cannot-build', row.peer, row.about);
      exchange.putOff(row.n, machine.nowMs() + putOffMs);
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
  const { exchange } = parts;
  if (await isThereAlready(parts, row)) return;
  const peer = await stateOf(parts, peerAggregate, row.peer);
  if (peer?.line !== undefined) return writeForLine(parts, row, { ...peer, line: peer.line });
  const sealing = peer?.sealing ?? null;
  const content = sealing === null ? null : await contentOf(parts, row, once);
  if (peer === null || sealing === null || content === null) {
    await alarm(parts, 'exchange.cannot-build', row.peer, row.about);
    await exchange.giveUp(row.n);
    return;
  }
  await exchange.keepSealed(row.n, await parcelOf(parts, row, content, { id: peer.id, sealing }));
}

/** Sent before an older copy was taken up, and brought back by a desk: the other side has it, with bytes that count. */
async function isThereAlready(parts: GatewayParts, { n, what, peer, about, body }: Owed): Promise<boolean> {
  const { exchange } = parts;
  if (what !== 'envelope' && what !== 'recall') return false;
  const { id, created } = EnvelopeBodySchema.parse(body);
  const digest = exchange.theirs(peer, id);
  if (digest === null) return false;
  const day = dayOf(InstantSchema.parse(created));
  await exchange.adopt({ id, what, peer, about, day, digest });
  const of = what === 'recall' ? RecallBodySchema.parse(body).consignment : null;
  // The answer to a recall speaks of the document; what came before the recall was brought back waited for it.
  const evidence = [about, ...(of === null ? [] : [of])].flatMap((one) => exchange.evidenceOf(peer, one));
  for (const content of evidence) {
    const kept = ContentSchema.parse(JSON.parse(content));
    if (kept.what === 'receipt') await takeReceipt(parts, kept.signed);
  }
  if (what === 'envelope' && evidence.length === 0) await bringAgain(parts, { peer, about });
  // Last of all: a machine that goes down before it does all of this again, which changes nothing.
  await exchange.giveUp(n);
  return true;
}

type SealedTo = Pick<Peer, 'id'> & Readonly<{ sealing: string }>;

async function parcelOf(parts: GatewayParts, row: Owed, content: Content, peer: SealedTo) {
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
  const found = await paperOf(parts, row.about);
  if (found === null) return null;
  const { consignment, document, letter } = found;
  await lookAtPage(parts, document, once.looked);
  const files = filesToSend(document);
  const { blobs, dataKey: secret } = parts.folder;
  const sealedParts: Part[] = [];
  for (const [place, file] of files.entries()) {
    const known = once.parts.get(file.hash) ?? sealPart(blobs, parts.sealed, { place, ...file, secret });
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
  const found = await paperOf(parts, of);
  if (found === null) return null;
  const { consignment, letter } = found;
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
    channel_seq: await placeOf(parts, row),
    payload: [{ name: letterName, sha256: hashBytes(bytes), size: bytes.length }, ...payload],
  });
  const signature = await signAs(parts.identity, 'envelope', envelope);
  return { what: 'envelope', signed: envelope, signature, letter, parts: sealedParts };
}

/** Its place in the channel, given once; here still for one whose agency has been met since the others were numbered. */
async function placeOf({ exchange }: GatewayParts, { n, peer }: Owed): Promise<number> {
  if (exchange.numberOf(n) === null) await exchange.numberAll([{ n, peer }]);
  const place = exchange.numberOf(n);
  if (place === null) throw new Error(`No place for ${n}`);
  return place;
}

const ReceiptBodySchema = ReceiptSchema.pick({
  of: true,
  status: true,
  code: true,
  words: true,
  arrival: true,
  answers: true,
  at: true,
  log: true,
}).extend({ digest: HashSchema.optional() });

async function receiptContent(parts: GatewayParts, row: Owed): Promise<Content | null> {
  const { digest: told, ...body } = ReceiptBodySchema.parse(row.body);
  // A refusal of other bytes speaks of those; every other receipt of what was received.
  const digest = told ?? parts.exchange.received(row.peer as AgencyId, body.of)?.digest;
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
  const due = parts.exchange.due(parts.machine.nowMs());
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

/** The parts on their way, by hub: each is brought once, however many parcels name it. */
type Bringing = Map<string, Promise<void>>;

async function handOne(
  parts: GatewayParts,
  row: Due,
  bringing: Bringing,
): Promise<'handed' | 'failed' | 'away'> {
  const { exchange } = parts;
  const parcel = JSON.parse(row.parcel) as Parcel;
  try {
    await handTo(parts.hubs, {
      parcel,
      again: row.handedAt !== null,
      bring: (hub, part) => {
        const key = `${hub.id} ${part.hash}`;
        const known = bringing.get(key) ?? bringPart(parts, { hub, about: row.about }, part);
        bringing.set(key, known);
        return known;
      },
    });
  } catch (error) {
    const wait = sendingBackOffMs(row.tries + 1, parts.machine.chance());
    exchange.failed(row.id, parts.machine.nowMs() + wait);
    if (!(error instanceof AppError)) throw error;
    parts.say({ what: 'not handed over', code: error.code, tries: row.tries + 1, waitMs: wait });
    // With more than one hub, what is for another one may well go.
    return error.code === 'hub.away' && parts.hubs.length === 1 ? 'away' : 'failed';
  }
  return 'handed';
}

async function noteHanded(parts: GatewayParts, rows: readonly Due[]): Promise<void> {
  if (rows.length === 0) return;
  const nowMs = parts.machine.nowMs();
  await parts.exchange.handed(
    rows.map(({ id, what }) => ({ id, awaitsReceipt: what === 'envelope' || what === 'recall' })),
    { nowMs, nextMs: nowMs + offerAgainMs },
  );
  const envelopes = rows.filter(({ what }) => what === 'envelope').map(({ about }) => about);
  const sent = await parts.server.looking((look) =>
    envelopes.filter((id) => look(consignmentAggregate, id)?.state === 'queued'),
  );
  if (sent.length > 0) await decide(parts, 'exchange.recordSent', { consignments: sent, at: parts.now() });
}
