import { z } from 'zod';
import { IncomingFieldsSchema } from '#shared/documents/public.ts';
import { DaySchema, StepIdSchema } from '#shared/kernel/public.ts';

const AssigneeSchema = z.object({ kind: z.enum(['person', 'unit']), id: z.string() });

/** What a sentence may need of an act, whatever its type; everything else is left alone. */
const ActBodySchema = z
  .object({
    file: z.object({ name: z.string(), hash: z.string() }),
    hash: z.string(),
    reason: z.string(),
    despite: z.string(),
    words: z.string(),
    percent: z.number(),
    notation: z.string(),
    number: z.union([z.string(), z.number()]),
    level: z.string(),
    byItself: z.boolean(),
    presentTo: z.string(),
    person: z.string().nullable(),
    unit: z.string().nullable(),
    to: z.string(),
    by: z.string(),
    reply: z.string(),
    step: StepIdSchema,
    toStep: StepIdSchema,
    recipients: z.array(z.unknown()),
    consignments: z.array(z.unknown()),
    inform: z.array(z.string()),
    arrival: z.object({ number: z.number() }),
    fields: IncomingFieldsSchema,
    assignments: z.array(
      z.object({ role: z.enum(['lead', 'support']), to: AssigneeSchema, dueOn: DaySchema.nullable() }),
    ),
  })
  .partial();
export type ActBody = z.infer<typeof ActBodySchema>;

/** Reads an act's body for its sentence; one that this version does not know has an empty one. */
export function readActBody(body: unknown): ActBody {
  const read = ActBodySchema.safeParse(body);
  return read.success ? read.data : {};
}
