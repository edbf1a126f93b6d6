import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** The keys that TT 15/2025 and today's practice call strong enough. */
export type KeyType = 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | 'p-256' | 'p-384';

export type KeyPair = Readonly<{ publicKey: KeyObject; privateKey: KeyObject }>;

/** Makes a fresh key pair. */
export function newKeyPair(type: KeyType = 'rsa-2048'): KeyPair {
  if (type === 'p-256' || type === 'p-384') {
    return generateKeyPairSync('ec', { namedCurve: type === 'p-256' ? 'prime256v1' : 'secp384r1' });
  }
  return generateKeyPairSync('rsa', {
    modulusLength: Number(type.slice('rsa-'.length)),
    publicExponent: 65_537,
  });
}
