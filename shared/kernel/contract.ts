import { oc } from '@orpc/contract';
import { z } from 'zod';
import { AggregateKindSchema } from './act.ts';
import type { CommandDefinition } from './command.ts';
import { CommandIdSchema } from './ids.ts';
import { RefusalSchema } from './refusal.ts';

/** What a command answers: the acts it became, or the refusal that explains itself. */
export const ReplySchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    seq: z.int(),
    acts: z.array(
      z.object({
        type: z.string(),
        on: z.object({ kind: AggregateKindSchema, id: z.string() }),
        body: z.unknown(),
      }),
    ),
    /** Only the server decides it, and it has not yet: it goes out by itself, and nothing has become of it so far. */
    waits: z.literal(true).optional(),
  }),
  z.object({ ok: z.literal(false), refusal: RefusalSchema }),
]);
export type Reply = z.infer<typeof ReplySchema>;

/** The contract of a request that changes nothing. */
export function query<Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) {
  return oc.input(input).output(output);
}

/** The contract of a service that prepares bytes or keys before it commands (sign, typeset, receive a file). */
export function service<Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) {
  return oc.input(input).output(output);
}

/** The contract of a command: its id is made by the asker, so that asking twice is asking once. */
export function command<Name extends string, Schema extends z.ZodType>(
  definition: CommandDefinition<Name, Schema>,
) {
  const input = z.object({ commandId: CommandIdSchema, body: definition.body });
  return oc.input(input).output(ReplySchema).meta({ command: definition.name });
}
