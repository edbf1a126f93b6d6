import type { Act, Aggregate } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { preparedValue } from './prepared.ts';

/** The state of one aggregate, as its acts folded it; null when there is none. */
export function readState<State, KindAct extends Act>(
  db: ReadDb,
  aggregate: Aggregate<State, KindAct>,
  id: string,
): State | null {
  const sql = 'SELECT state FROM aggregate WHERE kind = ? AND id = ?';
  const state = preparedValue(db, sql).get(aggregate.kind, id) as string | undefined;
  // Folded by this aggregate's own `evolve` and written by the sequencer.
  return state === undefined ? null : (JSON.parse(state) as State);
}

/** Every aggregate of a kind with few members, such as people and units. */
export function readAll<State, KindAct extends Act>(
  db: ReadDb,
  aggregate: Aggregate<State, KindAct>,
): State[] {
  const states = preparedValue(db, 'SELECT state FROM aggregate WHERE kind = ? ORDER BY id');
  return (states.all(aggregate.kind) as string[]).map((state) => JSON.parse(state) as State);
}
