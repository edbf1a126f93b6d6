import type { Transaction } from 'better-sqlite3';
import type { WriteDb } from './database.ts';
import { whenStoreFails } from './store-error.ts';

/** Wrapping takes longer than an empty transaction, so it is done once for each database. */
const wrapped = new WeakMap<WriteDb, Transaction<(work: () => unknown) => unknown>>();

/** The transaction itself; its failures are SQLite's own. */
export function immediately<Result>(db: WriteDb, work: () => Result): Result {
  let transaction = wrapped.get(db);
  if (transaction === undefined) {
    transaction = db.transaction((one) => one());
    wrapped.set(db, transaction);
  }
  // It gives what `work` gives.
  return transaction.immediate(work) as Result;
}

/**
 * Runs `work` in one immediate transaction: all of it is kept, or nothing. Work that returns a promise is refused and
 * rolled back, because another command would slip in while it waits. A call inside a call is a part of the outer one.
 */
export function inTransaction<Result>(db: WriteDb, work: () => Result): Result {
  return whenStoreFails(() => immediately(db, work));
}
