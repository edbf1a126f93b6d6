import { z } from 'zod';
import { query } from '../kernel/public.ts';
import { DocumentRowSchema } from '../documents/public.ts';

/** A few words of the paper around what was found; all empty where only its fields answer. */
export const ExcerptSchema = z.object({ before: z.string(), found: z.string(), after: z.string() });
export type Excerpt = z.infer<typeof ExcerptSchema>;

/** A hit, newest first. */
export const HitSchema = z.object({ document: DocumentRowSchema, excerpt: ExcerptSchema });
export type Hit = z.infer<typeof HitSchema>;

export const searchContract = {
  find: query(
    z.object({
      words: z.string().max(200),
      direction: z.enum(['incoming', 'outgoing']).nullable().default(null),
      offset: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    z.object({ hits: z.array(HitSchema), more: z.boolean() }),
  ),
};
