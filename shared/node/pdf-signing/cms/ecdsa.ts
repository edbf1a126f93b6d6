import { der, derUnsigned, tag } from './der.ts';

/** Raw r‖s, as tokens answer, in the DER that CMS wants (RFC 5480, SEC 1 C.5). */
export function ecdsaSignatureInDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return der(tag.sequence, derUnsigned(raw.subarray(0, half)), derUnsigned(raw.subarray(half)));
}
