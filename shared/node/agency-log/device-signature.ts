import { createPublicKey, verify } from 'node:crypto';

// SubjectPublicKeyInfo of an Ed25519 key is this and the 32 bytes (RFC 8410 4).
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether a device's key (raw Ed25519, base64) signed this text; anything that is no key or signature did not. */
export function isSigned(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'base64')]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  } catch {
    return false; // No such key: nobody signed with it.
  }
}
