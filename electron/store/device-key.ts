import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { AppError, DeviceIdSchema } from '#shared/kernel/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import type { DeviceKey } from './joined-desk.ts';
import { prepared } from './prepared.ts';

const KeptSchema = z.object({ id: DeviceIdSchema, key: z.string() });

/** The key that speaks for this desk lies in its encrypted database and nowhere else. */
export function keepDevice(db: WriteDb, { id, key }: DeviceKey): void {
  const kept = { id, key: key.export({ format: 'pem', type: 'pkcs8' }).toString() };
  prepared(
    db,
    "INSERT INTO setting (name, value) VALUES ('sync.device', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(JSON.stringify(kept));
}

export function deviceOf(db: ReadDb): Readonly<{ device: DeviceKey }> {
  const row = prepared(db, "SELECT value FROM setting WHERE name = 'sync.device'").get() as
    { value: string } | undefined;
  if (row === undefined) throw new AppError('sync.no-device-key');
  const { id, key } = KeptSchema.parse(JSON.parse(row.value));
  return { device: { id, key: createPrivateKey(key) } };
}
