import { z } from 'zod';
import {
  DaySchema,
  DisposalIdSchema,
  DossierIdSchema,
  InstantSchema,
  PersonIdSchema,
} from '../kernel/public.ts';
import { FileCodeSchema, RetentionSchema } from './model.ts';

const line = (max: number) => z.string().trim().max(max);

/** As many files as one list of what is to be destroyed names. */
export const mostDisposed = 200;

/** What becomes of a file whose term is over: destroyed, kept for a longer term, or kept for ever. */
export const disposalVerdicts = ['destroy', 'longer', 'permanent'] as const;

/** One line of the list: the file as it was when the list was made, and why (Luật Lưu trữ 33/2024: danh mục tài liệu hết giá trị). */
export const DisposalItemSchema = z.object({
  dossier: DossierIdSchema,
  code: FileCodeSchema,
  title: line(500),
  retention: RetentionSchema,
  /** The last day of its term. */
  keptUntil: DaySchema,
  verdict: z.enum(disposalVerdicts),
  /** The new term, where it is kept longer. */
  newRetention: RetentionSchema.nullable(),
  reason: line(500).min(1),
});
export type DisposalItem = z.infer<typeof DisposalItemSchema>;

/** What the council for the value of documents said, and on which paper or signature that stands. */
export const AppraisalSchema = z.object({
  words: line(2000).min(1),
  reference: line(300).min(1),
  by: PersonIdSchema,
  at: InstantSchema,
});

export const DecisionSchema = z.object({
  number: line(60).min(1),
  on: DaySchema,
  by: PersonIdSchema,
  at: InstantSchema,
});
export type DisposalDecision = z.infer<typeof DecisionSchema>;

/** What the minutes of a destruction say (TT 05/2025/TT-BNV). */
export const MinutesSchema = z.object({
  witnesses: z.array(line(200).min(1)).length(2),
  place: line(200).min(1),
  /** How many papers were destroyed, and how many stay since they lie in another file that is kept. */
  destroyed: z.int().min(0),
  kept: z.int().min(0),
  by: PersonIdSchema,
  at: InstantSchema,
});

export const disposalStates = ['proposed', 'appraised', 'approved', 'carried-out', 'dismissed'] as const;

/** A list of files whose term is over, on its way from the proposal to the minutes. */
export const DisposalSchema = z.object({
  id: DisposalIdSchema,
  state: z.enum(disposalStates),
  items: z.array(DisposalItemSchema),
  proposed: z.object({ by: PersonIdSchema, at: InstantSchema }),
  appraisal: AppraisalSchema.nullable(),
  decision: DecisionSchema.nullable(),
  minutes: MinutesSchema.nullable(),
  dismissed: z.object({ by: PersonIdSchema, at: InstantSchema, reason: line(500) }).nullable(),
});
export type Disposal = z.infer<typeof DisposalSchema>;
