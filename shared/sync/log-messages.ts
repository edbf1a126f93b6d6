import { z } from 'zod';
import { HashSchema, type AggregateKind, type LogEntry } from '../kernel/public.ts';

/** A newer server may know more kinds of things: what this version does not know is kept for the next. */
const KindSchema = z.custom<AggregateKind>(
  (kind) => typeof kind === 'string' && /^[a-zA-Z-]{1,40}$/u.test(kind),
);
const SeesSchema = z.array(z.object({ kind: KindSchema, id: z.string() }));

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
