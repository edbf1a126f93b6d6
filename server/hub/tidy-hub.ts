import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { HashSchema, type Hash, type Instant } from '#shared/kernel/public.ts';

const PartSchema = z.object({ hash: HashSchema });

/**
 * A hub cannot read receipts: it knows that a parcel has come by its recipient having gone past it. The last one of each mailbox
 * stays, by which a hub that was brought back from an older copy is noticed.
 */
export function tidyHub(db: Database, before: Instant): readonly Hash[] {
  db.prepare(
    `DELETE FROM mailbox AS m WHERE m.collected_at < ?
     AND m.n < (SELECT MAX(n) FROM mailbox l WHERE l.recipient = m.recipient AND l.collected_at IS NOT NULL)`,
  ).run(before);
  db.prepare(
    `DELETE FROM parcel AS p WHERE NOT EXISTS
       (SELECT 1 FROM mailbox m WHERE m.sender = p.sender AND m.id = p.id AND m.hash = p.hash)`,
  ).run();
  const orphans = `NOT EXISTS (SELECT 1 FROM parcel p WHERE p.sender = part.sender AND p.id = part.id)`;
  const gone = db.prepare(`SELECT DISTINCT hash FROM part WHERE ${orphans}`).all();
  db.prepare(`DELETE FROM part WHERE ${orphans}`).run();
  const isNamed = db.prepare('SELECT 1 FROM part WHERE hash = ? LIMIT 1');
  return gone.map((row) => PartSchema.parse(row).hash).filter((hash) => isNamed.get(hash) === undefined);
}
