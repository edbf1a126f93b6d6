import { canonicalJson, chainHash, isRefusal, ref, refuse } from '../../kernel/public.ts';
import type {
  Act,
  AgencyId,
  Aggregate,
  AggregateRef,
  ChainedEntry,
  Command,
  CommandContext,
  CommandId,
  CommandDefinition,
  Decision,
  DeviceId,
  Instant,
  Refusal,
  Sent,
  States,
  WorkingCalendar,
} from '../../kernel/public.ts';
import { foldActs, keyOf, type Aggregates, type Changed } from './fold.ts';
import type { LogPort, StoredState } from './log-port.ts';

export type SequencerParts = Readonly<{
  agencyId: AgencyId;
  log: LogPort;
  commands: ReadonlyMap<string, CommandDefinition>;
  aggregates: Aggregates;
  calendar: () => WorkingCalendar;
  now: () => Instant;
  /** The desk whose own expectation this is; a server learns from each command what desk it came from. */
  device?: () => DeviceId;
  /** The door every command passes with today's rights, before its own rules. */
  whyNot: (command: Command, states: States) => Decision | null;
}>;

/** What one command changed: its place in the log, and each aggregate before and after. */
export type Decided = Readonly<{
  chained: ChainedEntry;
  /** False when this command had been decided before; nothing was written. */
  isNew: boolean;
  changed: readonly Changed[];
}>;

/**
 * The one writer of an agency's log (`sync.md` 3.3): dedupes by command id forever, decides again with today's rights,
 * gives every decision, refusals too, the next number in the hash chain. Call inside `log.transaction`.
 */
export function decideNext(parts: SequencerParts, command: Command, sent?: Sent): Decided {
  const earlier = parts.log.decisionOn(command.id);
  return earlier === null ? decideNew(parts, command, sent) : tellAgain(earlier, command);
}

/** The answer to a command that was decided before; nothing is written. */
export function tellAgain(earlier: ChainedEntry, command: Command): Decided {
  return { chained: repeated(earlier, command), isNew: false, changed: [] };
}

/** The same for whoever has looked already, and found no decision on it. */
export function decideNew(
  parts: SequencerParts,
  command: Command,
  sent?: Sent,
  /** What its decision is already, whatever the rules would say. */
  foregone?: Refusal,
): Decided {
  const head = parts.log.head();
  const deciding = nowDeciding(parts, command, sent);
  const { decision, stored } =
    foregone === undefined
      ? decideCommand(parts, deciding)
      : { decision: foregone, stored: new Map<string, StoredState | null>() };
  const acts = isRefusal(decision) ? [] : decision;
  const entry = {
    seq: head.seq + 1,
    agencyId: parts.agencyId,
    command,
    ...(sent === undefined ? {} : { sent }),
    recordedAt: deciding.ctx.recordedAt,
    acts,
    refusal: isRefusal(decision) ? decision : null,
  };
  const hash = chainHash(head.hash, entry);
  parts.log.append(entry, hash);
  return { chained: { entry, hash }, isNew: true, changed: keepStates(parts, acts, stored) };
}

/** Why a command would be refused as things stand, null where it would not; nothing is written of it. */
export function foretell(parts: SequencerParts, command: Command, sent?: Sent): Refusal | null {
  const { decision } = decideCommand(parts, nowDeciding(parts, command, sent));
  return isRefusal(decision) ? decision : null;
}

type Deciding = Readonly<{
  command: Command;
  ctx: CommandContext;
  /** It came from a desk, and rests there on another one that was not decided yet. */
  isSent: boolean;
  restsOn: CommandId | undefined;
}>;

function nowDeciding(parts: SequencerParts, command: Command, sent: Sent | undefined): Deciding {
  const ctx: CommandContext = {
    commandId: command.id,
    agencyId: parts.agencyId,
    actor: command.actor,
    onBehalfOf: command.onBehalfOf,
    device: sent?.device ?? parts.device?.() ?? null,
    claimedAt: command.claimedAt,
    recordedAt: notBefore(parts.now(), parts.log.lastRecordedAt()),
    calendar: parts.calendar(),
  };
  return { command, ctx, isSent: sent !== undefined, restsOn: sent?.restsOn };
}

type StateCache = Map<string, StoredState | null>;

function decideCommand(
  parts: SequencerParts,
  { command, ctx, isSent, restsOn }: Deciding,
): Readonly<{ decision: Decision; stored: StateCache }> {
  const stored: StateCache = new Map();
  const definition = parts.commands.get(command.name);
  if (definition === undefined) return { decision: refuse('kernel.unknown-command'), stored };
  const states = statesFrom(stored);
  const look = (read: AggregateRef) => stored.set(keyOf(read), parts.log.state(read));
  const always: readonly AggregateRef[] = [ref('person', command.actor), ref('agency', ctx.agencyId)];
  for (const read of always) look(read);
  // Rights first: who may not ask learns nothing of how to ask.
  const refused = parts.whyNot(command, states);
  if (refused !== null) return { decision: refused, stored };
  if (isSent && definition.atServer === true) return { decision: refuse('sync.server-only'), stored };
  // Given on top of what was not taken: nobody meant it for what stands now (`sync.md` 3.6).
  if (restsOn !== undefined && parts.log.decisionOn(restsOn)?.entry.refusal != null) {
    return { decision: refuse('sync.rests-on-refused', { on: restsOn }), stored };
  }
  const body = definition.body.safeParse(command.body);
  if (!body.success) return { decision: refuse('kernel.malformed-command'), stored };
  const reads = [...always, ...definition.reads(body.data, ctx)];
  for (let wanted = reads; wanted.length > 0;) {
    for (const read of wanted) look(read);
    const led = wanted.flatMap((read) => definition.follows?.(read, states) ?? []);
    wanted = led.filter((read) => !stored.has(keyOf(read)));
  }
  return { decision: definition.decide({ body: body.data, states, ctx }), stored };
}

function keepStates(parts: SequencerParts, acts: readonly Act[], stored: StateCache): readonly Changed[] {
  // An act on what the command did not ask for would be decided on unseen state.
  const unread = acts.find((act) => !stored.has(keyOf(act.on)));
  if (unread !== undefined) throw new Error(`${keyOf(unread.on)} changed without being read`);
  return foldActs(parts.log, parts.aggregates, acts);
}

/** The log never runs backwards, even when the machine's clock does. */
function notBefore(now: Instant, last: Instant | null): Instant {
  return last !== null && last > now ? last : now;
}

function repeated(earlier: ChainedEntry, command: Command): ChainedEntry {
  const { claimedAt: _first, ...before } = earlier.entry.command;
  const { claimedAt: _again, ...again } = command;
  if (canonicalJson(before) === canonicalJson(again)) return earlier;
  // The same id with other content is a fault or an attack, never a repetition (`sync.md` 3.3).
  return { ...earlier, entry: { ...earlier.entry, acts: [], refusal: refuse('kernel.command-id-reused') } };
}

function statesFrom(stored: StateCache): States {
  return {
    of: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string): State | null => {
      const found = stored.get(keyOf(ref(aggregate.kind, id)));
      if (found === undefined) throw new Error(`${aggregate.kind} ${id} was not asked for`);
      // The state was folded by this very aggregate's `evolve`.
      return (found?.state ?? null) as State | null;
    },
  };
}
