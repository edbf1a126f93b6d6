import { z } from 'zod';
import {
  DocumentIdSchema,
  DossierIdSchema,
  InstantSchema,
  PersonIdSchema,
  UnitIdSchema,
} from '../kernel/public.ts';
import { DocumentRowSchema } from './page.ts';

/** Dòng văn bản: what a paper goes through from its arrival to the archive, in the order it usually does. */
export const lineageStages = [
  'arrived',
  'registered',
  'directed',
  'task',
  'task-done',
  'drafted',
  'submitted',
  'opinion',
  'visa',
  'initials',
  'signed',
  'numbered',
  'sealed',
  'issued',
  'receipt',
  'handled',
  'recalled',
  'meeting',
  'filed',
  'closed',
  'archived',
  'transferred',
] as const;
export type LineageStage = (typeof lineageStages)[number];

const GivenSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id: PersonIdSchema }),
  z.object({ kind: z.literal('unit'), id: UnitIdSchema }),
]);

/** One of them: who did it, when, to whom, what was said, and where it is to be seen. */
export const LineageStepSchema = z.object({
  stage: z.enum(lineageStages),
  at: InstantSchema,
  /** Null where it was another agency. */
  by: PersonIdSchema.nullable(),
  onBehalfOf: PersonIdSchema.nullable(),
  to: z.array(GivenSchema),
  /** A number, a name of another agency, what was written along. */
  said: z.string(),
  /** How far a receipt says they are, as a consignment's state. */
  state: z.string().nullable(),
  /** Which of the papers it happened to. */
  paper: DocumentIdSchema,
  dossier: z.object({ id: DossierIdSchema, code: z.string(), title: z.string() }).nullable(),
});
export type LineageStep = z.infer<typeof LineageStepSchema>;

export const DocumentLineageSchema = z.object({
  /** The papers of it that this person may read. */
  papers: z.array(DocumentRowSchema),
  steps: z.array(LineageStepSchema),
});
export type DocumentLineage = z.infer<typeof DocumentLineageSchema>;
