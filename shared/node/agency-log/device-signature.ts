import { createPublicKey, verify, type KeyObject } from 'node:crypto';

// SubjectPublicKeyInfo of an Ed25519 key is this and the 32 bytes (RFC 8410 4).
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

// Reading a key costs a third of a check; an agency has few devices, and a stranger's key is not worth keeping long.
const mostKeys = 10_000;
const keys = new Map<string, KeyObject>();

/** Whether a device's key (raw Ed25519, base64) signed this text; anything that is no key or signature did not. */
export function isSigned(publicKey: string, text: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(text), keyFrom(publicKey), Buffer.from(signature, 'base64'));
  } catch {
    return false; // No such key: nobody signed with it.
  }
}

/** The same beside everything else, on another of the machine's processors. */
export function isSignedAside(publicKey: string, text: string, signature: string): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const key = keyFrom(publicKey);
      verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'), (error, isGood) => {
        resolve(error === null && isGood);
      });
    } catch {
      resolve(false);
    }
  });
}

function keyFrom(publicKey: string): KeyObject {
  const known = keys.get(publicKey);
  if (known !== undefined) return known;
  const der = Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'base64')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  if (keys.size >= mostKeys) keys.clear();
  keys.set(publicKey, key);
  return key;
}
