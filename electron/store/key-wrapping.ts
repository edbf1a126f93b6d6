import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { argon2id } from './argon2id.ts';
import { normalPassphrase } from './passphrase-rule.ts';

const Base64Schema = z.base64();

/** A data key under one person's passphrase: how it was derived, and the sealed key. */
export const WrappedKeySchema = z.object({
  kdf: z.object({
    name: z.literal('argon2id'),
    memoryKiB: z
      .int()
      .min(8)
      .max(4 * 1024 * 1024),
    iterations: z.int().min(1).max(100),
    parallelism: z.int().min(1).max(16),
    salt: Base64Schema,
  }),
  nonce: Base64Schema,
  sealed: Base64Schema,
});
export type WrappedKey = z.infer<typeof WrappedKeySchema>;

/** What a key costs whoever derives it: about a third of a second, and 64 MiB, for each passphrase that is tried. */
const usualCost = { memoryKiB: 64 * 1024, iterations: 3, parallelism: 1 };
const tagBytes = 16;

/** Seals a 32-byte data key for `personId`; the key of one person does not fit another's place. */
export async function wrapKey(
  dataKey: Uint8Array,
  personId: string,
  passphrase: string,
  cost = usualCost,
): Promise<WrappedKey> {
  const kdf = { name: 'argon2id' as const, ...cost, salt: base64(randomBytes(16)) };
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, kdf), nonce);
  cipher.setAAD(boundTo(personId, kdf));
  const sealed = Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  return { kdf, nonce: base64(nonce), sealed: base64(sealed) };
}

/** The data key, or null when the passphrase is not the one it was wrapped with. */
export async function unwrapKey(
  { kdf, nonce, sealed }: WrappedKey,
  personId: string,
  passphrase: string,
): Promise<Uint8Array | null> {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length !== 32 + tagBytes) return null;
  const key = await derive(passphrase, kdf);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(boundTo(personId, kdf));
  decipher.setAuthTag(bytes.subarray(32));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(0, 32)), decipher.final()]));
  } catch {
    return null; // The tag does not fit: another passphrase, or a changed file.
  }
}

function derive(passphrase: string, kdf: WrappedKey['kdf']): Promise<Uint8Array> {
  return argon2id({
    password: new TextEncoder().encode(normalPassphrase(passphrase)),
    salt: Buffer.from(kdf.salt, 'base64'),
    memoryKiB: kdf.memoryKiB,
    iterations: kdf.iterations,
    parallelism: kdf.parallelism,
  });
}

function boundTo(personId: string, kdf: WrappedKey['kdf']): Uint8Array {
  const { memoryKiB, iterations, parallelism } = kdf;
  return new TextEncoder().encode(`antin key v1|${personId}|${memoryKiB}|${iterations}|${parallelism}`);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
