import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { AppError } from '../../kernel/public.ts';

// A sealed file: `ANTB`, version 1, three zero bytes, 16 bytes of salt; then every chunk as nonce, ciphertext, tag;
// then the end: nonce, the sealed SHA-256 of the whole plaintext, tag.

/** Plaintext bytes of every chunk but the last, which has what is left. */
export const chunkBytes = 1024 * 1024;
export const headerBytes = 24;
export const endBytes = 60;

const nonceBytes = 12;
const tagBytes = 16;
const sealedExtra = nonceBytes + tagBytes;
const magic = Buffer.from('ANTB\u0001\u0000\u0000\u0000', 'latin1');

/** One file's own key, and the salt that binds every part to this file. */
export type Sealing = Readonly<{ salt: Uint8Array; key: KeyObject }>;

export function newSealing(storeKey: KeyObject): Sealing {
  return sealingOf(storeKey, new Uint8Array(randomBytes(16)));
}

export function headerOf({ salt }: Sealing): Uint8Array {
  return Buffer.concat([magic, salt]);
}

export function readHeader(storeKey: KeyObject, header: Uint8Array): Sealing {
  const isOurs = header.length === headerBytes && magic.equals(header.subarray(0, magic.length));
  if (!isOurs) throw new AppError('store.blob-damaged');
  return sealingOf(storeKey, header.subarray(magic.length));
}

/** Length of the plaintext, from the length of its sealed file. An empty one has one empty chunk. */
export function plainSizeOf(fileSize: number): number {
  const body = fileSize - headerBytes - endBytes;
  const chunks = Math.max(1, Math.ceil(body / (chunkBytes + sealedExtra)));
  const size = body - chunks * sealedExtra;
  // No sealed file has such a length.
  if (size < 0 || chunkCount(size) !== chunks) throw new AppError('store.blob-damaged');
  return size;
}

export function chunkCount(size: number): number {
  return Math.max(1, Math.ceil(size / chunkBytes));
}

/** Where a chunk lies in its sealed file, and how long it is there. */
export function placeOf(index: number, size: number): Readonly<{ offset: number; length: number }> {
  const plain = Math.min(chunkBytes, size - index * chunkBytes);
  return { offset: headerBytes + index * (chunkBytes + sealedExtra), length: plain + sealedExtra };
}

/** Bound to its file and its place there, so that no chunk stands in for another. */
export function sealChunk(sealing: Sealing, index: number, plain: Uint8Array): Uint8Array {
  return seal(sealing, place('chunk', index), plain);
}

export function openChunk(sealing: Sealing, index: number, sealed: Uint8Array): Uint8Array {
  return open(sealing, place('chunk', index), sealed);
}

/** The end holds the hash and is bound to the length, so that no file is cut, lengthened or given another's name. */
export function sealEnd(sealing: Sealing, size: number, sha256: Uint8Array): Uint8Array {
  return seal(sealing, place('end', size), sha256);
}

export function openEnd(sealing: Sealing, size: number, sealed: Uint8Array): Uint8Array {
  return open(sealing, place('end', size), sealed);
}

function sealingOf(storeKey: KeyObject, salt: Uint8Array): Sealing {
  return { salt, key: createSecretKey(Buffer.from(hkdfSync('sha256', storeKey, salt, 'antin blob v1', 32))) };
}

function seal({ key, salt }: Sealing, where: Uint8Array, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.concat([salt, where]));
  const text = cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, text, cipher.getAuthTag()]);
}

function open({ key, salt }: Sealing, where: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed.length < sealedExtra) throw new AppError('store.blob-damaged');
  const nonce = sealed.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.concat([salt, where]));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    const plain = decipher.update(sealed.subarray(nonceBytes, -tagBytes));
    // GCM holds nothing back: the end brings no bytes, only whether the tag fits.
    decipher.final();
    return plain;
  } catch (error) {
    throw new AppError('store.blob-damaged', {}, error);
  }
}

function place(kind: 'chunk' | 'end', count: number): Uint8Array {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(kind === 'end' ? 1 : 0);
  bytes.writeBigUInt64BE(BigInt(count), 1);
  return bytes;
}
