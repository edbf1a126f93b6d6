import { Readable } from 'node:stream';
import {
  deliveryId,
  deliveryAggregate,
  namesToKeep,
  registerFieldsOf,
  type DocumentMessage,
  type ReturnCode,
  type SendingKind,
} from '#shared/exchange/public.ts';
import { suggestionFrom } from '#shared/intake/public.ts';
import { AppError, dayOf, hashBytes, type ConsignmentId, type Hash } from '#shared/kernel/public.ts';
import { contentOf, nameOfKind } from '#shared/node/edxml/public.ts';
import { isPdf } from '#shared/node/pdf-text/public.ts';
import { alarm, decide, stateOf, type GatewayParts } from '../gateway-parts.ts';
import { look } from '../take-in.ts';
import {
  derivedId,
  isSameMessage,
  messageDigest,
  newestOf,
  nextAfter,
  type CameByLine,
} from './line-names.ts';
import { tablesOf } from './line-settings.ts';
import { mostMessageBytes } from './transport.ts';

/** A document in a message: it waits for the clerk as one that was dropped at the door would, with the same fields filled in. */
export async function takeLineDocument(
  parts: GatewayParts,
  message: DocumentMessage,
  came: CameByLine,
): Promise<void> {
  const { exchange } = parts;
  const { peer } = came;
  const digest = messageDigest(message);
  const newest = await newestOf(parts, peer, message.documentId);
  const state = (await stateOf(parts, deliveryAggregate, deliveryId(peer.id, newest.envelope)))?.state;
  // The same once more, by another way or because an axis forgot that it was collected.
  const isSame =
    newest.digest === digest ||
    (!newest.isOver && newest.message !== null && isSameMessage(newest.message, message));
  if (isSame && state !== undefined && state !== 'awaited') return;
  const changes = message.business.kind === 'update' || message.business.kind === 'replacement';
  const isLive = newest.digest !== null && !isSame && !newest.isOver;
  if (isLive && !changes) {
    await alarm(parts, 'exchange.other-bytes', peer.id, message.documentId);
    throw new AppError('line.other-content', { name: peer.name, about: message.documentId });
  }
  const isFirst = newest.digest === null || isSame;
  const envelope = isFirst ? newest.envelope : nextAfter(parts, peer, message.documentId);
  const succeeds = await succeeding(parts, message, { peer, envelope });
  await exchange.keepReceived({
    sender: peer.id,
    id: envelope,
    digest,
    // A line has no series of its own; what is missing there its sender sees by the answers.
    seq: 0,
    day: message.issuedOn ?? dayOf(parts.now()),
    content: JSON.stringify({ message }),
  });
  await decideOnPaper(parts, message, { ...came, envelope, digest, succeeds });
}

type Succeeds = Readonly<{ kind: SendingKind; refs: readonly ConsignmentId[] }>;
type Named = CameByLine & Readonly<{ envelope: ConsignmentId; digest: Hash; succeeds: Succeeds }>;

async function decideOnPaper(parts: GatewayParts, message: DocumentMessage, came: Named): Promise<void> {
  const { peer, envelope, digest, line } = came;
  const name = { from: peer.id, envelope, digest };
  const turnAway = async (code: ReturnCode) => {
    await decide(parts, 'exchange.turnAway', { ...name, code, words: '' });
  };
  const files = message.attachments.map((one, place) =>
    contentOf(one, came.contents[place] ?? new Uint8Array()),
  );
  const place = files.findIndex(isPdf);
  const page = files[place];
  if (page === undefined || !came.read.isComplete) return turnAway('incomplete');
  const looked = await look(parts, page.bytes, page.name);
  if ('code' in looked) return turnAway(looked.code);
  const names = namesToKeep(files.map(({ name: called }) => called)).map(({ name: kept }) => kept);
  const stored = files.map(({ bytes }, at) => ({
    hash: hashBytes(bytes),
    size: bytes.length,
    name: names[at] ?? '',
    pages: at === place ? looked.pages : 0,
  }));
  const file = stored[place];
  const letter = {
    sender: message.from.name ?? '',
    subject: message.subject ?? '',
    sentAt: null,
    register: registerFieldsOf(message, tablesOf(line), nameOfKind),
  };
  // Held from before they are put there until the decision is on the disk: nobody collects them between.
  const held = await parts.files.held([...new Set(stored.map(({ hash }) => hash))]);
  try {
    for (const { bytes } of files) {
      await parts.folder.blobs.putStream(Readable.from([bytes]), { limitBytes: mostMessageBytes });
    }
    await decide(parts, 'exchange.takeDelivery', {
      ...name,
      ...came.succeeds,
      documentId: derivedId(deliveryId(peer.id, envelope), 'document', null),
      suggestion: suggestionFrom(looked.read, letter),
      file,
      attachments: stored.filter((_one, at) => at !== place),
      hasScript: looked.hasScript,
      check: looked.check,
    });
  } finally {
    held.letGo();
  }
  return undefined;
}

/** What it replaces or puts right: the newest delivery under each name, or the one that will come under it. */
async function succeeding(
  parts: GatewayParts,
  { business, documentId }: DocumentMessage,
  { peer, envelope }: Pick<Named, 'peer' | 'envelope'>,
): Promise<Succeeds> {
  const older = async (name: string): Promise<ConsignmentId> => (await newestOf(parts, peer, name)).envelope;
  switch (business.kind) {
    case 'replacement': {
      const refs = await Promise.all(business.replaces.map((one) => older(one.documentId)));
      return { kind: 'replace', refs: refs.filter((ref) => ref !== envelope) };
    }
    case 'update': {
      const refs = [await older(business.documentId ?? documentId)];
      return { kind: 'update', refs: refs.filter((ref) => ref !== envelope) };
    }
    case 'new':
    case 'revocation':
      return { kind: 'new', refs: [] };
  }
}
