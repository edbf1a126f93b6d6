import { z } from 'zod';
import {
  DocumentIdSchema,
  defineCommand,
  ref,
  refuse,
  type CommandContext,
  type States,
} from '../kernel/public.ts';
import { personAggregate } from '../directory/public.ts';
import { documentAggregate } from './aggregates.ts';
import { isSealedApart } from './attachments.ts';
import { allLeaseGuards } from './lease-model.ts';
import { OutgoingNumberSchema, RecipientSchema, SealedAttachmentSchema, StoredFileSchema } from './model.ts';
import { numberUnder } from './number-command.ts';
import { asOutgoing, whyNotClerk, whyNotIncoming, whyNotOutgoing } from './why-not.ts';

/** Gives an outgoing paper its number: the server's next, or one of a block that the asking desk holds. */
export const number = numberUnder(allLeaseGuards);

export const seal = defineCommand({
  name: 'documents.seal',
  body: z.object({
    documentId: DocumentIdSchema,
    file: StoredFileSchema,
    /** Every PDF filed apart, sealed in the same act: all of them or none. */
    attachments: z.array(SealedAttachmentSchema).max(500).default([]),
    /** The number and the date that stand on the sealed page. */
    stamped: OutgoingNumberSchema.pick({ notation: true, issuedOn: true }).optional(),
  }),
  reads: ({ documentId }) => [ref('document', documentId)],
  decide: ({ body: { documentId, file, attachments, stamped }, states, ctx }) => {
    const found = states.of(documentAggregate, documentId);
    const not = whyNotClerk(actorOf(states, ctx)) ?? whyNotOutgoing(found, 'seal');
    if (not !== null) return not;
    // Sealed at a desk that gave the number itself, while the server gave the paper another one.
    const { number } = asOutgoing(found);
    const isOther = stamped?.notation !== number?.notation || stamped?.issuedOn !== number?.issuedOn;
    if (stamped !== undefined && isOther) return refuse('documents.sealed-other-number', stamped);
    const due = asOutgoing(found).attachments.filter(isSealedApart);
    const missing = due.find(({ hash }) => !attachments.some(({ of }) => of === hash));
    if (missing !== undefined) return refuse('documents.attachment-unsealed', { name: missing.name });
    if (attachments.length > due.length) return refuse('documents.unknown-file');
    return [{ type: 'documentSealed', on: ref('document', documentId), body: { file, attachments } }];
  },
});

export const issue = defineCommand({
  name: 'documents.issue',
  body: z.object({
    documentId: DocumentIdSchema,
    recipients: z.array(RecipientSchema).min(1).max(500),
    copies: z.int().min(0).max(9999),
    /** The received paper it answers, as the draft says. */
    repliesTo: DocumentIdSchema.nullable(),
  }),
  reads: ({ documentId, repliesTo }) => [
    ref('document', documentId),
    ...(repliesTo ? [ref('document', repliesTo)] : []),
  ],
  decide: ({ body: { documentId, recipients, copies, repliesTo }, states, ctx }) => {
    const found = states.of(documentAggregate, documentId);
    const not = whyNotClerk(actorOf(states, ctx)) ?? whyNotOutgoing(found, 'issue');
    if (not !== null) return not;
    if (asOutgoing(found).repliesTo !== repliesTo) return refuse('documents.other-reply');
    const issued = { type: 'documentIssued', on: ref('document', documentId), body: { recipients, copies } };
    const asked = repliesTo === null ? null : states.of(documentAggregate, repliesTo);
    if (asked === null || whyNotIncoming(asked, 'linkReply') !== null) return [issued];
    return [issued, { type: 'replyLinked', on: ref('document', asked.id), body: { reply: documentId } }];
  },
});

/** Ghi chú in the register of what goes out (NĐ 30 PL4, PL6 II: Description, S500); empty takes it away. */
export const note = defineCommand({
  name: 'documents.note',
  body: z.object({ documentId: DocumentIdSchema, note: z.string().trim().max(500) }),
  reads: ({ documentId }) => [ref('document', documentId)],
  decide: ({ body: { documentId, note: said }, states, ctx }) => {
    const found = states.of(documentAggregate, documentId);
    const not = whyNotClerk(actorOf(states, ctx)) ?? whyNotOutgoing(found, 'note');
    if (not !== null) return not;
    return [{ type: 'outgoingNoted', on: ref('document', documentId), body: { note: said } }];
  },
});

function actorOf(states: States, ctx: CommandContext) {
  return states.of(personAggregate, ctx.actor);
}
