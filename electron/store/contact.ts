import { InstantSchema, type Instant } from '#shared/kernel/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import { prepared } from './prepared.ts';

/** When this desk last heard of its server, by its own clock; null before the first time. */
export function lastContact(db: ReadDb): Instant | null {
  const row = prepared(db, "SELECT value FROM setting WHERE name = 'sync.contact'").get() as
    { value: string } | undefined;
  return row === undefined ? null : InstantSchema.parse(row.value);
}

export function keepContact(db: WriteDb, at: Instant): void {
  prepared(
    db,
    "INSERT INTO setting (name, value) VALUES ('sync.contact', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(at);
}
