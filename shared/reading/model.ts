import { z } from 'zod';
import {
  DaySchema,
  DocumentIdSchema,
  InstantSchema,
  PersonIdSchema,
  ReadingIdSchema,
  dayOf,
  type Instant,
} from '../kernel/public.ts';

/** A copy in the reading room is readable so many days at most (TT 05/2025/TT-BNV). */
export const mostReadingDays = 15;
/** A reader's request is answered within so many working days (TT 05/2025/TT-BNV). */
export const answerWithinDays = 6;

export const readingStates = ['asked', 'lent', 'declined', 'ended'] as const;

export const ReadingSchema = z.object({
  id: ReadingIdSchema,
  reader: PersonIdSchema,
  /** What is wanted, as the reader says it: they may not know its number, nor see that it is there. */
  wanted: z.string(),
  purpose: z.string(),
  askedAt: InstantSchema,
  /** The last day for an answer. */
  answerBy: DaySchema,
  state: z.enum(readingStates),
  document: DocumentIdSchema.nullable(),
  /** The last day on which it is readable. */
  until: DaySchema.nullable(),
  /** Whether the reader may print it, with its mark on each page; absent is no. */
  mayPrint: z.boolean().optional(),
  decidedBy: PersonIdSchema.nullable(),
  decidedAt: InstantSchema.nullable(),
  words: z.string(),
  endedAt: InstantSchema.nullable(),
});
export type Reading = z.infer<typeof ReadingSchema>;

/** Whether the reader may look at it at this moment; `now` is the server's, or the latest a desk has known. */
export function isReadable({ state, until }: Pick<Reading, 'state' | 'until'>, now: Instant): boolean {
  return state === 'lent' && until !== null && dayOf(now) <= until;
}
