import { z } from 'zod';
import { DaySchema } from '../kernel/public.ts';
import { RecipientSchema, StepSchema, UrgencySchema } from '../documents/public.ts';

/** How far a paper may go (NĐ 30 PL1 III.2c); most say nothing. */
export const circulations = ['internal', 'return'] as const;
export const CirculationSchema = z.enum(circulations);

const line = (max: number) => z.string().max(max);

/**
 * A draft as its writer keeps it: only what they say themselves. Agency, symbol and the signer's block come from the
 * directory and the circuit when the page is set, so that nothing is typed twice.
 */
export const WorkingDraftSchema = z.object({
  kind: z.string().min(1).max(20),
  template: z.string().min(1).max(60),
  subject: line(500),
  urgency: UrgencySchema,
  circulation: CirculationSchema.optional(),
  dueOn: DaySchema.nullable(),
  addressees: z.array(line(300)).max(100),
  bases: z.array(line(1000)).max(50),
  /** The editor's own JSON; `from-editor.ts` reads it. */
  body: z.unknown(),
  recipients: z.array(RecipientSchema).max(500),
  copies: z.int().min(0).max(9999),
  steps: z.array(StepSchema).max(20),
});
export type WorkingDraft = z.infer<typeof WorkingDraftSchema>;
