import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { nodeFiles, writeWhole, type FileOperations } from '#shared/node/files/public.ts';
import { whenStoreFails } from '#shared/node/sqlite/public.ts';

export type SealedPlace = Readonly<{ path: string; dataKey: Uint8Array; files?: FileOperations }>;

const nonceBytes = 12;
const tagBytes = 16;

/** Keeps something beside the database that must outlive it: sealed under the desk's own key, on the disk when this returns. */
export function writeSealedJson({ path, dataKey, files = nodeFiles }: SealedPlace, value: unknown): void {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(dataKey), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
  whenStoreFails(() => {
    writeWhole(path, Buffer.concat([nonce, sealed, cipher.getAuthTag()]), files);
  });
}

/** Null where there is none, or where it is not what was written. */
export function readSealedJson<Schema extends z.ZodType>(
  path: string,
  dataKey: Uint8Array,
  schema: Schema,
): z.output<Schema> | null {
  if (!nodeFiles.exists(path)) return null;
  const bytes = Buffer.from(whenStoreFails(() => nodeFiles.readWhole(path)));
  const text = opened(bytes, dataKey);
  return text === null ? null : (schema.safeParse(JSON.parse(text)).data ?? null);
}

function opened(bytes: Buffer, dataKey: Uint8Array): string | null {
  if (bytes.length < nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(dataKey), bytes.subarray(0, nonceBytes));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(nonceBytes, -tagBytes)),
      decipher.final(),
    ]).toString();
  } catch {
    return null; // Not under this key, or no longer what it was.
  }
}

function keyOf(dataKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', dataKey, '', 'antin beside v1', 32));
}
