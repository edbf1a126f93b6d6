import { z } from 'zod';
import {
  DocumentIdSchema,
  HashSchema,
  dayOf,
  defineCommand,
  ref,
  refuse,
  type CommandContext,
  type DocumentId,
  type States,
} from '../kernel/public.ts';
import { personAggregate } from '../directory/public.ts';
import { documentAggregate } from './aggregates.ts';
import { allLeaseGuards } from './lease-model.ts';
import { DoorCheckSchema, IncomingFieldsSchema, StoredFileSchema, SuggestionSchema } from './model.ts';
import { isDatedAfter, registerIncomingUnder } from './register-command.ts';
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
    mail: StoredFileSchema.optional(),
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

export const registerIncoming = registerIncomingUnder(allLeaseGuards);

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

function actorOf(states: States, ctx: CommandContext) {
  return states.of(personAggregate, ctx.actor);
}
