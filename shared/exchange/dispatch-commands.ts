import { z } from 'zod';
import {
  AgencyIdSchema,
  ConsignmentIdSchema,
  DocumentIdSchema,
  addDays,
  dayOf,
  defineCommand,
  instantFrom,
  isRefusal,
  ref,
  refuse,
  type Act,
  type AggregateRef,
  type CommandContext,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { personAggregate } from '../directory/public.ts';
import {
  asOutgoing,
  documentAggregate,
  issuingCommands,
  whyNotClerk,
  whyNotOutgoing,
  type Outgoing,
} from '../documents/public.ts';
import { consignmentAggregate, peerAggregate } from './aggregates.ts';
import {
  AccessLevelSchema,
  SucceedsSchema,
  mostRecipients,
  type Consignment,
  type SendingKind,
} from './ledger.ts';
import { troubleOf } from './next-step.ts';
import { PageFactsSchema, whyNotDispatch } from './preflight.ts';
import { whyNotConsignment } from './why-not.ts';

const reason = z.string().trim().min(1).max(500);

const DispatchSchema = z.object({
  documentId: DocumentIdSchema,
  consignments: z
    .array(
      z.object({
        id: ConsignmentIdSchema,
        to: AgencyIdSchema,
        /** Earlier consignments to the same agency that this one replaces or puts right. */
        refs: z.array(ConsignmentIdSchema).max(20),
      }),
    )
    .min(1)
    .max(mostRecipients),
  access: AccessLevelSchema,
  /** What whoever holds the page found on it: only the service that looked may say so. */
  facts: PageFactsSchema,
  succeeds: SucceedsSchema.nullable(),
  expiryDays: z.int().min(1).max(180),
});
type DispatchBody = z.infer<typeof DispatchSchema>;

const PrepareSchema = DispatchSchema.omit({ facts: true, expiryDays: true });

function readsOf({ documentId, consignments, succeeds }: z.infer<typeof PrepareSchema>): AggregateRef[] {
  return [
    ref('document', documentId),
    ...(succeeds === null ? [] : [ref('document', succeeds.document)]),
    ...consignments.flatMap(({ id, to, refs }) => [
      ref('consignment', id),
      ref('peer', to),
      ...refs.map((one) => ref('consignment', one)),
    ]),
  ];
}

/** The consignments of a document that are known to it: asked for together with it. */
const consignmentsOf = (read: AggregateRef, states: States): readonly AggregateRef[] => {
  const document = read.kind === 'document' ? states.of(documentAggregate, read.id) : null;
  return document?.direction === 'outgoing'
    ? (document.consignments ?? []).map(({ id }) => ref('consignment', id))
    : [];
};

/** Puts recipients together before anything leaves; the checks are shown, and nothing is sent. */
export const prepare = defineCommand({
  name: 'exchange.prepare',
  body: PrepareSchema,
  reads: readsOf,
  follows: consignmentsOf,
  decide: ({ body, states, ctx }) => {
    const document = states.of(documentAggregate, body.documentId);
    const not = whyNotClerk(states.of(personAggregate, ctx.actor)) ?? whyNotOutgoing(document, 'dispatch');
    return not ?? preparing(asOutgoing(document), body, states);
  },
});

/** Sends an issued document to up to two hundred agencies in one act; each gets a ledger of its own. */
export const dispatch = defineCommand({
  name: 'exchange.dispatch',
  body: DispatchSchema,
  reads: readsOf,
  follows: consignmentsOf,
  decide: ({ body, states, ctx }) => {
    const document = states.of(documentAggregate, body.documentId);
    const not = whyNotClerk(states.of(personAggregate, ctx.actor)) ?? whyNotOutgoing(document, 'dispatch');
    return not ?? sending(asOutgoing(document), body, { states, ctx });
  },
});

/** Issues and sends in one act: the document is out and its envelopes are in the outbox, or neither. */
export const issueAndDispatch = defineCommand({
  name: 'exchange.issue',
  body: DispatchSchema.extend({ issuing: issuingCommands.issue.body.omit({ documentId: true }) }),
  reads: (body, ctx) => [
    ...readsOf(body),
    ...issuingCommands.issue.reads({ documentId: body.documentId, ...body.issuing }, ctx),
  ],
  follows: consignmentsOf,
  decide: ({ body: { issuing, ...body }, states, ctx }) => {
    const issued = issuingCommands.issue.decide({
      body: { documentId: body.documentId, ...issuing },
      states,
      ctx,
    });
    if (isRefusal(issued)) return issued;
    const document = asOutgoing(states.of(documentAggregate, body.documentId));
    const sent = sending({ ...document, state: 'issued' }, body, { states, ctx });
    return isRefusal(sent) ? sent : [...issued, ...sent];
  },
});

/** Takes recipients off again before anything has left. */
export const withdrawPrepared = defineCommand({
  name: 'exchange.withdrawPrepared',
  body: z.object({ consignments: z.array(ConsignmentIdSchema).min(1).max(mostRecipients), reason }),
  reads: ({ consignments }) => consignments.map((id) => ref('consignment', id)),
  decide: ({ body: { consignments, reason }, states, ctx }) => {
    const clerk = whyNotClerk(states.of(personAggregate, ctx.actor));
    if (clerk !== null) return clerk;
    const acts: Act[] = [];
    for (const id of consignments) {
      const not = whyNotConsignment(states.of(consignmentAggregate, id), 'withdraw');
      if (not !== null) return not;
      acts.push({ type: 'consignmentWithdrawn', on: ref('consignment', id), body: { reason } });
    }
    return acts;
  },
});

/** Says of a paper that came back, or never came, that it has been seen to another way: by post, by telephone, or not at all. */
export const settle = defineCommand({
  name: 'exchange.settle',
  body: z.object({ consignments: z.array(ConsignmentIdSchema).min(1).max(mostRecipients), reason }),
  reads: ({ consignments }) => consignments.map((id) => ref('consignment', id)),
  decide: ({ body: { consignments, reason }, states, ctx }) => {
    const clerk = whyNotClerk(states.of(personAggregate, ctx.actor));
    if (clerk !== null) return clerk;
    const acts: Act[] = [];
    for (const id of consignments) {
      const consignment = states.of(consignmentAggregate, id);
      if (consignment === null) return refuse('exchange.unknown-consignment');
      if (troubleOf(consignment) === null) {
        return refuse('exchange.nothing-to-settle', { name: consignment.toName });
      }
      acts.push(settled(id, reason));
    }
    return acts;
  },
});

function settled(id: Consignment['id'], reason: string): Act {
  return { type: 'consignmentSettled', on: ref('consignment', id), body: { reason } };
}

type Asked = Readonly<{ states: States; ctx: CommandContext }>;

function sending(document: Outgoing, body: DispatchBody, { states, ctx }: Asked): readonly Act[] | Refusal {
  const { access, facts, consignments, expiryDays } = body;
  const peers = consignments.map(({ to }) => states.of(peerAggregate, to));
  const not = whyNotDispatch({ document, facts, access, peers });
  if (not !== null) return not;
  const prepared = preparing(document, body, states);
  if (isRefusal(prepared)) return prepared;
  const expiresOn = addDays(dayOf(ctx.recordedAt), expiryDays);
  // The end of that day in Vietnam.
  const expiresAt = instantFrom(Date.parse(`${expiresOn}T16:59:59.999Z`));
  const queued = consignments.map(({ id }): Act => ({
    type: 'consignmentQueued',
    on: ref('consignment', id),
    body: { queuedAt: ctx.recordedAt, expiresAt },
  }));
  return [...prepared, ...queued, ...seenTo(document, consignments, states)];
}

/** What goes out once more, or is replaced or put right, sees to the bad ends of before at the same agency. */
function seenTo({ consignments = [] }: Outgoing, sent: DispatchBody['consignments'], states: States): Act[] {
  return sent.flatMap(({ id, to, refs }) => {
    const own = consignments.filter((one) => one.to === to && one.id !== id).map((one) => one.id);
    return [...new Set([...own, ...refs])]
      .map((one) => states.of(consignmentAggregate, one))
      .filter((one) => one !== null)
      .filter((one) => troubleOf(one) !== null)
      .map((one) => settled(one.id, ''));
  });
}

/** The acts that put consignments beside their document; those that were prepared before stay as they are. */
function preparing(
  document: Outgoing,
  body: z.infer<typeof PrepareSchema>,
  states: States,
): readonly Act[] | Refusal {
  const acts: Act[] = [];
  const fresh: { id: Consignment['id']; to: Consignment['to'] }[] = [];
  const kind: SendingKind =
    body.succeeds === null
      ? 'new'
      : ({ replaces: 'replace', corrects: 'update' } as const)[body.succeeds.how];
  if (new Set(body.consignments.map(({ to }) => to)).size < body.consignments.length) {
    return refuse('exchange.recipient-twice');
  }
  for (const { id, to, refs } of body.consignments) {
    const known = states.of(consignmentAggregate, id);
    if (known !== null) {
      const not = whyNotConsignment(known, 'dispatch');
      if (not !== null) return not;
      if (known.document !== document.id || known.to !== to) return refuse('exchange.other-consignment');
      continue;
    }
    const peer = states.of(peerAggregate, to);
    if (peer === null) return refuse('exchange.unknown-peer');
    const live = liveConsignment(document, to, states);
    if (live !== null) return refuse('exchange.sent-already', { name: peer.name });
    if (refs.some((one) => states.of(consignmentAggregate, one)?.to !== to)) {
      return refuse('exchange.other-consignment');
    }
    const prepared = { document: document.id, to, toName: peer.name, kind, refs, access: body.access };
    acts.push({ type: 'consignmentPrepared', on: ref('consignment', id), body: prepared });
    fresh.push({ id, to });
  }
  if (fresh.length === 0) return acts;
  const succession = succeeding(document, body.succeeds, states);
  if (isRefusal(succession)) return succession;
  const dispatched: Act = {
    type: 'documentDispatched',
    on: ref('document', document.id),
    body: { consignments: fresh },
  };
  return [dispatched, ...acts, ...succession];
}

/** The one to this agency that has not come to a bad end: it goes out again only after that. */
function liveConsignment(document: Outgoing, to: Consignment['to'], states: States): Consignment | null {
  const ended: ReadonlySet<string> = new Set(['refused', 'withdrawn', 'expired']);
  return (
    (document.consignments ?? [])
      .filter((one) => one.to === to)
      .map(({ id }) => states.of(consignmentAggregate, id))
      .find((one) => one !== null && !ended.has(one.state)) ?? null
  );
}

/** The line from the old paper to the new one, drawn once on both. */
function succeeding(
  document: Outgoing,
  succeeds: DispatchBody['succeeds'],
  states: States,
): readonly Act[] | Refusal {
  if (succeeds === null) return [];
  if (succeeds.document === document.id) return refuse('exchange.succeeds-itself');
  const isDrawn = (document.lineage ?? []).some(
    ({ how, document: other }) => how === succeeds.how && other === succeeds.document,
  );
  if (isDrawn) return [];
  const old = states.of(documentAggregate, succeeds.document);
  const not = whyNotOutgoing(old, succeeds.how === 'replaces' ? 'replace' : 'correct');
  if (not !== null) return not;
  const backwards = succeeds.how === 'replaces' ? 'replaced-by' : 'corrected-by';
  return [
    { type: 'documentSucceeded', on: ref('document', document.id), body: succeeds },
    {
      type: 'documentSucceeded',
      on: ref('document', succeeds.document),
      body: { how: backwards, document: document.id },
    },
  ];
}
