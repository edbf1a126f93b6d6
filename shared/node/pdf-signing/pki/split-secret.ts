import { randomBytes } from 'node:crypto';

/** A point of the polynomials that hide a secret: one for each of its bytes. */
export type Share = Readonly<{ x: number; y: Uint8Array }>;

/** Splits bytes by Shamir's scheme over GF(256): `needed` shares give them back, fewer tell nothing of them. */
export function splitSecret(
  secret: Uint8Array,
  { shares, needed }: Readonly<{ shares: number; needed: number }>,
): readonly Share[] {
  const above = Array.from({ length: needed - 1 }, () => randomBytes(secret.length));
  const coefficients = [secret, ...above];
  return Array.from({ length: shares }, (_, i) => {
    const x = i + 1;
    const y = secret.map((_byte, at) =>
      coefficients.reduceRight((sum, row) => multiply(sum, x) ^ (row[at] ?? 0), 0),
    );
    return { x, y };
  });
}

/** The secret of exactly as many shares as are needed, each at another place (Lagrange at zero). */
export function combineShares(shares: readonly Share[]): Uint8Array {
  const length = shares[0]?.y.length ?? 0;
  const secret = new Uint8Array(length);
  for (const { x, y } of shares) {
    const weight = shares.reduce(
      (product, other) => (other.x === x ? product : multiply(product, divide(other.x, other.x ^ x))),
      1,
    );
    for (let at = 0; at < length; at++) {
      secret[at] = (secret[at] ?? 0) ^ multiply(weight, y[at] ?? 0);
    }
  }
  return secret;
}

/** In GF(256) with the polynomial of AES; no tables, so that its time tells nothing of the factors. */
function multiply(a: number, b: number): number {
  let product = 0;
  let factor = a;
  for (let bit = 0; bit < 8; bit++) {
    product ^= factor * ((b >> bit) & 1);
    factor = ((factor << 1) & 0xff) ^ (0x1b * (factor >> 7));
  }
  return product;
}

/** b to the power 254 is its inverse. */
function divide(a: number, b: number): number {
  let inverse = 1;
  for (let i = 0; i < 254; i++) inverse = multiply(inverse, b);
  return multiply(a, inverse);
}
