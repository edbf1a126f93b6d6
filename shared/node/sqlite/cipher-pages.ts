import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { nodeFiles, type OpenFile } from '../files/public.ts';

// SQLCipher 4: each page is its ciphertext (AES-256-CBC), 16 bytes of vector and HMAC-SHA512 over both and the page's
// number; the first page begins with 16 bytes of salt, from which, and the key, the key of the HMAC comes.

export const cipherPageBytes = 4096;
const vectorBytes = 16;
const proofBytes = 64;
export const saltBytes = 16;
/** What of a page SQLite may use. */
export const usableBytes = cipherPageBytes - vectorBytes - proofBytes;

const walHeadBytes = 32;
const frameHeadBytes = 24;

export type CipherPages = Readonly<{
  /** How many pages the file and its log beside it name. */
  count: number;
  /** A page as SQLite would read it, numbered from 1; null where what lies there is not what was written. */
  page: (number: number) => Buffer | null;
  close: () => void;
}>;

export type CipherFile = Readonly<{
  path: string;
  key: Uint8Array;
  /** The salt as it was, where the file's own may be damaged too. */
  salt: Uint8Array | null;
}>;

/** The pages of an encrypted database, whether or not SQLite can open it; what was committed beside it counts. */
export function openCipherPages({ path, key, salt }: CipherFile): CipherPages {
  const files = [open(path), open(`${path}-wal`)];
  const [main, wal] = files;
  const size = main === null ? 0 : nodeFiles.sizeOf(path);
  const frames =
    wal === null
      ? new Map<number, readonly number[]>()
      : framesOf(wal ?? null, nodeFiles.sizeOf(`${path}-wal`));
  const known = salt ?? main?.read(0, saltBytes) ?? new Uint8Array(saltBytes);
  const proofKey = pbkdf2Sync(
    key,
    known.map((byte) => byte ^ 0x3a),
    2,
    32,
    'sha512',
  );
  const count = Math.max(Math.floor(size / cipherPageBytes), ...frames.keys());

  function sound(sealed: Uint8Array, number: number): Buffer | null {
    if (sealed.length !== cipherPageBytes) return null;
    const from = number === 1 ? saltBytes : 0;
    const place = Buffer.alloc(4);
    place.writeUInt32LE(number);
    const proof = createHmac('sha512', proofKey)
      .update(sealed.subarray(from, cipherPageBytes - proofBytes))
      .update(place)
      .digest();
    if (!timingSafeEqual(proof, sealed.subarray(cipherPageBytes - proofBytes))) return null;
    const decipher = createDecipheriv(
      'aes-256-cbc',
      key,
      sealed.subarray(usableBytes, usableBytes + vectorBytes),
    );
    decipher.setAutoPadding(false);
    const plain = Buffer.concat([decipher.update(sealed.subarray(from, usableBytes)), decipher.final()]);
    return from === 0 ? plain : Buffer.concat([Buffer.alloc(from), plain]);
  }

  return {
    count,
    page: (number) => {
      // The newest first; where it is damaged, an older one is better than none.
      for (const offset of frames.get(number) ?? []) {
        const found =
          wal === null || wal === undefined ? null : sound(wal.read(offset, cipherPageBytes), number);
        if (found !== null) return found;
      }
      if (main === null || main === undefined) return null;
      return sound(main.read((number - 1) * cipherPageBytes, cipherPageBytes), number);
    },
    close: () => {
      for (const file of files) file?.close();
    },
  };
}

function open(path: string): OpenFile | null {
  return nodeFiles.exists(path) ? nodeFiles.open(path) : null;
}

/** Where in the log beside the database each page lies that was committed, the newest first. */
function framesOf(wal: OpenFile | null, size: number): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  if (wal === null || size < walHeadBytes) return found;
  const generation = Buffer.from(wal.read(16, 8));
  let waiting: (readonly [number, number])[] = [];
  for (
    let at = walHeadBytes;
    at + frameHeadBytes + cipherPageBytes <= size;
    at += frameHeadBytes + cipherPageBytes
  ) {
    const head = Buffer.from(wal.read(at, frameHeadBytes));
    // What follows is of an earlier round.
    if (!head.subarray(8, 16).equals(generation)) break;
    waiting.push([head.readUInt32BE(0), at + frameHeadBytes]);
    if (head.readUInt32BE(4) === 0) continue;
    for (const [page, offset] of waiting) found.set(page, [offset, ...(found.get(page) ?? [])]);
    waiting = [];
  }
  return found;
}

/** The salt of a database, to be kept elsewhere: without it nothing in the file can be told from damage. */
export function saltOf(path: string): Uint8Array {
  const file = nodeFiles.open(path);
  try {
    return file.read(0, saltBytes);
  } finally {
    file.close();
  }
}
