import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AppError, HashSchema, type Hash } from '../../kernel/public.ts';
import { nodeFiles, writeWhole } from '../files/public.ts';
import { asStoreError } from '../sqlite/public.ts';
import type { BlobStore } from './blob-store.ts';

const ivBytes = 12;
const tagBytes = 16;

/** What its pieces make up is not the file that was said. */
const spoilt: ReadonlySet<string> = new Set(['store.blob-damaged', 'store.blob-too-large']);

type Name = Readonly<{ hash: Hash; size: number }>;

/**
 * Files on their way here: each piece is sealed and on the disk before it counts, and the file gets its name only when
 * all of it fits its hash (`sync.md` 3.8).
 */
export type Arriving = Readonly<{
  have: (hash: Hash) => readonly number[];
  /** How many files are on their way. */
  count: () => number;
  keep: (hash: Hash, piece: number, bytes: Uint8Array) => void;
  /** Publishes what its pieces make up; false, and everything forgotten, when that is another file. */
  finish: (file: Name, pieces: number) => Promise<boolean>;
  /** The files of which something has come, each with when the last piece did. */
  begun: () => readonly Readonly<{ hash: Hash; lastMs: number }>[];
  forget: (hash: Hash) => void;
}>;

export function openArriving(
  folder: string,
  { dataKey, blobs }: Readonly<{ dataKey: Uint8Array; blobs: Pick<BlobStore, 'putStream'> }>,
): Arriving {
  const key = new Uint8Array(hkdfSync('sha256', dataKey, '', 'antin arriving v1', 32));
  const shelf = (hash: Hash) => join(folder, hash);

  function read(hash: Hash, piece: number): Uint8Array {
    const sealed = nodeFiles.readWhole(join(shelf(hash), String(piece)));
    const opening = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes));
    opening.setAAD(Buffer.from(`${hash}:${piece}`));
    opening.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
    try {
      return Buffer.concat([opening.update(sealed.subarray(ivBytes + tagBytes)), opening.final()]);
    } catch (error) {
      throw new AppError('store.blob-damaged', {}, error);
    }
  }

  function* all(hash: Hash, pieces: number): Generator<Uint8Array, void> {
    for (let piece = 0; piece < pieces; piece += 1) yield read(hash, piece);
  }

  return {
    have: (hash) =>
      nodeFiles.exists(shelf(hash))
        ? nodeFiles
            .list(shelf(hash))
            .filter((name) => /^\d+$/u.test(name))
            .map(Number)
            .toSorted((a, b) => a - b)
        : [],
    count: () => (nodeFiles.exists(folder) ? nodeFiles.list(folder).length : 0),
    keep: (hash, piece, bytes) => {
      try {
        if (!nodeFiles.exists(shelf(hash))) nodeFiles.makeFolder(shelf(hash));
        const iv = randomBytes(ivBytes);
        const sealing = createCipheriv('aes-256-gcm', key, iv);
        sealing.setAAD(Buffer.from(`${hash}:${piece}`));
        const text = Buffer.concat([sealing.update(bytes), sealing.final()]);
        writeWhole(join(shelf(hash), String(piece)), Buffer.concat([iv, sealing.getAuthTag(), text]));
      } catch (error) {
        throw asStoreError(error) ?? error;
      }
    },
    finish: async ({ hash, size }, pieces) => {
      try {
        await blobs.putStream(later(all(hash, pieces)), { limitBytes: size, only: hash });
      } catch (error) {
        const isSpoilt = error instanceof AppError && spoilt.has(error.code);
        if (!isSpoilt) throw asStoreError(error) ?? error;
        nodeFiles.remove(shelf(hash));
        return false;
      }
      nodeFiles.remove(shelf(hash));
      return true;
    },
    begun: () =>
      (nodeFiles.exists(folder) ? nodeFiles.list(folder) : []).flatMap((name) => {
        const hash = HashSchema.safeParse(name).data;
        // A folder is younger by every piece that came into it.
        return hash === undefined ? [] : [{ hash, lastMs: nodeFiles.changedMs(shelf(hash)) }];
      }),
    forget: (hash) => {
      nodeFiles.remove(shelf(hash));
    },
  };
}

/** Gives way between two pieces, so that others are answered meanwhile. */
async function* later(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for (const piece of pieces) {
    await new Promise((soon) => setImmediate(soon));
    yield piece;
  }
}
