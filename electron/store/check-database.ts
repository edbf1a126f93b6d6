import { z } from 'zod';
import { InstantSchema, type Instant } from '#shared/kernel/public.ts';
import { checkFileAside, type ReadDb, type WriteDb } from '#shared/node/sqlite/public.ts';
import { prepared, preparedValue } from './prepared.ts';

export type OwnDatabase = Readonly<{
  db: WriteDb;
  path: string;
  dataKey: Uint8Array;
  now: () => Instant;
}>;

const setting = 'database.checked';
const LastSchema = z.object({ at: InstantSchema, sound: z.boolean() });

/** Looks through all of the desk's own database, while work goes on; null when it was stopped before (`sync.md` 3.2). */
export async function checkOwnDatabase(
  { db, path, dataKey, now }: OwnDatabase,
  stop: AbortSignal,
): Promise<boolean | null> {
  const sound = await checkFileAside({ path, key: dataKey, depth: 'full' }, stop);
  if (sound === null || stop.aborted) return null;
  const last = JSON.stringify({ at: now(), sound });
  prepared(db, 'INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)').run(setting, last);
  return sound;
}

/** When it was looked through last, and what was found. */
export function lastDatabaseCheck(db: ReadDb): z.infer<typeof LastSchema> | null {
  const value = preparedValue(db, 'SELECT value FROM setting WHERE name = ?').get(setting);
  return typeof value === 'string' ? LastSchema.parse(JSON.parse(value)) : null;
}
