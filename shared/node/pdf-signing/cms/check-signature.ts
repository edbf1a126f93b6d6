import { constants, verify, type KeyObject, type VerifyKeyObjectInput } from 'node:crypto';
import { DerError, child, readOid, type DerNode } from './der.ts';
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
      return pss !== null && verify(pss.hash, signed, { key, ...pss.options }, signature);
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

type Pss = Readonly<{ hash: string; options: Readonly<{ padding: number; saltLength: number }> }>;

function readPss(parameters: DerNode | null): Pss | null {
  const inner = (number: number): DerNode | undefined =>
    parameters?.children.find((node) => node.tag === 0xa0 + number)?.children[0];
  const hashNode = inner(0);
  const hash = hashNode === undefined ? 'sha1' : hashNameOf(readOid(child(hashNode, 0)));
  if (hash === null) return null;
  const saltLength = inner(2)?.content.at(-1) ?? 20;
  return { hash, options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } };
}
