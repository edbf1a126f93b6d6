import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { DeviceIdSchema } from '#shared/kernel/public.ts';
import { saltOf } from '#shared/node/sqlite/public.ts';
import type { DeviceKey } from '../joined-desk.ts';
import { readSealedJson, writeSealedJson } from './sealed-json.ts';

const name = 'spare.sealed';

const SpareSchema = z.object({
  device: z.object({ id: DeviceIdSchema, key: z.string() }),
  /** Of `office.db`, in hex. */
  salt: z.string().regex(/^[0-9a-f]{32}$/u),
});

export type Spare = Readonly<{ device: DeviceKey; salt: Uint8Array }>;

/** Keeps beside the database what it cannot be mended without: the key that speaks for this desk, and the file's salt. */
export function keepSpare(folder: string, dataKey: Uint8Array, { id, key }: DeviceKey): void {
  const salt = saltOf(join(folder, 'office.db'));
  const known = readSpare(folder, dataKey);
  if (known?.device.id === id && Buffer.compare(known.salt, salt) === 0) return;
  writeSealedJson(
    { path: join(folder, name), dataKey },
    {
      device: { id, key: key.export({ format: 'pem', type: 'pkcs8' }).toString() },
      salt: Buffer.from(salt).toString('hex'),
    },
  );
}

export function readSpare(folder: string, dataKey: Uint8Array): Spare | null {
  const kept = readSealedJson(join(folder, name), dataKey, SpareSchema);
  if (kept === null) return null;
  return {
    device: { id: kept.device.id, key: createPrivateKey(kept.device.key) },
    salt: Buffer.from(kept.salt, 'hex'),
  };
}
