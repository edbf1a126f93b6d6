import { z } from 'zod';
import { DocumentIdSchema, PersonIdSchema, query, service } from '../kernel/public.ts';
import { StampingSchema } from '../directory/public.ts';
import { ExportSchema, TableFormSchema } from '../documents/public.ts';
import { StampSchema } from './stamps.ts';
import { AccessCountSchema, AccessFilterSchema, AccessLineSchema, AccessedSchema } from './model.ts';

/** What a line is about, as this reader may know it. */
const NamedSchema = AccessedSchema.extend({
  /** Null where the paper is not theirs to read. */
  name: z.string().nullable(),
  direction: z.enum(['incoming', 'outgoing']).nullable(),
});
export const AccessRowSchema = AccessLineSchema.omit({ on: true }).extend({
  on: NamedSchema,
  /** What the machine is called. */
  machine: z.string(),
});
export type AccessRow = z.infer<typeof AccessRowSchema>;

export const CountRowSchema = AccessCountSchema.extend({ on: NamedSchema });
export type CountRow = z.infer<typeof CountRowSchema>;

const window = { offset: z.int().min(0), limit: z.int().min(1).max(200) };

/** A right that was changed and that nobody has confirmed yet (PL6 3). */
export const RightChangeSchema = z.object({
  on: z.object({ kind: z.enum(['person', 'delegation']), id: z.string() }),
  /** Whose rights they are, and of a delegation who gave it. */
  person: PersonIdSchema,
  by: PersonIdSchema,
  mayConfirm: z.boolean(),
});
export type RightChange = z.infer<typeof RightChangeSchema>;

export const accessContract = {
  lines: query(
    AccessFilterSchema.extend(window),
    z.object({ rows: z.array(AccessRowSchema), total: z.int() }),
  ),
  /** What was opened most, by the paper. */
  counts: query(
    AccessFilterSchema.extend(window),
    z.object({ rows: z.array(CountRowSchema), total: z.int() }),
  ),
  /** Who had one paper in hand. */
  of: query(
    z.object({ documentId: DocumentIdSchema, ...window }),
    z.object({ rows: z.array(AccessRowSchema), total: z.int(), people: z.int() }),
  ),
  export: service(AccessFilterSchema.extend({ form: TableFormSchema }), ExportSchema),
  /** Stamps of the log's head, the newest first, and whether one has been owed for days. */
  stamps: query(
    z.object({}),
    z.object({ stamps: z.array(StampSchema), count: z.int(), late: z.boolean(), stamping: StampingSchema }),
  ),
  rights: query(z.object({}), z.object({ changes: z.array(RightChangeSchema) })),
};
