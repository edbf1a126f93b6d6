import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.ts';
import { HashSchema, type Hash } from './ids.ts';

/** SHA-256 of bytes, as lower-case hex. */
export type Digest = (bytes: Uint8Array) => string;

let digest: Digest = (bytes) => bytesToHex(sha256(bytes));

/** Where the machine has a SHA-256 of its own that is faster: the same hashes from then on. */
export function hashWith(own: Digest): void {
  digest = own;
}

/** The hash before the first entry: 32 zero bytes. */
export const genesisHash: Hash = HashSchema.parse('0'.repeat(64));

export function hashBytes(bytes: Uint8Array): Hash {
  return HashSchema.parse(digest(bytes));
}

/** Of a text's UTF-8 bytes. */
export function hashText(text: string): Hash {
  return hashBytes(utf8ToBytes(text));
}

/** `SHA-256(previous hash ‖ RFC 8785 bytes of the entry)`, so that anyone can walk the chain with two tools. */
export function chainHash(previous: Hash, entry: unknown): Hash {
  const text = utf8ToBytes(canonicalJson(entry));
  const joined = new Uint8Array(32 + text.length);
  joined.set(hexToBytes(previous));
  joined.set(text, 32);
  return hashBytes(joined);
}
