import { AppError } from '#shared/kernel/public.ts';
import { whenStoreFails, type ReadDb } from '#shared/node/sqlite/public.ts';

/**
 * Looks through the database: `quick` after an unclean exit, `full` on demand (it also compares every index with its
 * table). Damage is refused with its sentence.
 */
export function checkDatabase(db: ReadDb, depth: 'quick' | 'full'): void {
  const pragma = depth === 'quick' ? 'PRAGMA quick_check(1)' : 'PRAGMA integrity_check(1)';
  const found = whenStoreFails(() => db.prepare(pragma).pluck().get());
  if (found !== 'ok') throw new AppError('store.damaged', {}, found);
}
