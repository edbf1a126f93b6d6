import { z } from 'zod';
import { InstantSchema } from '../kernel/public.ts';

/** A line that speaks edXML, as an administrator sees it; the fault is a code with its sentence. */
export const LineViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** How messages get there and back. */
  kind: z.enum(['files', 'axis']),
  /** When it last answered, since the server started. */
  seenAt: InstantSchema.nullable(),
  fault: z
    .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type LineView = z.infer<typeof LineViewSchema>;
