import { z } from 'zod';
import {
  ConsignmentIdSchema,
  HashSchema,
  InstantSchema,
  defineCommand,
  ref,
  refuse,
  type Act,
  type Refusal,
} from '../kernel/public.ts';
import { nextState } from '../documents/public.ts';
import { consignmentAggregate } from './aggregates.ts';
import {
  ReturnCodeSchema,
  StatusKindSchema,
  TheirArrivalSchema,
  type Recall,
  type StatusKind,
} from './ledger.ts';
import { consignmentTransitions, eventOfStatus } from './transitions.ts';
import { whyNotConsignment } from './why-not.ts';

// Sent by the gateway itself, which has checked every signature; not on the contract.

/** Envelopes that are out of the house: the hub has their bytes. One whose receipt came first stands further already. */
export const recordSent = defineCommand({
  name: 'exchange.recordSent',
  atServer: true,
  body: z.object({ consignments: z.array(ConsignmentIdSchema).min(1).max(500), at: InstantSchema }),
  reads: ({ consignments }) => consignments.map((id) => ref('consignment', id)),
  decide: ({ body: { consignments, at }, states }) => {
    const acts: Act[] = [];
    let not: Refusal | null = null;
    for (const id of consignments) {
      const why = whyNotConsignment(states.of(consignmentAggregate, id), 'send');
      const sent: Act = { type: 'consignmentSent', on: ref('consignment', id), body: { sentAt: at } };
      if (why === null) acts.push(sent);
      else not ??= why;
    }
    return acts.length === 0 && not !== null ? not : acts;
  },
});

/** A receipt whose signature is the recipient's and whose digest is that of what was sent. Late ones are kept too. */
export const recordReceipt = defineCommand({
  name: 'exchange.recordReceipt',
  atServer: true,
  body: z.object({
    consignmentId: ConsignmentIdSchema,
    receipt: z.object({
      id: z.string().min(1).max(60),
      status: StatusKindSchema,
      at: InstantSchema,
      log: z.object({ seq: z.int(), hash: HashSchema }).nullable(),
      code: ReturnCodeSchema.nullable(),
      words: z.string().max(500),
      answers: ConsignmentIdSchema.optional(),
    }),
    arrival: TheirArrivalSchema.nullable(),
  }),
  reads: ({ consignmentId }) => [ref('consignment', consignmentId)],
  decide: ({ body: { consignmentId, receipt, arrival }, states }) => {
    const consignment = states.of(consignmentAggregate, consignmentId);
    if (consignment === null) return refuse('exchange.unknown-consignment');
    if (consignment.state === 'prepared') return refuse('exchange.receipt-for-nothing');
    // Each status once for each document: a second one says nothing new.
    const isRecallAnswer = receipt.status === 'recall-agreed' || receipt.status === 'recall-declined';
    if (isRecallAnswer && consignment.recall === null) return refuse('exchange.receipt-for-nothing');
    if (consignment.receipts.some(({ id }) => id === receipt.id)) return refuse('exchange.receipt-known');
    const event = eventOfStatus[receipt.status];
    const { answers: _answers, ...told } = receipt;
    const isOpen = !isRecallAnswer || doesAnswer(consignment.recall, receipt);
    const moved = isOpen && nextState(consignmentTransitions, consignment.state, event) !== null;
    const kept = { ...told, moved };
    return [
      {
        type: 'consignmentReported',
        on: ref('consignment', consignmentId),
        body: { receipt: kept, arrival },
      },
    ];
  },
});

/** A no answers what it was said to; whatever they agreed to, the document is gone there. */
function doesAnswer(
  recall: Recall | null,
  { status, answers }: Readonly<{ status: StatusKind; answers?: string | undefined }>,
): boolean {
  if (status === 'recall-agreed') return recall?.answer !== 'agreed';
  return recall?.answer === null && (answers === undefined || answers === recall.message);
}

/** Nothing came back in its time: a person decides what becomes of it, it is never dropped. */
export const expire = defineCommand({
  name: 'exchange.expire',
  atServer: true,
  body: z.object({ consignments: z.array(ConsignmentIdSchema).min(1).max(500) }),
  reads: ({ consignments }) => consignments.map((id) => ref('consignment', id)),
  decide: ({ body: { consignments }, states, ctx }) => {
    const acts: Act[] = [];
    for (const id of consignments) {
      const consignment = states.of(consignmentAggregate, id);
      const not = whyNotConsignment(consignment, 'expire');
      if (not !== null) return not;
      const expiresAt = consignment?.expiresAt ?? null;
      if (expiresAt === null || ctx.recordedAt <= expiresAt) return refuse('exchange.not-expired');
      acts.push({ type: 'consignmentExpired', on: ref('consignment', id), body: {} });
    }
    return acts;
  },
});
