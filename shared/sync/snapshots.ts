import { z } from 'zod';
import { HashSchema } from '../kernel/public.ts';
import { FileNameSchema } from './files.ts';
import { EntrySchema, ItemSchema } from './log-messages.ts';
import type { Scope } from './scopes.ts';

/**
 * A scope from its beginning up to a place, as one packed file (RFC 8878) named by its hash: a line of JSON for each
 * stretch, with what a pull would have given. It holds the same items and entries and no state, so a desk checks every
 * hash and folds every act as it does with a page, and has to believe no more (`sync.md` 3.4).
 */
export const SnapshotSchema = FileNameSchema.extend({
  /** The scope's place up to which it goes, and the hash of the scope's chain there, as the log says. */
  n: z.int().positive(),
  head: HashSchema,
});
export type Snapshot = z.infer<typeof SnapshotSchema>;

export const SnapshotLineSchema = z.object({
  items: z.array(ItemSchema).min(1).max(1000),
  entries: z.array(EntrySchema).max(1000),
});
export type SnapshotLine = z.infer<typeof SnapshotLineSchema>;

/** Whether several people hold it: a file that one desk fetches once costs the server more than its pages. */
export function isSharedScope(scope: Scope): boolean {
  return !scope.startsWith('person:');
}

/** Who lacks fewer items than this is served as fast by pages. */
export const worthASnapshot = 2000;
export const itemsInALine = 500;
