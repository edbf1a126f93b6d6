import { der, tag } from './der.ts';

/** Raw r‖s, as tokens answer, in the DER that CMS wants (RFC 5480, SEC 1 C.5). */
export function ecdsaSignatureInDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return der(tag.sequence, integer(raw.subarray(0, half)), integer(raw.subarray(half)));
}

function integer(unsigned: Uint8Array): Uint8Array {
  const first = unsigned.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Uint8Array.of(0) : unsigned.subarray(first);
  const isNegative = ((short[0] ?? 0) & 0x80) !== 0;
  return der(tag.integer, isNegative ? Buffer.concat([Uint8Array.of(0), short]) : short);
}
