import { createHash } from 'node:crypto';
import type { Extracted } from '#shared/intake/public.ts';
import type { DoorCheck } from '#shared/documents/public.ts';
import {
  consignmentAggregate,
  deliveryAggregate,
  deliveryId,
  isAlarmCode,
  letterName,
  peerAggregate,
  type AlarmCode,
  type Envelope,
  type Parcel,
  type Peer,
  type Receipt,
  type ReturnCode,
} from '#shared/exchange/public.ts';
import { AppError, dayOf, hashBytes, uuidV7From, type Hash } from '#shared/kernel/public.ts';
import {
  digestOf,
  isSignedBy,
  letterBytes,
  openCover,
  openPart,
  receiptKey,
  type Content,
} from '#shared/node/exchange/public.ts';
import { officeMark } from '#shared/node/office-text/public.ts';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { isPdf } from '#shared/node/pdf-text/public.ts';
import { alarm, decide, rootsOf, stateOf, type GatewayParts } from './gateway-parts.ts';
import { takeStatement } from './statements.ts';

/**
 * One parcel from a mailbox. What is not what it says it is — sealed to another, named wrongly, signed by somebody else —
 * raises an alarm and changes nothing; its real sender hears no receipt and offers the real one again.
 */
export async function takeIn(parts: GatewayParts, parcel: Parcel): Promise<void> {
  const believed = await believe(parts, parcel);
  if (believed === null) return undefined;
  const { content, peer } = believed;
  switch (content.what) {
    case 'envelope':
      return takeEnvelope(parts, { parcel, content, peer });
    case 'receipt':
      await parts.exchange.keepEvidence({
        id: content.signed.id,
        sender: content.signed.from,
        about: content.signed.of,
        content: JSON.stringify(content),
      });
      return takeReceipt(parts, content.signed);
    case 'statement':
      return takeStatement(parts, content.signed);
  }
}

/** Gives up a document that could not be taken in however often it was tried: its sender is told, under our signature. */
export async function giveUp(parts: GatewayParts, parcel: Parcel): Promise<void> {
  const believed = await believe(parts, parcel);
  if (believed?.content.what !== 'envelope' || believed.content.signed.kind === 'revoke') return;
  const { content } = believed;
  const { signed } = content;
  if (await isSettled(parts, signed)) return;
  const name = { from: signed.from, envelope: signed.id, digest: digestOf('envelope', signed) };
  await keepReceived(parts, content);
  await decide(parts, 'exchange.turnAway', { ...name, code: 'unreadable', words: '' });
}

async function believe(
  parts: GatewayParts,
  parcel: Parcel,
): Promise<Readonly<{ content: Content; peer: Peer }> | null> {
  const not = async (code: AlarmCode): Promise<null> => {
    await alarm(parts, code, parcel.from, parcel.id);
    return null;
  };
  const own = parts.folder.file.agencyId;
  const peer = await stateOf(parts, peerAggregate, parcel.from);
  if (parcel.to !== own) return not('exchange.misaddressed');
  if (peer?.state !== 'confirmed' || peer.authority === null) return not('exchange.from-stranger');
  const content = await opened(parts, parcel);
  if (content === null) return null;
  const { from, to } = content.signed;
  const isForUs = to === own || !parts.guards['addressed-to'];
  if (from !== parcel.from || !isForUs) return not('exchange.misaddressed');
  const reason = isSignedBy(content, Buffer.from(peer.authority, 'base64'), Date.parse(parts.now()));
  return reason === null || !parts.guards['signed-by'] ? { content, peer } : not('exchange.forged');
}

async function opened(parts: GatewayParts, parcel: Parcel): Promise<Content | null> {
  try {
    return await openCover(Buffer.from(parcel.cover, 'base64'), parts.identity);
  } catch (error) {
    if (!(error instanceof AppError) || !isAlarmCode(error.code)) throw error;
    await alarm(parts, error.code, parcel.from, parcel.id);
    return null;
  }
}

type Came = Readonly<{ parcel: Parcel; content: Content & { what: 'envelope' }; peer: Peer }>;

async function takeEnvelope(parts: GatewayParts, came: Came): Promise<void> {
  const { exchange } = parts;
  const { signed, letter } = came.content;
  const digest = digestOf('envelope', signed);
  const known = exchange.received(signed.from, signed.id);
  // What a crash left between coming and being decided on binds nobody: no receipt speaks of it.
  const isDone = known !== null && parts.guards['dedupe-envelopes'] && (await isSettled(parts, signed));
  if (isDone && known.digest !== digest) return refuseOtherBytes(parts, signed, digest);
  if (isDone) {
    // The same once more: the receipts that were given are given again, whatever they said.
    await exchange.replay(signed.from, signed.id);
    return undefined;
  }
  const isLetter =
    signed.payload[0]?.name === letterName && signed.payload[0].sha256 === hashBytes(letterBytes(letter));
  if (!isLetter || came.parcel.id !== signed.id) {
    return alarm(parts, 'exchange.malformed', signed.from, signed.id);
  }
  await keepReceived(parts, came.content);
  if (signed.kind === 'revoke') return takeRecall(parts, came);
  return takeDocument(parts, came, digest);
}

function keepReceived({ exchange }: GatewayParts, content: Came['content']): Promise<void> {
  const { signed } = content;
  return exchange.keepReceived({
    sender: signed.from,
    id: signed.id,
    digest: digestOf('envelope', signed),
    seq: signed.channel_seq,
    day: dayOf(signed.created),
    content: JSON.stringify(content),
  });
}

/** Whether what this envelope asked for has been done: it is in the log, or the receipt for this very recall is owed. */
async function isSettled(parts: GatewayParts, { from, id, kind }: Envelope): Promise<boolean> {
  if (kind === 'revoke') return parts.exchange.isOwed(receiptKey(from, id, 'arrived'));
  const state = (await stateOf(parts, deliveryAggregate, deliveryId(from, id)))?.state;
  return state !== undefined && state !== 'awaited';
}

/** Known under this id with other bytes: refused under our signature, and a person is told. */
async function refuseOtherBytes(parts: GatewayParts, { from, id }: Envelope, digest: Hash): Promise<void> {
  const log = await parts.server.head();
  await parts.exchange.owe({
    key: `receipt:${from}:${id}:other:${digest}`,
    what: 'receipt',
    peer: from,
    about: id,
    body: {
      of: id,
      digest,
      status: 'refused',
      code: 'altered',
      words: '',
      arrival: null,
      at: parts.now(),
      log,
    },
  });
  await alarm(parts, 'exchange.other-bytes', from, id);
}

async function takeRecall(parts: GatewayParts, { content: { signed, letter } }: Came): Promise<void> {
  const [envelope] = signed.refs;
  if (envelope === undefined) return alarm(parts, 'exchange.malformed', signed.from, signed.id);
  const code = await decide(parts, 'exchange.takeRecall', {
    from: signed.from,
    envelope,
    message: signed.id,
    place: signed.channel_seq,
    reason: letter.reason ?? '',
    askedAt: signed.created,
  });
  if (code !== 'exchange.asked-once-more') return;
  // A later one is here already: nothing is decided, and the sender still hears that this one came.
  const came = { of: signed.id, status: 'arrived', code: null, words: '', arrival: null };
  const [at, log] = [parts.now(), await parts.server.head()];
  const key = receiptKey(signed.from, signed.id, 'arrived');
  const owing = { key, what: 'receipt', peer: signed.from, about: signed.id } as const;
  await parts.exchange.owe({ ...owing, body: { ...came, at, log } });
}

/** Its files are held from before they are looked for until the decision is on the disk: nobody collects them between. */
async function takeDocument(parts: GatewayParts, came: Came, digest: Hash): Promise<void> {
  const named = came.content.signed.payload.slice(1).map(({ sha256 }) => sha256);
  const held = await parts.files.held([...new Set(named)]);
  try {
    await decideOnDocument(parts, came, { digest, isHere: held.has });
  } finally {
    held.letGo();
  }
}

/** The same for the same envelope, also when it is taken in once more after an older copy was brought back. */
function documentIdOf({ from, id, created }: Envelope): string {
  const bytes = createHash('sha256').update(deliveryId(from, id)).digest().subarray(0, 10);
  return uuidV7From(Date.parse(created), bytes);
}

type Known = Readonly<{ digest: Hash; isHere: (hash: Hash) => boolean }>;

async function decideOnDocument(parts: GatewayParts, came: Came, { digest, isHere }: Known): Promise<void> {
  const { signed, letter } = came.content;
  const name = { from: signed.from, envelope: signed.id, digest };
  const turnAway = async (code: ReturnCode) => {
    await decide(parts, 'exchange.turnAway', { ...name, code, words: '' });
  };
  if (!(await fetchFiles(parts, came, isHere))) return turnAway('incomplete');
  const [page, ...attachments] = signed.payload.slice(1);
  if (page === undefined) return turnAway('incomplete');
  const bytes = await parts.folder.blobs.read(page.sha256, 0, page.size);
  const looked = await look(parts, bytes, page.name);
  if ('code' in looked) return turnAway(looked.code);
  for (const file of attachments) if (await isSecret(parts, file)) return turnAway('secret');
  const stored = (file: typeof page, pages: number) => ({
    hash: file.sha256,
    size: file.size,
    name: file.name,
    pages,
  });
  await decide(parts, 'exchange.takeDelivery', {
    ...name,
    kind: signed.kind,
    refs: signed.refs,
    documentId: documentIdOf(signed),
    letter,
    file: stored(page, looked.pages),
    attachments: attachments.map((file) => stored(file, 0)),
    hasScript: looked.hasScript,
    check: looked.check,
  });
  return undefined;
}

/** Every file of the envelope, here whole and exactly as it names it; false when the sender's parts are not those. */
async function fetchFiles(
  parts: GatewayParts,
  { content: { signed, parts: sealedParts } }: Came,
  isHere: Known['isHere'],
): Promise<boolean> {
  for (const [place, payload] of signed.payload.entries()) {
    if (place === 0 || isHere(payload.sha256)) continue;
    const part = sealedParts.find((one) => one.place === place);
    if (part === undefined) return false;
    if (!parts.sealed.has(part.hash)) await parts.hub.fetch(parts.arriving, part);
    try {
      await openPart(parts.sealed, parts.folder.blobs, { part, payload });
    } catch (error) {
      // Only what its sender has sealed wrongly goes back; a fault of this machine is tried again.
      if (error instanceof AppError && sealedWrongly.has(error.code)) return false;
      throw error;
    }
  }
  return true;
}

const sealedWrongly = new Set([
  'exchange.altered',
  'exchange.not-for-us',
  'exchange.other-sealing',
  'store.blob-damaged',
  'store.blob-too-large',
]);

type Looked =
  | Readonly<{ pages: number; hasScript: boolean; check: DoorCheck; read: Extracted }>
  | Readonly<{ code: ReturnCode }>;

/** The door that every file passes, whoever brings it (NĐ 30 Đ21; Luật BVBMNN 2018 Đ5). */
export async function look(parts: GatewayParts, bytes: Uint8Array, name: string): Promise<Looked> {
  try {
    const { isSecret, ...page } = await parts.readPage(bytes, name);
    return isSecret ? { code: 'secret' } : { ...page, check: await checkOf(parts, bytes) };
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('intake.')) return { code: 'unreadable' };
    throw error;
  }
}

/** Larger ones than any door takes are not read for a mark. */
const mostBytesRead = 64 * 1024 * 1024;

/** Whether what comes beside the page carries a secrecy mark; what cannot be read is its sender's to answer for. */
async function isSecret(
  parts: GatewayParts,
  { sha256, size, name }: Readonly<{ sha256: Hash; size: number; name: string }>,
): Promise<boolean> {
  if (size > mostBytesRead) return false;
  const bytes = await parts.folder.blobs.read(sha256, 0, size);
  try {
    if (isPdf({ name: '', type: '', bytes })) return (await parts.readPage(bytes, name)).isSecret;
    return (await officeMark({ name, bytes })) !== null;
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('intake.')) return false;
    throw error;
  }
}

const mostReasons = 20;

async function checkOf(parts: GatewayParts, bytes: Uint8Array): Promise<DoorCheck> {
  const at = parts.now();
  const evidence = { certificates: [], ocsps: [], crls: [] };
  const { verdict, reasons, signatures } = verifyPdf(bytes, {
    trust: await rootsOf(parts),
    evidence,
    at,
  });
  const doubtful = signatures.filter((one) => one.verdict !== 'valid').flatMap((one) => one.reasons);
  const people = signatures
    .filter(({ role }) => role !== 'timestamp')
    .map(({ signer }) => signer.slice(0, 200));
  return {
    verdict,
    at,
    reasons: [...new Set([...reasons, ...doubtful])].slice(0, mostReasons),
    signers: [...new Set(people)].slice(0, mostReasons),
  };
}

/** What a receipt says, entered in the ledger; one that is known changes nothing. */
export async function takeReceipt(parts: GatewayParts, receipt: Receipt): Promise<void> {
  const { exchange } = parts;
  const { from, of, digest, status } = receipt;
  const sent = exchange.digestOfSent(from, of);
  // Of what went out before an older copy was taken up: it counts once a desk has brought that back. What they have of ours is
  // known when they have answered; until then nothing can be said against it.
  const isToCome = exchange.restored() !== null && !exchange.isHeard(from);
  if (sent === null && (isToCome || exchange.theirs(from, of) === digest)) return undefined;
  // It speaks of bytes this agency never sent to them: replayed, or about something altered on the way.
  if (sent === null || sent !== digest) return alarm(parts, 'exchange.receipt-of-other', from, of);
  await exchange.answered(from, of);
  const consignment = await stateOf(parts, consignmentAggregate, of);
  if (consignment?.to !== from) return undefined; // That a recall has arrived.
  const isAnswer = status === 'recall-agreed' || status === 'recall-declined';
  // It counts once a desk has brought back that it was asked for.
  if (isAnswer && consignment.recall === null && exchange.restored() !== null) return undefined;
  const { id, at, log, code, words, arrival, answers } = receipt;
  await decide(parts, 'exchange.recordReceipt', {
    consignmentId: of,
    receipt: { id, status, at, log, code, words, answers },
    arrival,
  });
}
