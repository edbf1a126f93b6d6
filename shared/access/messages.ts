import { z } from 'zod';
import { HashSchema } from '../kernel/public.ts';
import { AccessCountSchema, AccessFilterSchema, AccessLineSchema, mostLinesAtOnce } from './model.ts';

/** Lines of the device that speaks, after the hash that stands before the first of them; none of them asks for the head. */
export const TakeLinesSchema = z.object({
  after: HashSchema,
  lines: z.array(AccessLineSchema).max(mostLinesAtOnce),
});
export type TakeLines = z.infer<typeof TakeLinesSchema>;

export const FindLinesSchema = z.object({
  filter: AccessFilterSchema,
  by: z.enum(['line', 'thing']),
  offset: z.int().min(0),
  limit: z.int().min(1).max(1000),
});
export type FindLines = z.infer<typeof FindLinesSchema>;

export const FoundLinesSchema = z.object({
  lines: z.array(AccessLineSchema),
  counts: z.array(AccessCountSchema),
  total: z.int(),
  people: z.int(),
});
export type FoundLines = z.infer<typeof FoundLinesSchema>;
