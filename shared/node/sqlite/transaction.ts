import type { WriteDb } from './database.ts';
import { whenStoreFails } from './store-error.ts';

/**
 * Runs `work` in one immediate transaction: all of it is kept, or nothing. Work that returns a promise is refused and
 * rolled back, because another command would slip in while it waits. A call inside a call is a part of the outer one.
 */
export function inTransaction<Result>(db: WriteDb, work: () => Result): Result {
  return whenStoreFails(() => db.transaction(work).immediate());
}
