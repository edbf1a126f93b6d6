import { z } from 'zod';
import {
  DocumentIdSchema,
  HashSchema,
  PersonIdSchema,
  dayOf,
  defineCommand,
  ref,
  refuse,
  yearOf,
  type CommandContext,
  type Day,
  type DocumentId,
  type States,
} from '../kernel/public.ts';
import { personAggregate } from '../directory/public.ts';
import { arrivalsBook, documentAggregate, registerAggregate, registerId } from './aggregates.ts';
import {
  DoorCheckSchema,
  IncomingFieldsSchema,
  StoredFileSchema,
  SuggestionSchema,
  type IncomingFields,
  type OfficialDocument,
} from './model.ts';
import { whyNotClerk, whyNotIncoming } from './why-not.ts';

const reason = z.string().trim().min(1).max(500);
const only = ({ documentId }: { documentId: DocumentId }) => [ref('document', documentId)];

export const receive = defineCommand({
  name: 'documents.receive',
  body: z.object({
    documentId: DocumentIdSchema,
    file: StoredFileSchema,
    hasScript: z.boolean(),
    suggestion: SuggestionSchema,
    check: DoorCheckSchema,
  }),
  reads: only,
  decide: ({ body: { documentId, ...arrived }, states, ctx }) => {
    if (states.of(documentAggregate, documentId) !== null) return refuse('documents.already-there');
    return (
      whyNotClerk(actorOf(states, ctx)) ?? [
        { type: 'incomingArrived', on: ref('document', documentId), body: arrived },
      ]
    );
  },
});

/** Keeps that a secret paper was turned away: its hash and the rule, never its subject or bytes (`design.md` 13). */
export const refuseSecret = defineCommand({
  name: 'documents.refuseSecret',
  body: z.object({ documentId: DocumentIdSchema, fileHash: HashSchema, rule: z.string().min(1).max(60) }),
  reads: only,
  decide: ({ body: { documentId, ...turnedAway }, states, ctx }) => {
    if (states.of(documentAggregate, documentId) !== null) return refuse('documents.already-there');
    return (
      whyNotClerk(actorOf(states, ctx)) ?? [
        { type: 'secretTurnedAway', on: ref('document', documentId), body: turnedAway },
      ]
    );
  },
});

export const refuseIncoming = defineCommand({
  name: 'documents.refuseIncoming',
  body: z.object({ documentId: DocumentIdSchema, reason }),
  reads: only,
  decide: ({ body: { documentId, reason }, states, ctx }) =>
    whyNotClerk(actorOf(states, ctx)) ??
    whyNotIncoming(states.of(documentAggregate, documentId), 'refuse') ?? [
      { type: 'incomingRefused', on: ref('document', documentId), body: { reason } },
    ],
});

export const registerIncoming = defineCommand({
  name: 'documents.registerIncoming',
  body: z.object({
    documentId: DocumentIdSchema,
    fields: IncomingFieldsSchema,
    presentTo: PersonIdSchema,
    /** Why it is registered although its signature is wrong. */
    despite: reason.optional(),
  }),
  reads: ({ documentId, presentTo }, ctx) => [
    ref('document', documentId),
    ref('person', presentTo),
    ref('register', registerId(arrivalsBook, yearOf(dayOf(ctx.recordedAt)))),
  ],
  decide: ({ body: { documentId, fields, presentTo, despite }, states, ctx }) => {
    const document = states.of(documentAggregate, documentId);
    const not =
      whyNotClerk(actorOf(states, ctx)) ??
      whyNotIncoming(document, 'register') ??
      whyNotAsSigned(document, despite) ??
      whyNotPresentTo(states, presentTo);
    if (not !== null) return not;
    const day = dayOf(ctx.recordedAt);
    if (isDatedAfter(day, fields)) return refuse('documents.dated-in-future');
    const year = yearOf(day);
    const on = ref('register', registerId(arrivalsBook, year));
    const number = (states.of(registerAggregate, on.id)?.last ?? 0) + 1;
    return [
      { type: 'numberGiven', on, body: { book: arrivalsBook, year, number, document: documentId } },
      {
        type: 'incomingRegistered',
        on: ref('document', documentId),
        body: {
          fields,
          arrival: { number, year, day },
          presentTo,
          ...(despite === undefined ? {} : { despite }),
        },
      },
    ];
  },
});

export const correctRegistration = defineCommand({
  name: 'documents.correctRegistration',
  body: z.object({ documentId: DocumentIdSchema, fields: IncomingFieldsSchema, reason }),
  reads: only,
  decide: ({ body: { documentId, fields, reason }, states, ctx }) => {
    const not =
      whyNotClerk(actorOf(states, ctx)) ??
      whyNotIncoming(states.of(documentAggregate, documentId), 'correct');
    if (not !== null) return not;
    if (isDatedAfter(dayOf(ctx.recordedAt), fields)) return refuse('documents.dated-in-future');
    return [{ type: 'registrationCorrected', on: ref('document', documentId), body: { fields, reason } }];
  },
});

function isDatedAfter(day: Day, { issuedOn }: IncomingFields): boolean {
  return issuedOn !== null && issuedOn > day;
}

/** NĐ 30 Đ21: a paper whose signature is wrong goes back to its sender, or in with a reason that stays. */
function whyNotAsSigned(document: OfficialDocument | null, despite: string | undefined) {
  const isWrong = document?.direction === 'incoming' && document.check?.verdict === 'invalid';
  return isWrong && despite === undefined ? refuse('documents.signature-invalid') : null;
}

function whyNotPresentTo(states: States, presentTo: z.infer<typeof PersonIdSchema>) {
  const person = states.of(personAggregate, presentTo);
  if (person === null || !person.active) return refuse('directory.unknown-person');
  // NĐ 30 Đ23: it goes to the head, or to whom the head has charged with giving directions.
  const decides = person.roles.includes('leader') || person.roles.includes('chief');
  return decides ? null : refuse('documents.present-to-leader', { name: person.name });
}

function actorOf(states: States, ctx: CommandContext) {
  return states.of(personAggregate, ctx.actor);
}
