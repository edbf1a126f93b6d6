import { z } from 'zod';
import {
  DocumentIdSchema,
  dayOf,
  defineCommand,
  ref,
  refuse,
  yearOf,
  type CommandContext,
  type PersonId,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { agencyAggregate, personAggregate } from '../directory/public.ts';
import { copiesBook, documentAggregate, registerAggregate, registerId } from './aggregates.ts';
import { copyNotation, copyNumbered, targetOf, whyNotCopied, whyNotForm, whyNotPages } from './copies.ts';
import { CertifiedCopySchema, MediumSchema } from './model.ts';
import { whyNotClerk } from './why-not.ts';

export const makeCopy = defineCommand({
  name: 'documents.makeCopy',
  byServer: true,
  body: CertifiedCopySchema.omit({ number: true, year: true, notation: true, voidedBecause: true }).extend({
    documentId: DocumentIdSchema,
    medium: MediumSchema,
  }),
  reads: ({ documentId, decidedBy }, ctx) => [
    ref('document', documentId),
    ref('person', decidedBy),
    ref('agency', ctx.agencyId),
    ref('register', registerId(copiesBook, yearOf(dayOf(ctx.recordedAt)))),
  ],
  decide: ({ body: { documentId, medium, ...copy }, states, ctx }) => {
    const document = states.of(documentAggregate, documentId);
    const not =
      whyNotClerk(actorOf(states, ctx)) ?? whyNotCopied(document) ?? whyNotDecided(states, copy.decidedBy);
    if (not !== null) return not;
    if (document?.file?.hash !== copy.source) return refuse('documents.unknown-file');
    const unfit =
      whyNotForm(copy.form, medium, targetOf(copy)) ??
      whyNotPages(copy.form, copy.pages, document.file.pages);
    if (unfit !== null) return unfit;
    const agency = states.of(agencyAggregate, ctx.agencyId);
    if (agency === null || copy.recipients.length === 0) return refuse('documents.copy-for-nobody');
    const year = yearOf(dayOf(ctx.recordedAt));
    const on = ref('register', registerId(copiesBook, year));
    const number = (states.of(registerAggregate, on.id)?.last ?? 0) + 1;
    const notation = copyNotation(number, copy.form, agency.symbol);
    return [
      { type: 'numberGiven', on, body: { book: copiesBook, year, number, document: documentId } },
      { type: 'copyMade', on: ref('document', documentId), body: { ...copy, number, year, notation } },
    ];
  },
});

/** Undoes a copy: it no longer counts, and its number is not given again. */
export const voidCopy = defineCommand({
  name: 'documents.voidCopy',
  body: z.object({
    documentId: DocumentIdSchema,
    number: z.int().min(1),
    year: z.int(),
    reason: z.string().trim().min(1).max(500),
  }),
  reads: ({ documentId }) => [ref('document', documentId)],
  decide: ({ body: { documentId, number, year, reason }, states, ctx }) => {
    const document = states.of(documentAggregate, documentId);
    const not = whyNotClerk(actorOf(states, ctx)) ?? whyNotCopied(document);
    if (not !== null) return not;
    const copy = document === null ? null : copyNumbered(document, { number, year });
    if (copy === null) return refuse('documents.unknown-copy');
    if (copy.voidedBecause !== null) return refuse('documents.copy-voided');
    const { notation } = copy;
    return [
      { type: 'copyVoided', on: ref('document', documentId), body: { number, year, notation, reason } },
    ];
  },
});

/** NĐ 30 Đ27: the head of the agency decides what is copied, or whom the head has charged with it. */
function whyNotDecided(states: States, decidedBy: PersonId): Refusal | null {
  const person = states.of(personAggregate, decidedBy);
  if (person === null || !person.active) return refuse('directory.unknown-person');
  const decides = person.roles.includes('leader') || person.roles.includes('chief');
  return decides ? null : refuse('documents.copy-decided-by-leader', { name: person.name });
}

function actorOf(states: States, ctx: CommandContext) {
  return states.of(personAggregate, ctx.actor);
}
