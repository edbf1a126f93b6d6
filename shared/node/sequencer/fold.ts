import type { Act, Aggregate, AggregateKind, AggregateRef } from '../../kernel/public.ts';
import type { LogPort } from './log-port.ts';

export type Aggregates = Readonly<Record<AggregateKind, Aggregate<unknown, Act>>>;

/** One aggregate before and after the acts that happened to it. */
export type Changed = Readonly<{ ref: AggregateRef; before: unknown; after: unknown; acts: readonly Act[] }>;

/** Folds acts into the states of what they happened to, and keeps those; call inside a transaction. */
export function foldActs(log: LogPort, aggregates: Aggregates, acts: readonly Act[]): readonly Changed[] {
  const groups = new Map<string, { ref: AggregateRef; acts: Act[] }>();
  for (const act of acts) {
    const group = groups.get(keyOf(act.on)) ?? { ref: act.on, acts: [] };
    group.acts.push(act);
    groups.set(keyOf(act.on), group);
  }
  return [...groups.values()].map((group) => {
    const before = log.state(group.ref);
    const { evolve } = aggregates[group.ref.kind];
    const after = group.acts.reduce((state: unknown, act) => evolve(state, act), before?.state ?? null);
    log.keepState(group.ref, { version: (before?.version ?? 0) + group.acts.length, state: after });
    return { ref: group.ref, before: before?.state ?? null, after, acts: group.acts };
  });
}

export function keyOf({ kind, id }: AggregateRef): string {
  return `${kind}:${id}`;
}
