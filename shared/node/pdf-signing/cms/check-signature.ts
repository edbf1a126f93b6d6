import { constants, createPublicKey, verify, type KeyObject, type VerifyKeyObjectInput } from 'node:crypto';
import { DerError, child, der, derOid, readDer, readOid, tag, type DerNode } from './der.ts';
import { hashNameOf, oid } from './oids.ts';

const ecdsaHashes: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '2.16.840.1.101.3.4.3.9': 'sha3-224',
  '2.16.840.1.101.3.4.3.10': 'sha3-256',
  '2.16.840.1.101.3.4.3.11': 'sha3-384',
  '2.16.840.1.101.3.4.3.12': 'sha3-512',
};

const rsaHashes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '2.16.840.1.101.3.4.3.13': 'sha3-224',
  '2.16.840.1.101.3.4.3.14': 'sha3-256',
  '2.16.840.1.101.3.4.3.15': 'sha3-384',
  '2.16.840.1.101.3.4.3.16': 'sha3-512',
};

/** Algorithms that hash for themselves. */
const wholeMessage: ReadonlySet<string> = new Set([
  '1.3.101.112', // Ed25519
  '1.3.101.113', // Ed448
  '2.16.840.1.101.3.4.3.17', // ML-DSA-44
  '2.16.840.1.101.3.4.3.18', // ML-DSA-65
  '2.16.840.1.101.3.4.3.19', // ML-DSA-87
]);

/** An algorithm as it is named beside a signature; `digest` stands in where the name leaves the hash open. */
export type SignatureAlgorithm = Readonly<{
  algorithm: string;
  parameters: DerNode | null;
  digest?: string | null;
}>;

/** The algorithm of an AlgorithmIdentifier. */
export function readAlgorithm(node: DerNode): SignatureAlgorithm {
  return { algorithm: readOid(child(node, 0)), parameters: node.children[1] ?? null };
}

/** Whether the signature over these bytes was made by this key's owner; false for whatever cannot be checked. */
export function isSignatureRight(
  { algorithm, parameters, digest = null }: SignatureAlgorithm,
  key: KeyObject,
  signed: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    if (wholeMessage.has(algorithm)) return verify(null, signed, key, signature);
    if (algorithm === oid.rsaPss) {
      const pss = pssOf(parameters);
      if (pss === null || parameters === null) return false;
      return verify(
        pss.hash,
        signed,
        { key: pss.isPlain ? key : keyFor(key, parameters), ...pss.options },
        signature,
      );
    }
    const hash = ecdsaHashes[algorithm] ?? rsaHashes[algorithm] ?? digest;
    if (hash === null) return false;
    const isRsa = algorithm === oid.rsaEncryption || algorithm in rsaHashes;
    if (isRsa !== (key.asymmetricKeyType === 'rsa')) return false;
    const options: VerifyKeyObjectInput = isRsa
      ? { key, padding: constants.RSA_PKCS1_PADDING }
      : { key, dsaEncoding: 'der' };
    return verify(hash, signed, options, signature);
  } catch {
    // The platform refuses keys and encodings it does not know; a signature that cannot be checked is not right.
    return false;
  }
}

/** Whether the algorithm still hashes with something nobody can make collide. */
export function isWeakAlgorithm({ algorithm, parameters }: SignatureAlgorithm): boolean {
  if (wholeMessage.has(algorithm)) return false;
  if (algorithm === oid.rsaPss) return (pssOf(parameters)?.hash ?? 'sha1') === 'sha1';
  return (ecdsaHashes[algorithm] ?? rsaHashes[algorithm] ?? 'sha1') === 'sha1';
}

function pssOf(parameters: DerNode | null): Pss | null {
  try {
    return readPss(parameters);
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

type Pss = Readonly<{
  hash: string;
  /** The mask is made with the same hash, as nearly everybody does and as the platform takes for granted. */
  isPlain: boolean;
  options: Readonly<{ padding: number; saltLength: number }>;
}>;

const mgf1 = '1.2.840.113549.1.1.8';

function readPss(parameters: DerNode | null): Pss | null {
  const inner = (number: number): DerNode | undefined =>
    parameters?.children.find((node) => node.tag === 0xa0 + number)?.children[0];
  const hash = namedHash(inner(0));
  const mask = inner(1);
  const isMgf1 = mask === undefined || readOid(child(mask, 0)) === mgf1;
  const maskHash = namedHash(mask?.children[1]);
  if (hash === null || maskHash === null || !isMgf1) return null;
  const salt = inner(2);
  const saltLength = salt === undefined ? 20 : smallNumber(salt);
  return {
    hash,
    isPlain: hash === maskHash,
    options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength },
  };
}

/** The hash of an AlgorithmIdentifier; SHA-1 where it is left out (RFC 4055 3.1). */
function namedHash(node: DerNode | undefined): string | null {
  return node === undefined ? 'sha1' : hashNameOf(readOid(child(node, 0)));
}

function smallNumber({ tag: kind, content }: DerNode): number {
  if (kind !== tag.integer || content.length === 0 || content.length > 2 || (content[0] ?? 0) >= 0x80) {
    throw new DerError('a salt length out of range');
  }
  return content.reduce((value, byte) => value * 256 + byte, 0);
}

/** The same key, bound to its parameters: the only way to name the mask's hash to the platform. */
function keyFor(key: KeyObject, parameters: DerNode): KeyObject {
  const bits = child(readDer(key.export({ type: 'spki', format: 'der' })), 1, tag.bitString).whole;
  const algorithm = der(tag.sequence, derOid(oid.rsaPss), parameters.whole);
  return createPublicKey({
    key: Buffer.from(der(tag.sequence, algorithm, bits)),
    format: 'der',
    type: 'spki',
  });
}
