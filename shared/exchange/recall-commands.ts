import { z } from 'zod';
import {
  ConsignmentIdSchema,
  DocumentIdSchema,
  TaskIdSchema,
  defineCommand,
  ref,
  refuse,
  type Act,
  type Refusal,
  type States,
  type TaskId,
} from '../kernel/public.ts';
import { personAggregate } from '../directory/public.ts';
import { isOpenTask, taskAggregate } from '../workflow/public.ts';
import {
  asIncoming,
  asOutgoing,
  documentAggregate,
  whyNotClerk,
  whyNotIncoming,
  whyNotOutgoing,
  type OfficialDocument,
} from '../documents/public.ts';
import { consignmentAggregate, deliveryAggregate } from './aggregates.ts';
import { mostRecipients, type Delivery } from './ledger.ts';
import { whyNotConsignment, whyNotDelivery } from './why-not.ts';

const words = z.string().trim().max(500);
const reason = words.min(1);
const MessageIdSchema = ConsignmentIdSchema;
const mostTasks = 300;

/**
 * Asks the recipients to give a document back (13). The copy here is frozen from then on; what becomes of theirs is for
 * their clerks to decide (NĐ 30 Đ18; QĐ 28/2018 Đ9).
 */
export const askBack = defineCommand({
  name: 'exchange.askBack',
  body: z.object({
    documentId: DocumentIdSchema,
    consignments: z
      .array(z.object({ id: ConsignmentIdSchema, message: MessageIdSchema }))
      .min(1)
      .max(mostRecipients),
    reason,
  }),
  reads: ({ documentId, consignments }) => [
    ref('document', documentId),
    ...consignments.map(({ id }) => ref('consignment', id)),
  ],
  decide: ({ body: { documentId, consignments, reason }, states, ctx }) => {
    const found = states.of(documentAggregate, documentId);
    const clerk = whyNotClerk(states.of(personAggregate, ctx.actor));
    if (clerk !== null) return clerk;
    const isFrozen = found?.direction === 'outgoing' && found.state === 'recalled';
    const not = isFrozen ? null : whyNotOutgoing(found, 'recall');
    if (not !== null) return not;
    const { id } = asOutgoing(found);
    const acts: Act[] = isFrozen
      ? []
      : [{ type: 'documentRecalled', on: ref('document', id), body: { reason } }];
    for (const { id: consignmentId, message } of consignments) {
      const consignment = states.of(consignmentAggregate, consignmentId);
      const refusal = whyNotConsignment(consignment, 'ask-back');
      if (refusal !== null) return refusal;
      if (consignment?.document !== documentId) return refuse('exchange.other-consignment');
      acts.push({
        type: 'consignmentAskedBack',
        on: ref('consignment', consignmentId),
        body: { message, reason, askedAt: ctx.recordedAt },
      });
    }
    return acts;
  },
});

/** The receiving clerk's answer (15, 16). What was asked and answered stays, whatever the answer is. */
export const answerRecall = defineCommand({
  name: 'exchange.answerRecall',
  body: z.object({
    deliveryId: z.string().max(80),
    documentId: DocumentIdSchema,
    /** The asking back that was read: they may have asked once more since. */
    message: MessageIdSchema,
    agree: z.boolean(),
    words,
    /** Those given on the paper, which end with it. */
    tasks: z.array(TaskIdSchema).max(mostTasks).optional(),
  }),
  reads: ({ deliveryId, documentId, tasks = [] }) => [
    ref('delivery', deliveryId),
    ref('document', documentId),
    ...tasks.map((task) => ref('task', task)),
  ],
  decide: ({ body: { deliveryId, documentId, message, agree, words, tasks = [] }, states, ctx }) => {
    const delivery = states.of(deliveryAggregate, deliveryId);
    const not =
      whyNotClerk(states.of(personAggregate, ctx.actor)) ??
      whyNotDelivery(delivery, agree ? 'agree' : 'decline');
    if (not !== null) return not;
    if (delivery?.document !== documentId) return refuse('exchange.unknown-delivery');
    if (delivery.recall?.message !== message) return refuse('exchange.asked-once-more');
    if (!agree && words === '') return refuse('exchange.say-why');
    if (!agree) return [{ type: 'recallDeclined', on: ref('delivery', deliveryId), body: { words } }];
    return agreeing({ delivery, words, tasks }, states.of(documentAggregate, documentId), states);
  },
});

type Agreed = Readonly<{ delivery: Delivery; words: string; tasks: readonly TaskId[] }>;

/** Gives it back: the paper leaves work here, and what is still to be done on it ends. */
function agreeing(
  { delivery, words: said, tasks }: Agreed,
  document: OfficialDocument | null,
  states: States,
): readonly Act[] | Refusal {
  const refusal = whyNotIncoming(document, 'recall');
  if (refusal !== null) return refusal;
  const named = new Set(tasks);
  const { id, tasks: given } = asIncoming(document);
  if (named.size !== given.length || given.some((task) => !named.has(task))) {
    return refuse('exchange.tasks-changed');
  }
  const recalled = { reason: delivery.recall?.reason ?? '' };
  const open = tasks.filter((one) => {
    const task = states.of(taskAggregate, one);
    return task !== null && isOpenTask(task);
  });
  return [
    { type: 'recallAgreed', on: ref('delivery', delivery.id), body: { words: said } },
    { type: 'incomingRecalled', on: ref('document', id), body: recalled },
    ...open.map((task): Act => ({ type: 'taskWithdrawn', on: ref('task', task), body: recalled })),
  ];
}
