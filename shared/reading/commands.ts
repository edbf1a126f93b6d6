import { z } from 'zod';
import {
  DaySchema,
  DocumentIdSchema,
  ReadingIdSchema,
  addDays,
  addWorkingDays,
  dayOf,
  defineCommand,
  ref,
  refuse,
  writtenDay,
  type PersonId,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { personAggregate } from '../directory/public.ts';
import { documentAggregate, dossiersOf, type OfficialDocument } from '../documents/public.ts';
import { dossierAggregate } from '../dossiers/public.ts';
import { readingAggregate } from './aggregates.ts';
import { answerWithinDays, isReadable, mostReadingDays } from './model.ts';

const words = z.string().trim().min(1).max(500);

/** Phiếu yêu cầu đọc tài liệu: by anybody, in their own words. */
export const ask = defineCommand({
  name: 'reading.ask',
  body: z.object({ readingId: ReadingIdSchema, wanted: words, purpose: words }),
  reads: ({ readingId }) => [ref('reading', readingId)],
  decide: ({ body: { readingId, wanted, purpose }, states, ctx }) => {
    if (states.of(readingAggregate, readingId) !== null) return refuse('reading.asked-already');
    // TT 05/2025/TT-BNV: a reader's request is answered within six working days.
    const answerBy = addWorkingDays(dayOf(ctx.recordedAt), answerWithinDays, ctx.calendar);
    const body = { reader: ctx.actor, wanted, purpose, askedAt: ctx.recordedAt, answerBy };
    return [{ type: 'readingAsked', on: ref('reading', readingId), body }];
  },
});

/** Lends one paper of the archive until a day. */
export const lend = defineCommand({
  name: 'reading.lend',
  byServer: true,
  body: z.object({
    readingId: ReadingIdSchema,
    document: DocumentIdSchema,
    until: DaySchema,
    // TT 05/2025/TT-BNV: what is read is not printed, unless that is granted.
    mayPrint: z.literal(true).optional(),
  }),
  reads: ({ readingId, document }) => [ref('reading', readingId), ref('document', document)],
  follows: ({ kind, id }, states) => {
    const paper = kind === 'document' ? states.of(documentAggregate, id) : null;
    return paper === null ? [] : dossiersOf(paper).map((file) => ref('dossier', file));
  },
  decide: ({ body: { readingId, document, until, mayPrint }, states, ctx }) => {
    const reading = states.of(readingAggregate, readingId);
    if (reading === null) return refuse('reading.unknown');
    if (reading.state !== 'asked') return refuse('reading.decided-already');
    const paper = states.of(documentAggregate, document);
    if (paper === null || (paper.inArchive ?? []).length === 0) return refuse('reading.not-archived');
    if (paper.file === null) return refuse('documents.unknown-file');
    const today = dayOf(ctx.recordedAt);
    const last = addDays(today, mostReadingDays);
    // TT 05/2025/TT-BNV: a copy in the reading room is readable for fifteen days at most.
    if (until < today || until > last) {
      return refuse('reading.until', { day: writtenDay(last), days: mostReadingDays });
    }
    const refusal = whyNotLend(paper, { actor: ctx.actor, reader: reading.reader, states });
    if (refusal !== null) return refusal;
    const granted = mayPrint === true ? { mayPrint } : {};
    const body = { document, until, ...granted, by: ctx.actor, at: ctx.recordedAt };
    return [{ type: 'readingLent', on: ref('reading', readingId), body }];
  },
});

/** Says no, and why. */
export const decline = defineCommand({
  name: 'reading.decline',
  byServer: true,
  body: z.object({ readingId: ReadingIdSchema, words }),
  reads: ({ readingId }) => [ref('reading', readingId)],
  decide: ({ body: { readingId, words: why }, states, ctx }) => {
    const reading = states.of(readingAggregate, readingId);
    if (reading === null) return refuse('reading.unknown');
    if (reading.state !== 'asked') return refuse('reading.decided-already');
    const body = { words: why, by: ctx.actor, at: ctx.recordedAt };
    return [{ type: 'readingDeclined', on: ref('reading', readingId), body }];
  },
});

/** Gives it back before its day, or takes it back. */
export const end = defineCommand({
  name: 'reading.end',
  byServer: true,
  body: z.object({ readingId: ReadingIdSchema }),
  reads: ({ readingId }) => [ref('reading', readingId)],
  decide: ({ body: { readingId }, states, ctx }) => {
    const reading = states.of(readingAggregate, readingId);
    if (reading === null) return refuse('reading.unknown');
    const actor = states.of(personAggregate, ctx.actor);
    const isTheirs = reading.reader === ctx.actor || actor?.roles.some((role) => lenders.has(role)) === true;
    if (!isTheirs) return refuse('reading.unknown');
    if (reading.state !== 'lent') return refuse('reading.over');
    return [{ type: 'readingEnded', on: ref('reading', readingId), body: { at: ctx.recordedAt } }];
  },
});

/** Its day is over: put down once by the office itself, so that no clock that is set back opens it again. */
export const expire = defineCommand({
  name: 'reading.expire',
  atServer: true,
  body: z.object({ readingId: ReadingIdSchema }),
  reads: ({ readingId }) => [ref('reading', readingId)],
  decide: ({ body: { readingId }, states, ctx }) => {
    const reading = states.of(readingAggregate, readingId);
    if (reading?.state !== 'lent' || isReadable(reading, ctx.recordedAt)) return refuse('reading.over');
    return [{ type: 'readingEnded', on: ref('reading', readingId), body: { at: ctx.recordedAt } }];
  },
});

const lenders: ReadonlySet<string> = new Set(['archivist', 'leader', 'chief']);

type Lending = Readonly<{ actor: PersonId; reader: PersonId; states: States }>;

/** What is used under conditions is the head's to lend (TT 05/2025/TT-BNV, chế độ sử dụng); nobody lends to themselves. */
function whyNotLend(paper: OfficialDocument, { actor, reader, states }: Lending): Refusal | null {
  if (actor === reader) return refuse('reading.to-self');
  const isConditional = dossiersOf(paper).some(
    (id) => states.of(dossierAggregate, id)?.mode === 'conditional',
  );
  const roles = states.of(personAggregate, actor)?.roles ?? [];
  const isDirector = roles.includes('leader') || roles.includes('chief');
  return isConditional && !isDirector ? refuse('reading.conditional') : null;
}
