import {
  constants,
  createHash,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  verify,
  type KeyObject,
} from 'node:crypto';

// RFC 9474, RSABSSA-SHA384-PSS-Randomized: SHA-384, MGF1 with SHA-384, a salt of 48 bytes, a prefix of 32.
const digestBytes = 48;
export const saltBytes = 48;
export const prefixBytes = 32;

export type BlindKey = Readonly<{ n: bigint; bytes: number; bits: number; key: KeyObject }>;

/** The chance a blinding is made from; derived, where the same is to come out again. */
export type Chance = Readonly<{ salt: Uint8Array; r: bigint }>;

export type Blinded = Readonly<{ blinded: Uint8Array; inverse: bigint }>;

/** A public key from its SubjectPublicKeyInfo. */
export function readBlindKey(spki: Uint8Array): BlindKey {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const n = numberOf(Buffer.from(key.export({ format: 'jwk' }).n ?? '', 'base64url'));
  const bits = n.toString(2).length;
  return { n, bytes: Math.ceil(bits / 8), bits, key };
}

/** RFC 9474 4.2: what the signer is given, which tells nothing of the message. */
export function blind(key: BlindKey, prepared: Uint8Array, { salt, r }: Chance): Blinded {
  const m = numberOf(encode(prepared, key.bits - 1, salt));
  const inverse = invert(r, key.n);
  // Would give a factor of the modulus away: less likely than to guess it.
  if (inverse === null || invert(m, key.n) === null) throw new Error('This cannot be blinded');
  const x = numberOf(publicEncrypt(plain(key.key), bytesOf(r, key.bytes)));
  return { blinded: bytesOf((m * x) % key.n, key.bytes), inverse };
}

/** RFC 9474 4.3, by OpenSSL's own arithmetic, which blinds against timing; null for what is no number below the modulus. */
export function blindSign(privateKey: KeyObject, blinded: Uint8Array): Uint8Array | null {
  const publicKey = createPublicKey(privateKey);
  const { n, bytes } = readBlindKey(publicKey.export({ format: 'der', type: 'spki' }));
  if (blinded.length !== bytes || numberOf(blinded) >= n) return null;
  const signature = privateDecrypt(plain(privateKey), blinded);
  // A fault in the arithmetic would give the key away (step 5).
  return publicEncrypt(plain(publicKey), signature).equals(blinded) ? signature : null;
}

/** RFC 9474 4.4: the signature itself; null unless it is the key's over this message. */
export function finalize(
  key: BlindKey,
  prepared: Uint8Array,
  blindSignature: Uint8Array,
  inverse: bigint,
): Uint8Array | null {
  if (blindSignature.length !== key.bytes) return null;
  const signature = bytesOf((numberOf(blindSignature) * inverse) % key.n, key.bytes);
  return isSigned(key.key, prepared, signature) ? signature : null;
}

/** RFC 9474 4.5: RSASSA-PSS as everybody has it, `openssl` too. */
export function isSigned(key: KeyObject, prepared: Uint8Array, signature: Uint8Array): boolean {
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltBytes };
  return verify('sha384', prepared, pss, signature);
}

export function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
}

/** EMSA-PSS-ENCODE (RFC 8017 9.1.1). */
function encode(message: Uint8Array, bits: number, salt: Uint8Array): Uint8Array {
  const length = Math.ceil(bits / 8);
  const h = sha384(Buffer.alloc(8), sha384(message), salt);
  const block = Buffer.alloc(length - digestBytes - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  const mask = generateMask(h, block.length);
  const masked = block.map((byte, place) => byte ^ (mask[place] ?? 0));
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - bits));
  return Buffer.concat([masked, h, Buffer.from([0xbc])]);
}

/** MGF1 (RFC 8017 B.2.1). */
function generateMask(seed: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / digestBytes) }, (_none, place) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(place);
    return sha384(seed, counter);
  });
  return Buffer.concat(blocks).subarray(0, length);
}

function sha384(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha384');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function plain(key: KeyObject) {
  return { key, padding: constants.RSA_NO_PADDING };
}

function bytesOf(number: bigint, length: number): Uint8Array {
  return Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex');
}

/** The inverse modulo a number, by Euclid; null where there is none. */
function invert(value: bigint, modulus: bigint): bigint | null {
  let [a, b] = [value % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : null;
}
