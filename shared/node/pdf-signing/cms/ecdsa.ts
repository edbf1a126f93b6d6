import { der, derUnsigned, tag } from './der.ts';

/** Raw r‖s, as tokens answer, in the DER that CMS wants (RFC 5480, SEC 1 C.5). */
export function ecdsaSignatureInDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return der(tag.sequence, derUnsigned(raw.subarray(0, half)), derUnsigned(raw.subarray(half)));
}

/** The other way, as XMLDSig and JWS want it: r and s side by side, each as wide as the curve. */
export function ecdsaSignatureRaw(made: Uint8Array, width: number): Uint8Array {
  const bytes = Buffer.from(made);
  // A sequence of two integers; beyond 127 its length takes one byte more.
  const r = bytes[1] === 0x81 ? 3 : 2;
  const s = r + 2 + (bytes[r + 1] ?? 0);
  const raw = Buffer.alloc(width * 2);
  for (const [place, at] of [r, s].entries()) {
    const number = bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0));
    const significant = number.subarray(Math.max(0, number.length - width));
    raw.set(significant, (place + 1) * width - significant.length);
  }
  return raw;
}
