import {
  createCipheriv,
  createDecipheriv,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';
import { DeviceIdSchema, type DeviceId } from '#shared/kernel/public.ts';

/** A second way to a desk's data key: sealed under a secret that the agency's server gives out after a sign-in. */
export const KeyDoorSchema = z.object({
  /** What the identity provider is called. */
  name: z.string(),
  device: DeviceIdSchema,
  /** With this key (Ed25519, PKCS#8 DER) the desk asks for its secret; alone it opens nothing. */
  key: z.base64(),
  nonce: z.base64(),
  sealed: z.base64(),
});
export type KeyDoor = z.infer<typeof KeyDoorSchema>;

export type NewDoor = Readonly<{
  door: KeyDoor;
  /** For the server to keep: the secret and the door's public key, 32 bytes each (base64). */
  secret: string;
  doorKey: string;
}>;

const tagBytes = 16;

type DoorOf = Readonly<{ personId: string; device: DeviceId; name: string }>;

/** Seals a 32-byte data key under a fresh secret, which is not kept here. */
export function makeDoor(dataKey: Uint8Array, { personId, device, name }: DoorOf): NewDoor {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const [secret, nonce] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secret, device), nonce);
  cipher.setAAD(boundTo(personId, device));
  const sealed = Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  return {
    door: {
      name,
      device,
      key: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      nonce: nonce.toString('base64'),
      sealed: sealed.toString('base64'),
    },
    secret: secret.toString('base64'),
    doorKey: rawOf(publicKey),
  };
}

/** The data key, or null when the secret is another door's. */
export function openByDoor(
  { device, nonce, sealed }: KeyDoor,
  personId: string,
  secret: string,
): Uint8Array | null {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length !== 32 + tagBytes) return null;
  const key = keyFrom(Buffer.from(secret, 'base64'), device);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(boundTo(personId, device));
  decipher.setAuthTag(bytes.subarray(32));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(0, 32)), decipher.final()]));
  } catch {
    return null; // Made anew since, or a changed file.
  }
}

function rawOf(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
}

function keyFrom(secret: Uint8Array, device: DeviceId): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, Buffer.alloc(0), `antin door 1|${device}`, 32));
}

function boundTo(personId: string, device: DeviceId): Uint8Array {
  return new TextEncoder().encode(`antin door 1|${personId}|${device}`);
}
