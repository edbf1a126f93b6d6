import { z } from 'zod';
import { AggregateKindSchema, HashSchema, type LogEntry } from '../kernel/public.ts';

const SeesSchema = z.array(z.object({ kind: AggregateKindSchema, id: z.string() }));

/** A place of a scope, as it travels. */
export const ItemSchema = z.object({
  n: z.int().positive(),
  seq: z.int().positive(),
  entry: HashSchema,
  sees: SeesSchema,
});

/** An entry, with the hash before it, so that its own can be computed. */
export const EntrySchema = z.object({
  before: HashSchema,
  entry: z.custom<LogEntry>((value) => typeof value === 'object' && value !== null),
});
