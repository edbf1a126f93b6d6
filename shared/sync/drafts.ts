import { z } from 'zod';
import { WordsSchema, WriterSchema } from '../drafting/public.ts';

/** A desk gives its words of a draft, asks for the others', and says who is at it here. */
export const DraftRequestSchema = WordsSchema.extend({
  here: z.array(WriterSchema.omit({ person: true })).max(20),
});
export type DraftRequest = z.infer<typeof DraftRequestSchema>;

export const DraftReplySchema = WordsSchema.extend({
  /** A draft that was submitted takes no words any more; what came is not kept. */
  open: z.boolean(),
  /** Who is at it at other desks. */
  others: z.array(WriterSchema),
});
export type DraftReply = z.infer<typeof DraftReplySchema>;

/** What the wake line says of a draft that somebody else wrote at, before its id. */
export const draftWake = 'draft ';
/** Who has not been heard of for so long is at a draft no more. */
export const seatSeconds = 15;
