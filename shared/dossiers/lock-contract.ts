import { z } from 'zod';
import { DossierIdSchema, command, query } from '../kernel/public.ts';
import { addToHold, liftFreeze, openHold, releaseHold, setFreeze } from './lock-commands.ts';
import { LockingSchema } from './lock-model.ts';

const LockedFileSchema = z.object({ id: DossierIdSchema, code: z.string(), title: z.string() });

/** A freeze or a case as a list shows it. */
export const LockRowSchema = z.object({
  lock: LockingSchema,
  files: z.array(LockedFileSchema),
});
export type LockRow = z.infer<typeof LockRowSchema>;

export const freezesContract = {
  set: command(setFreeze),
  lift: command(liftFreeze),
};

export const holdsContract = {
  /** Every freeze and case, those that stand first. */
  list: query(z.object({}), z.object({ rows: z.array(LockRowSchema) })),
  /** Whole files by words of their code or title, for whoever may hold them. */
  find: query(z.object({ text: z.string().max(200) }), z.object({ files: z.array(LockedFileSchema) })),
  open: command(openHold),
  add: command(addToHold),
  release: command(releaseHold),
};
