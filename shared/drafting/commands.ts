import { z } from 'zod';
import {
  DocumentIdSchema,
  HashSchema,
  PersonIdSchema,
  defineCommand,
  ref,
  refuse,
  type CommandContext,
  type DocumentId,
  type States,
} from '../kernel/public.ts';
import { mayRead, personAggregate, readingScope, whyNotReceivePapers } from '../directory/public.ts';
import {
  DraftSummarySchema,
  StoredFileSchema,
  asOutgoing,
  documentAggregate,
  whyNotDrafter,
  whyNotWriter,
  whyNotOutgoing,
  type OutgoingEvent,
} from '../documents/public.ts';

const only = ({ documentId }: { documentId: DocumentId }) => [ref('document', documentId)];

export const start = defineCommand({
  name: 'drafting.start',
  body: z.object({
    documentId: DocumentIdSchema,
    summary: DraftSummarySchema,
    repliesTo: DocumentIdSchema.nullable(),
  }),
  reads: ({ documentId, repliesTo }) => [
    ref('document', documentId),
    ...(repliesTo ? [ref('document', repliesTo)] : []),
  ],
  decide: ({ body: { documentId, summary, repliesTo }, states, ctx }) => {
    if (states.of(documentAggregate, documentId) !== null) return refuse('documents.already-there');
    const actor = states.of(personAggregate, ctx.actor);
    if (actor === null) return refuse('directory.unknown-person');
    const asked = repliesTo === null ? null : states.of(documentAggregate, repliesTo);
    if (repliesTo !== null && (asked?.direction !== 'incoming' || !mayRead(readingScope(actor), asked))) {
      return refuse('documents.unknown');
    }
    const body = { summary, drafter: actor.id, unit: actor.unit, repliesTo };
    return [{ type: 'draftStarted', on: ref('document', documentId), body }];
  },
});

export const describe = defineCommand({
  name: 'drafting.describe',
  body: z.object({ documentId: DocumentIdSchema, summary: DraftSummarySchema }),
  reads: only,
  decide: ({ body: { documentId, summary }, states, ctx }) =>
    whyNotWrite(documentId, { states, ctx }) ?? [
      { type: 'draftDescribed', on: ref('document', documentId), body: { summary } },
    ],
});

/** Who writes beside the drafter; naming nobody ends it. What they wrote stays. */
export const nameCoWriters = defineCommand({
  name: 'drafting.nameCoWriters',
  body: z.object({ documentId: DocumentIdSchema, people: z.array(PersonIdSchema).max(20) }),
  reads: ({ documentId, people }) => [
    ref('document', documentId),
    ...people.map((person) => ref('person', person)),
  ],
  decide: ({ body: { documentId, people }, states, ctx }) => {
    const not = whyNotChange(documentId, 'describe', { states, ctx });
    if (not !== null) return not;
    const named = [...new Set(people)].filter((person) => person !== ctx.actor);
    for (const person of named) {
      const cannot = whyNotReceivePapers(states.of(personAggregate, person));
      if (cannot !== null) return cannot;
    }
    return [{ type: 'coWritersNamed', on: ref('document', documentId), body: { people: named } }];
  },
});

export const addAttachment = defineCommand({
  name: 'drafting.addAttachment',
  body: z.object({ documentId: DocumentIdSchema, file: StoredFileSchema }),
  reads: only,
  decide: ({ body: { documentId, file }, states, ctx }) => {
    const not = whyNotWrite(documentId, { states, ctx });
    if (not !== null) return not;
    const { attachments } = asOutgoing(states.of(documentAggregate, documentId));
    if (attachments.some((there) => there.hash === file.hash)) return refuse('documents.attached-already');
    return [{ type: 'attachmentAdded', on: ref('document', documentId), body: { file } }];
  },
});

export const removeAttachment = defineCommand({
  name: 'drafting.removeAttachment',
  body: z.object({ documentId: DocumentIdSchema, hash: HashSchema }),
  reads: only,
  decide: ({ body: { documentId, hash }, states, ctx }) => {
    const not = whyNotWrite(documentId, { states, ctx });
    if (not !== null) return not;
    const { attachments } = asOutgoing(states.of(documentAggregate, documentId));
    if (!attachments.some((there) => there.hash === hash)) return refuse('documents.unknown-file');
    return [{ type: 'attachmentRemoved', on: ref('document', documentId), body: { hash } }];
  },
});

export const abandon = defineCommand({
  name: 'drafting.abandon',
  body: z.object({ documentId: DocumentIdSchema, reason: z.string().trim().min(1).max(500) }),
  reads: only,
  decide: ({ body: { documentId, reason }, states, ctx }) =>
    whyNotChange(documentId, 'abandon', { states, ctx }) ?? [
      { type: 'draftAbandoned', on: ref('document', documentId), body: { reason } },
    ],
});

type Asked = Readonly<{ states: States; ctx: CommandContext }>;

/** Everybody who writes it says what it is about, and adds what goes with it. */
function whyNotWrite(documentId: DocumentId, { states, ctx }: Asked) {
  const document = states.of(documentAggregate, documentId);
  return (
    whyNotOutgoing(document, 'describe') ??
    whyNotWriter(asOutgoing(document), states.of(personAggregate, ctx.actor))
  );
}

function whyNotChange(documentId: DocumentId, event: OutgoingEvent, { states, ctx }: Asked) {
  const document = states.of(documentAggregate, documentId);
  return (
    whyNotOutgoing(document, event) ??
    whyNotDrafter(asOutgoing(document), states.of(personAggregate, ctx.actor))
  );
}
