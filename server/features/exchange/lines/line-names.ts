import { createHash } from 'node:crypto';
import { deliveryAggregate, deliveryId, type DocumentMessage } from '#shared/exchange/public.ts';
import {
  ConsignmentIdSchema,
  canonicalJson,
  hashBytes,
  uuidV7From,
  type ConsignmentId,
  type Hash,
  type Instant,
} from '#shared/kernel/public.ts';
import type { ReadMessage } from '#shared/node/edxml/public.ts';
import { stateOf, type GatewayParts } from '../gateway-parts.ts';
import type { Line } from './line-settings.ts';
import { KeptMessageSchema, type OnLine } from './write-for-line.ts';

/** One message as it came over a line: what it says, who says it, and its attachments' bytes. */
export type CameByLine = Readonly<{
  line: Line;
  peer: OnLine;
  read: ReadMessage;
  contents: readonly Uint8Array[];
}>;

type Newest = Readonly<{
  envelope: ConsignmentId;
  digest: Hash | null;
  /** As it came; null while only a recall of it has. */
  message: DocumentMessage | null;
  isOver: boolean;
}>;

const over: ReadonlySet<string> = new Set(['turned-away', 'returned', 'recalled']);

/**
 * What came last from an agency under a document's name. The name is the document's and not the message's: after a refusal
 * or a recall it comes again under the same one, as another delivery.
 */
export async function newestOf(parts: GatewayParts, peer: OnLine, documentId: string): Promise<Newest> {
  let newest: Newest | null = null;
  for (let turn = 1; ; turn += 1) {
    const envelope = deliveryName(peer, documentId, turn);
    const came = parts.exchange.received(peer.id, envelope);
    const digest = came?.digest ?? null;
    const state = (await stateOf(parts, deliveryAggregate, deliveryId(peer.id, envelope)))?.state;
    if (digest === null && state === undefined) {
      return newest ?? { envelope, digest, message: null, isOver: false };
    }
    const message = came === null ? null : KeptMessageSchema.parse(JSON.parse(came.content)).message;
    newest = { envelope, digest, message, isOver: state !== undefined && over.has(state) };
  }
}

/** The first id under a document's name that nothing has come under yet. */
export function nextAfter(parts: GatewayParts, peer: OnLine, documentId: string): ConsignmentId {
  for (let turn = 1; ; turn += 1) {
    const envelope = deliveryName(peer, documentId, turn);
    if (parts.exchange.received(peer.id, envelope) === null) return envelope;
  }
}

function deliveryName(peer: OnLine, documentId: string, turn: number): ConsignmentId {
  return derivedId(peer.id, canonicalJson([documentId, turn]), null);
}

/** The same for the same, on every machine and after every restore. */
export function derivedId(from: string, what: string, at: Instant | null): ConsignmentId {
  const bytes = createHash('sha256')
    .update(canonicalJson([from, what]))
    .digest()
    .subarray(0, 10);
  return ConsignmentIdSchema.parse(uuidV7From(at === null ? 0 : Date.parse(at), bytes));
}

/**
 * What a message is known by again, whatever axes wrote into it on its way; when its sender sent it belongs to it, since a
 * paper that was refused comes once more, unchanged.
 */
export function messageDigest({ trace, ...message }: DocumentMessage): Hash {
  const own = trace.filter(({ code }) => code === message.from.code);
  return hashBytes(Buffer.from(canonicalJson({ ...message, trace: own })));
}

/** Whether two messages say and carry the same, whenever they were sent. */
export function isSameMessage(one: DocumentMessage, other: DocumentMessage): boolean {
  return messageDigest({ ...one, trace: [] }) === messageDigest({ ...other, trace: [] });
}
