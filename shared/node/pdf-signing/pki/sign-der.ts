import { constants, sign, type KeyObject } from 'node:crypto';
import { der, derNull, derOid, tag } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';

/** The AlgorithmIdentifier with which a key signs here: SHA-256, and SHA-384 for P-384; Ed25519 for a server's word on its devices. */
export function algorithmOf(key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType === 'rsa') return der(tag.sequence, derOid(oid.sha256WithRsa), derNull);
  // RFC 8410 3: Ed25519 names no parameters, and hashes by itself.
  if (key.asymmetricKeyType === 'ed25519') return der(tag.sequence, derOid(oid.ed25519));
  // RFC 5758 3.2: ECDSA names no parameters.
  return der(tag.sequence, derOid(isLarge(key) ? oid.ecdsaWithSha384 : oid.ecdsaWithSha256));
}

/** Signs DER and gives the BIT STRING that stands behind its algorithm. */
export function signDer(signed: Uint8Array, key: KeyObject): Uint8Array {
  return der(tag.bitString, Uint8Array.of(0), signatureBy(key, signed));
}

function signatureBy(key: KeyObject, signed: Uint8Array): Uint8Array {
  if (key.asymmetricKeyType === 'ed25519') return sign(null, signed, key);
  if (key.asymmetricKeyType === 'rsa') {
    return sign('sha256', signed, { key, padding: constants.RSA_PKCS1_PADDING });
  }
  return sign(isLarge(key) ? 'sha384' : 'sha256', signed, { key, dsaEncoding: 'der' });
}

function isLarge(key: KeyObject): boolean {
  return key.asymmetricKeyDetails?.namedCurve === 'secp384r1';
}
