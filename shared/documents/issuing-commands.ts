import { z } from 'zod';
import {
  DaySchema,
  DocumentIdSchema,
  dayOf,
  defineCommand,
  ref,
  refuse,
  yearOf,
  type CommandContext,
  type States,
} from '../kernel/public.ts';
import { agencyAggregate, personAggregate } from '../directory/public.ts';
import { documentAggregate, registerAggregate, registerId } from './aggregates.ts';
import { isSealedApart } from './attachments.ts';
import { bookFor } from './books.ts';
import { isIssueDayAllowed } from './deadlines.ts';
import { RecipientSchema, SealedAttachmentSchema, StoredFileSchema } from './model.ts';
import { notationOf } from './notation.ts';
import { asOutgoing, whyNotClerk, whyNotIncoming, whyNotOutgoing } from './why-not.ts';

export const number = defineCommand({
  name: 'documents.number',
  byServer: true,
  body: z.object({ documentId: DocumentIdSchema, book: z.string().max(30), issuedOn: DaySchema }),
  reads: ({ documentId, book }, ctx) => [
    ref('document', documentId),
    ref('agency', ctx.agencyId),
    ref('register', registerId(book, yearOf(dayOf(ctx.recordedAt)))),
  ],
  decide: ({ body: { documentId, book, issuedOn }, states, ctx }) => {
    const found = states.of(documentAggregate, documentId);
    const not = whyNotClerk(actorOf(states, ctx)) ?? whyNotOutgoing(found, 'number');
    if (not !== null) return not;
    const document = asOutgoing(found);
    const agency = states.of(agencyAggregate, ctx.agencyId);
    if (agency === null || bookFor(agency, document.summary.kind) !== book) {
      return refuse('documents.wrong-book');
    }
    const moments = { signedAt: document.signedAt ?? ctx.recordedAt, at: ctx.recordedAt };
    if (!isIssueDayAllowed(issuedOn, moments, ctx.calendar)) return refuse('documents.issue-day');
    const year = yearOf(issuedOn);
    const on = ref('register', registerId(book, year));
    const given = (states.of(registerAggregate, on.id)?.last ?? 0) + 1;
    const notation = notationOf(given, document.summary.symbol);
    return [
      { type: 'numberGiven', on, body: { book, year, number: given, document: documentId } },
      {
        type: 'documentNumbered',
        on: ref('document', documentId),
        body: { book, number: given, year, notation, issuedOn },
      },
    ];
  },
});

export const seal = defineCommand({
  name: 'documents.seal',
  body: z.object({
    documentId: DocumentIdSchema,
    file: StoredFileSchema,
    /** Every PDF filed apart, sealed in the same act: all of them or none. */
    attachments: z.array(SealedAttachmentSchema).max(500).default([]),
  }),
  reads: ({ documentId }) => [ref('document', documentId)],
  decide: ({ body: { documentId, file, attachments }, states, ctx }) => {
    const found = states.of(documentAggregate, documentId);
    const not = whyNotClerk(actorOf(states, ctx)) ?? whyNotOutgoing(found, 'seal');
    if (not !== null) return not;
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

function actorOf(states: States, ctx: CommandContext) {
  return states.of(personAggregate, ctx.actor);
}
