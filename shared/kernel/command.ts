import type { z } from 'zod';
import type { Act, Aggregate, AggregateRef } from './act.ts';
import type { AgencyId, CommandId, DeviceId, PersonId } from './ids.ts';
import type { Instant } from './instants.ts';
import type { Refusal } from './refusal.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** Who does it, for whom, and when: claimed by the desk, recorded by the sequencer. */
export type CommandContext = Readonly<{
  commandId: CommandId;
  agencyId: AgencyId;
  actor: PersonId;
  onBehalfOf: PersonId | null;
  /** The desk it comes from; null where the agency has one desk, and at the server itself. */
  device: DeviceId | null;
  claimedAt: Instant;
  recordedAt: Instant;
  calendar: WorkingCalendar;
}>;

/** The states a command asked for by `reads`; anything else is a mistake of ours and throws. */
export type States = Readonly<{
  of: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string) => State | null;
}>;

export type Decision = readonly Act[] | Refusal;

export type Question<Body> = Readonly<{ body: Body; states: States; ctx: CommandContext }>;

/** One thing a person may ask for. `decide` is pure and runs again, with authority, in the sequencer. */
export type CommandDefinition<Name extends string = string, Schema extends z.ZodType = z.ZodType> = Readonly<{
  name: Name;
  body: Schema;
  reads: (body: z.output<Schema>, ctx: CommandContext) => readonly AggregateRef[];
  /** What a state already read leads to, where a rule follows a chain: asked once of everything read, until nothing is new. */
  follows?: (read: AggregateRef, states: States) => readonly AggregateRef[];
  decide: (question: Question<z.output<Schema>>) => Decision;
  /** Only the server decides it, such as an official number: a desk among many guesses nothing and asks. */
  byServer?: true | ((body: z.output<Schema>) => boolean);
  /** Only the server itself gives it; from a desk it is refused. */
  atServer?: true;
}>;

export function defineCommand<const Name extends string, Schema extends z.ZodType>(
  definition: CommandDefinition<Name, Schema>,
): CommandDefinition<Name, Schema> {
  return definition;
}

/** Whether only the server decides what this body asks. */
export function isByServer(definition: CommandDefinition | undefined, body: unknown): boolean {
  const { byServer } = definition ?? {};
  return typeof byServer === 'function' ? byServer(body) : byServer === true;
}

/** A command as it is kept in the outbox and in the log. */
export type Command = Readonly<{
  id: CommandId;
  name: string;
  actor: PersonId;
  onBehalfOf: PersonId | null;
  claimedAt: Instant;
  body: unknown;
}>;
