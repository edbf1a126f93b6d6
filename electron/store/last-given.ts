import { commandsByName } from '#shared/commands.ts';
import type { AgencyId, AggregateRef, Command, CommandId } from '#shared/kernel/public.ts';

/** What was given last on each paper and task and is not decided: what comes next rests on it. */
export type LastGiven = Readonly<{
  /** Gives what a command rests on, and makes it the last. */
  take: (command: Command) => CommandId | undefined;
  /** What is undecided is no longer what it was: looked up anew at the next command. */
  forget: () => void;
}>;

export function lastGiven(agencyId: AgencyId, undecided: () => readonly Command[]): LastGiven {
  let known: Map<string, Readonly<{ id: CommandId; place: number }>> | null = null;
  let places = 0;

  function note(command: Command, on: NonNullable<typeof known>): CommandId | undefined {
    const refs = papersOf(command, agencyId);
    const before = refs.flatMap((ref) => on.get(keyOf(ref)) ?? []).toSorted((a, b) => b.place - a.place);
    const one = { id: command.id, place: (places += 1) };
    for (const ref of refs) on.set(keyOf(ref), one);
    return before[0]?.id;
  }

  return {
    take: (command) => {
      if (known === null) {
        known = new Map();
        for (const earlier of undecided()) note(earlier, known);
      }
      return note(command, known);
    },
    forget: () => {
      known = null;
    },
  };
}

const keyOf = ({ kind, id }: AggregateRef): string => `${kind}:${id}`;

/** The papers and tasks that a command looks at before it decides. */
function papersOf(command: Command, agencyId: AgencyId): readonly AggregateRef[] {
  const definition = commandsByName.get(command.name);
  const body = definition?.body.safeParse(command.body);
  if (definition === undefined || body?.success !== true) return [];
  const { id, actor, onBehalfOf, claimedAt } = command;
  const ctx = {
    commandId: id,
    agencyId,
    actor,
    onBehalfOf,
    device: null,
    claimedAt,
    recordedAt: claimedAt,
    calendar: noDays,
  };
  return definition.reads(body.data, ctx).filter(({ kind }) => kind === 'document' || kind === 'task');
}

const noDays = { holidays: [], extraWorkingDays: [] };
