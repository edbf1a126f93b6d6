import { ref, type Act, type Aggregate, type AggregateRef } from '../../kernel/public.ts';
import {
  nextScopeHash,
  ownScope,
  scopesOfAggregate,
  togetherWith,
  type Guards,
  type Scope,
} from '../../sync/public.ts';
import type { Decided } from '../sequencer/public.ts';
import type { AgencyLog } from './agency-log.ts';

/**
 * Puts a decision where it may be read: with whoever asked, and in every scope that may see what it changed. What a
 * scope sees for the first time comes with all that happened to it before. Call inside the decision's transaction.
 */
export function fanOut(log: AgencyLog, { chained, changed }: Decided, guards: Guards): void {
  const { entry } = chained;
  for (const { ref: touched } of changed) log.keepTouched(touched, entry.seq);
  // One decision may touch twenty thousand papers at once: what is shown is looked up, not searched for.
  const seen = new Map<Scope, Map<number, Map<string, AggregateRef>>>();
  const show = (scope: Scope, seq: number, what: AggregateRef | null): void => {
    const places = seen.get(scope) ?? new Map<number, Map<string, AggregateRef>>();
    const refs = places.get(seq) ?? new Map<string, AggregateRef>();
    if (what !== null) refs.set(`${what.kind}:${what.id}`, what);
    seen.set(scope, places.set(seq, refs));
  };
  const stateOf = stateOfLog(log);
  for (const { ref: touched, before } of changed) {
    // What begins with this decision has no past that a scope could lack.
    const hasPast = before !== null && guards.history;
    // Looked up once for all the scopes it is new to.
    let past: readonly Past[] | null = null;
    for (const scope of scopesOfAggregate(touched, stateOf)) {
      if (hasPast && !log.sees(scope, touched)) {
        past ??= [touched, ...togetherWith(touched, stateOf)].map((of) => ({ of, seqs: log.seqsOf(of) }));
        for (const { of, seqs } of past) for (const seq of seqs) show(scope, seq, of);
      }
      show(scope, entry.seq, touched);
    }
  }
  show(ownScope(entry.command.actor), entry.seq, null);
  for (const [scope, places] of seen) append({ log, scope, places, at: entry.seq });
}

/** Where an aggregate was touched so far. */
type Past = Readonly<{ of: AggregateRef; seqs: readonly number[] }>;

type Places = Readonly<{
  log: AgencyLog;
  scope: Scope;
  places: ReadonlyMap<number, ReadonlyMap<string, AggregateRef>>;
  at: number;
}>;

function append({ log, scope, places, at }: Places): void {
  const inOrder = [...places].toSorted(([a], [b]) => a - b);
  // All of a long past is asked for before any of it is missed: a log in a database then brings it in one go.
  const entries = new Map(inOrder.map(([seq]) => [seq, log.hashAt(seq)]));
  for (const [seq, shown] of inOrder) {
    const sees = [...shown.values()];
    const { n, hash } = log.scopeHead(scope);
    const entry = entries.get(seq) ?? null;
    if (entry === null) throw new Error(`Entry ${seq} is not in the log`);
    const item = { n: n + 1, seq, entry, sees };
    log.appendItem(scope, { ...item, at, hash: nextScopeHash(hash, item) });
  }
}

/** Reads states by their aggregates; call inside a transaction. */
export function stateOfLog(log: AgencyLog) {
  return <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string): State | null =>
    // Folded by this very aggregate's `evolve`.
    (log.state(ref(aggregate.kind, id))?.state ?? null) as State | null;
}
