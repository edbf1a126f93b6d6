import { z } from 'zod';
import { InstantSchema } from '../kernel/public.ts';

/** How messages get to an axis and back. */
export const lineKinds = ['files', 'axis'] as const;

/** A line that speaks edXML, as an administrator sees it; the fault is a code with its sentence. */
export const LineViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(lineKinds),
  /** When it last answered, since the server started. */
  seenAt: InstantSchema.nullable(),
  fault: z
    .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type LineView = z.infer<typeof LineViewSchema>;
