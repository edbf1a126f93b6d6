import type { Certificate } from './certificate.ts';
import { isWeakKey } from './signer-key.ts';

/** NIST SP 800-57 part 1 rev. 5, table 4: what gives 112 bits of security is acceptable through 2030. */
const endOf112BitsMs = Date.UTC(2031, 0, 1);

const never = Number.POSITIVE_INFINITY;

/** When signatures with this certificate's key stop proving anything, in milliseconds since 1970; 0 when they do not now. */
export function keyEndMs(certificate: Certificate): number {
  if (isWeakKey(certificate)) return 0;
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
  const isRsa = type === 'rsa' || type === 'rsa-pss';
  return isRsa && (details?.modulusLength ?? 0) < 3072 ? endOf112BitsMs : never;
}

/** The same of a hash, by its name for `node:crypto`. */
export function hashEndMs(hash: string | null): number {
  if (hash === null || hash === 'sha1') return 0;
  return hash.endsWith('224') ? endOf112BitsMs : never;
}
