import { z } from 'zod';
import {
  DocumentIdSchema,
  DossierIdSchema,
  InstantSchema,
  LockIdSchema,
  PersonIdSchema,
} from '../kernel/public.ts';

const line = (max: number) => z.string().trim().max(max);

/** As many files, and as many papers, as one freeze or case names at a time. */
export const mostLocked = 200;

/**
 * A set that is kept as it is: frozen against move, delete and edit (NĐ 30 PL6 I.9), or held for a case (inspection, audit,
 * lawsuit) against destruction and a shorter term.
 */
export const LockingSchema = z.object({
  id: LockIdSchema,
  kind: z.enum(['freeze', 'hold']),
  title: line(200).min(1),
  /** On what it rests: the decision or request, with its number and day; a freeze may have none. */
  basis: line(500),
  /** Who asked for it: the inspectorate, the court. */
  askedBy: line(200),
  reason: line(500).min(1),
  dossiers: z.array(DossierIdSchema),
  documents: z.array(DocumentIdSchema),
  by: PersonIdSchema,
  at: InstantSchema,
  lifted: z.object({ by: PersonIdSchema, at: InstantSchema, reason: line(500) }).nullable(),
});
export type Locking = z.infer<typeof LockingSchema>;
