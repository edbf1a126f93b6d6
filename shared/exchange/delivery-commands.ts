import { z } from 'zod';
import {
  AgencyIdSchema,
  ConsignmentIdSchema,
  DocumentIdSchema,
  HashSchema,
  InstantSchema,
  defineCommand,
  ref,
  refuse,
  type Act,
} from '../kernel/public.ts';
import { personAggregate } from '../directory/public.ts';
import {
  DoorCheckSchema,
  StoredFileSchema,
  SuggestionSchema,
  documentAggregate,
  whyNotClerk,
  whyNotIncoming,
} from '../documents/public.ts';
import { deliveryAggregate, peerAggregate } from './aggregates.ts';
import { LetterSchema } from './envelope.ts';
import { suggestionOf } from './letter.ts';
import { ReturnCodeSchema, SendingKindSchema, deliveryId } from './ledger.ts';
import { whyNotDelivery } from './why-not.ts';

const words = z.string().trim().max(500);
const EnvelopeNameSchema = z.object({ from: AgencyIdSchema, envelope: ConsignmentIdSchema });

// The first three are sent by the gateway itself, which has opened and checked what came; not on the contract.

const TakenSchema = EnvelopeNameSchema.extend({
  digest: HashSchema,
  kind: SendingKindSchema,
  /** The envelopes of the same sender that it replaces or puts right. */
  refs: z.array(ConsignmentIdSchema).max(50),
  documentId: DocumentIdSchema,
  file: StoredFileSchema,
  attachments: z.array(StoredFileSchema).max(500),
  hasScript: z.boolean(),
  check: DoorCheckSchema,
});

/** Takes what came through the door: a document with its registration filled in, waiting for the clerk. */
export const takeDelivery = defineCommand({
  name: 'exchange.takeDelivery',
  atServer: true,
  /** Filled in by our own kind of letter, or by what was read of another system's message. */
  body: z.union([
    TakenSchema.extend({ letter: LetterSchema }),
    TakenSchema.extend({ suggestion: SuggestionSchema }),
  ]),
  reads: ({ from, envelope, refs, documentId }) => [
    ref('peer', from),
    ref('document', documentId),
    ...[envelope, ...refs].map((one) => ref('delivery', deliveryId(from, one))),
  ],
  decide: ({ body, states }) => {
    const { from, envelope, refs, documentId, kind } = body;
    const peer = states.of(peerAggregate, from);
    if (peer?.state !== 'confirmed' || peer.own) return refuse('exchange.unknown-peer');
    const id = deliveryId(from, envelope);
    const known = states.of(deliveryAggregate, id);
    if (known !== null && known.state !== 'awaited') return refuse('exchange.taken-already');
    if (states.of(documentAggregate, documentId) !== null) return refuse('documents.already-there');
    const origin = { from, fromName: peer.name };
    const older = refs.filter((one) => one !== envelope);
    return [
      {
        type: 'deliveryArrived',
        on: ref('delivery', id),
        body: {
          ...origin,
          envelope,
          kind,
          digest: body.digest,
          document: documentId,
          refs: older.map((one) => deliveryId(from, one)),
        },
      },
      {
        type: 'incomingArrived',
        on: ref('document', documentId),
        body: {
          file: body.file,
          hasScript: body.hasScript,
          check: body.check,
          suggestion: 'letter' in body ? suggestionOf(body.letter) : body.suggestion,
          origin: { from, name: peer.name, delivery: id },
          attachments: body.attachments,
        },
      },
      ...older.map((one): Act => ({
        type: 'deliverySucceeded',
        on: ref('delivery', deliveryId(from, one)),
        body: { ...origin, envelope: one, kind, delivery: id },
      })),
    ];
  },
});

/** Notes that something was turned away at the door, and why; nothing of it is kept but its digest. */
export const turnAway = defineCommand({
  name: 'exchange.turnAway',
  atServer: true,
  body: EnvelopeNameSchema.extend({ digest: HashSchema, code: ReturnCodeSchema, words }),
  reads: ({ from, envelope }) => [ref('peer', from), ref('delivery', deliveryId(from, envelope))],
  decide: ({ body: { from, envelope, digest, code, words }, states }) => {
    const peer = states.of(peerAggregate, from);
    if (peer?.state !== 'confirmed' || peer.own) return refuse('exchange.unknown-peer');
    const id = deliveryId(from, envelope);
    const known = states.of(deliveryAggregate, id);
    if (known !== null && known.state !== 'awaited') return refuse('exchange.taken-already');
    const body = { from, fromName: peer.name, envelope, digest, code, words };
    return [{ type: 'deliveryTurnedAway', on: ref('delivery', id), body }];
  },
});

/** The sender wants it back. One that came before its document waits for it; the clerk decides, nothing is cancelled by itself. */
export const takeRecall = defineCommand({
  name: 'exchange.takeRecall',
  atServer: true,
  body: EnvelopeNameSchema.extend({
    message: ConsignmentIdSchema,
    place: z.int().min(1).optional(),
    reason: words,
    askedAt: InstantSchema,
  }),
  reads: ({ from, envelope }) => [ref('peer', from), ref('delivery', deliveryId(from, envelope))],
  decide: ({ body: { from, envelope, ...asked }, states }) => {
    const peer = states.of(peerAggregate, from);
    if (peer?.state !== 'confirmed' || peer.own) return refuse('exchange.unknown-peer');
    const id = deliveryId(from, envelope);
    const known = states.of(deliveryAggregate, id);
    if (known?.recall?.message === asked.message) return refuse('exchange.taken-already');
    // Two may come in another order than they were asked in, after an older copy was taken up.
    if ((asked.place ?? 0) < (known?.recall?.place ?? 0)) return refuse('exchange.asked-once-more');
    const not = known === null ? null : whyNotDelivery(known, 'ask-back');
    if (not !== null) return not;
    const body = { from, fromName: peer.name, envelope, ...asked };
    return [{ type: 'deliveryAskedBack', on: ref('delivery', id), body }];
  },
});

/** Sends it back to where it came from, with a code both clerks know and words (NĐ 30 Đ21; QĐ 28/2018 Đ9). */
export const returnDelivery = defineCommand({
  name: 'exchange.returnDelivery',
  body: z.object({
    deliveryId: z.string().max(80),
    documentId: DocumentIdSchema,
    code: ReturnCodeSchema,
    words: words.min(1),
  }),
  reads: ({ deliveryId: id, documentId }) => [ref('delivery', id), ref('document', documentId)],
  decide: ({ body: { deliveryId: id, documentId, code, words }, states, ctx }) => {
    const delivery = states.of(deliveryAggregate, id);
    const not =
      whyNotClerk(states.of(personAggregate, ctx.actor)) ??
      whyNotDelivery(delivery, 'return') ??
      whyNotIncoming(states.of(documentAggregate, documentId), 'refuse');
    if (not !== null) return not;
    if (delivery?.document !== documentId) return refuse('exchange.unknown-delivery');
    return [
      { type: 'deliveryReturned', on: ref('delivery', id), body: { code, words } },
      { type: 'incomingRefused', on: ref('document', documentId), body: { reason: words } },
    ];
  },
});
