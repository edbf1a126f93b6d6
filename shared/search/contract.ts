import { z } from 'zod';
import { query } from '../kernel/public.ts';
import { DocumentRowSchema } from '../documents/public.ts';

/** A hit, newest first; `[` and `]` stand around the words that were found. */
export const HitSchema = z.object({ document: DocumentRowSchema, excerpt: z.string() });
export type Hit = z.infer<typeof HitSchema>;

export const searchContract = {
  find: query(
    z.object({ words: z.string().max(200), offset: z.int().min(0), limit: z.int().min(1).max(200) }),
    z.object({ hits: z.array(HitSchema), more: z.boolean() }),
  ),
};
