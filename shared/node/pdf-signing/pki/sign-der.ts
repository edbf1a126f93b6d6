import { constants, sign, type KeyObject } from 'node:crypto';
import { der, derNull, derOid, tag } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';

/** The AlgorithmIdentifier with which a key signs here: SHA-256, and SHA-384 for P-384. */
export function algorithmOf(key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType === 'rsa') return der(tag.sequence, derOid(oid.sha256WithRsa), derNull);
  // RFC 5758 3.2: ECDSA names no parameters.
  return der(tag.sequence, derOid(isLarge(key) ? oid.ecdsaWithSha384 : oid.ecdsaWithSha256));
}

/** Signs DER and gives the BIT STRING that stands behind its algorithm. */
export function signDer(signed: Uint8Array, key: KeyObject): Uint8Array {
  const signature =
    key.asymmetricKeyType === 'rsa'
      ? sign('sha256', signed, { key, padding: constants.RSA_PKCS1_PADDING })
      : sign(isLarge(key) ? 'sha384' : 'sha256', signed, { key, dsaEncoding: 'der' });
  return der(tag.bitString, Uint8Array.of(0), signature);
}

function isLarge(key: KeyObject): boolean {
  return key.asymmetricKeyDetails?.namedCurve === 'secp384r1';
}
