import { aggregates, commandsByName } from '#shared/commands.ts';
import { whyNotActor, type Changed } from '#shared/directory/public.ts';
import type {
  AgencyId,
  AggregateRef,
  Command,
  Instant,
  Reply,
  WorkingCalendar,
} from '#shared/kernel/public.ts';
import { decideNext, sqliteLog, type Decided, type LogPort } from '#shared/node/sequencer/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import type { Projection } from './projection.ts';
import { rebuildReadModels } from './rebuild.ts';

export type DeskParts = Readonly<{
  agencyId: AgencyId;
  db: WriteDb;
  projections: readonly Projection[];
  calendar: WorkingCalendar;
  now: () => Instant;
}>;

/** One agency's desk on this machine: a command goes in; acts, states and read models come out of one transaction. */
export type Desk = Readonly<{
  agencyId: AgencyId;
  db: WriteDb;
  log: LogPort;
  calendar: WorkingCalendar;
  now: () => Instant;
  execute: (command: Command) => Reply;
  /**
   * The same for every command, also those that only a server decides: answered once it has, or as still waiting.
   * `hasNoUseLater` waits longer for it: the answer is for whoever stands there now.
   */
  ask: (command: Command, hasNoUseLater?: boolean) => Promise<Reply>;
  /** Several commands in one commit, for imports; each is decided on its own, in order. */
  executeAll: (commands: readonly Command[]) => readonly Reply[];
  onChanged: (listener: (changed: Changed) => void) => () => void;
  /** Empties every read model and folds the log again; returns the number of entries. */
  rebuild: () => number;
}>;

export function openDesk({ agencyId, db, projections, calendar, now }: DeskParts): Desk {
  const log = sqliteLog(db);
  const listeners = new Set<(changed: Changed) => void>();
  const outbox = db.prepare("INSERT INTO outbox (command_id, body, status) VALUES (?, ?, 'acked')");
  const sequencer = {
    agencyId,
    log,
    commands: commandsByName,
    aggregates,
    calendar: () => calendar,
    now,
    whyNot: whyNotActor,
  };

  function decideAndProject(command: Command): Decided {
    const decided = decideNext(sequencer, command);
    if (!decided.isNew) return decided;
    // On a single desk the sequencer's decision is in the same transaction, so the command is answered at once.
    outbox.run(command.id, JSON.stringify(command));
    for (const projection of projections) projection.apply(db, decided);
    return decided;
  }

  function executeAll(commands: readonly Command[]): readonly Reply[] {
    const decisions = log.transaction(() => commands.map(decideAndProject));
    const changed = changedBy(
      decisions.flatMap((decided) => decided.changed.map(({ ref }) => ref)),
      Math.max(...decisions.map(({ chained }) => chained.entry.seq)),
    );
    if (changed !== null) for (const listener of listeners) listener(changed);
    return decisions.map(replyTo);
  }

  function execute(command: Command): Reply {
    const [reply] = executeAll([command]);
    if (reply === undefined) throw new Error('A command went unanswered');
    return reply;
  }

  return {
    agencyId,
    db,
    log,
    calendar,
    now,
    execute,
    ask: (command) => Promise.resolve(execute(command)),
    executeAll,
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    rebuild: () => log.transaction(() => rebuildReadModels({ db, log, aggregates, projections })),
  };
}

export function replyTo({ chained: { entry } }: Decided): Reply {
  if (entry.refusal !== null) return { ok: false, refusal: entry.refusal };
  return {
    ok: true,
    seq: entry.seq,
    acts: entry.acts.map(({ type, on, body }) => ({ type, on: { ...on }, body })),
  };
}

/** What to tell the windows; null when nothing changed. */
export function changedBy(refs: readonly AggregateRef[], seq: number): Changed | null {
  if (refs.length === 0) return null;
  const documents = refs.filter(({ kind }) => kind === 'document').map(({ id }) => id);
  return { seq, kinds: [...new Set(refs.map(({ kind }) => kind))], documents: [...new Set(documents)] };
}
