import type { Act, Aggregate } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';

/** The state of one aggregate, as its acts folded it; null when there is none. */
export function readState<State, KindAct extends Act>(
  db: ReadDb,
  aggregate: Aggregate<State, KindAct>,
  id: string,
): State | null {
  const row = db
    .prepare<[string, string], { state: string }>('SELECT state FROM aggregate WHERE kind = ? AND id = ?')
    .get(aggregate.kind, id);
  // Folded by this aggregate's own `evolve` and written by the sequencer.
  return row === undefined ? null : (JSON.parse(row.state) as State);
}

/** Every aggregate of a kind with few members, such as people and units. */
export function readAll<State, KindAct extends Act>(
  db: ReadDb,
  aggregate: Aggregate<State, KindAct>,
): State[] {
  return db
    .prepare<[string], { state: string }>('SELECT state FROM aggregate WHERE kind = ? ORDER BY id')
    .all(aggregate.kind)
    .map((row) => JSON.parse(row.state) as State);
}
