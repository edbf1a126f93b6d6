import { z } from 'zod';
import { query, service } from '../kernel/public.ts';
import { SavedQuerySchema, SoughtQuerySchema, SoughtRowSchema } from './sought.ts';
import { DocumentRowSchema, ExportSchema, TableFormSchema } from '../documents/public.ts';

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
  /** Papers and files by any of their fields and their text (NĐ 30 PL6 6). */
  seek: query(
    z.object({ query: SoughtQuerySchema, offset: z.int().min(0), limit: z.int().min(1).max(200) }),
    z.object({ rows: z.array(SoughtRowSchema) }),
  ),
  count: query(z.object({ query: SoughtQuerySchema }), z.object({ total: z.int() })),
  export: service(z.object({ query: SoughtQuerySchema, form: TableFormSchema }), ExportSchema),
  saved: query(z.object({}), z.object({ saved: z.array(SavedQuerySchema) })),
  save: service(SavedQuerySchema, z.object({ ok: z.literal(true) })),
  forget: service(SavedQuerySchema.pick({ name: true }), z.object({ ok: z.literal(true) })),
};
