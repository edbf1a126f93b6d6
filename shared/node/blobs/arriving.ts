import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AppError, HashSchema, type Hash } from '../../kernel/public.ts';
import { nodeFiles, writeWhole, type FileOperations } from '../files/public.ts';
import { asStoreError } from '../sqlite/public.ts';
import type { BlobStore } from './blob-store.ts';
import { nextTurn, type GiveWay } from './give-way.ts';

const ivBytes = 12;
const tagBytes = 16;

/** What its pieces make up is not the file that was said. */
const spoilt: ReadonlySet<string> = new Set(['store.blob-damaged', 'store.blob-too-large']);

type Name = Readonly<{ hash: Hash; size: number }>;

/** Pieces of files, each sealed and on the disk before it counts. */
export type Pieces = Readonly<{
  have: (hash: Hash) => readonly number[];
  keep: (hash: Hash, piece: number, bytes: Uint8Array) => void;
  /** One that is here; damaged bytes are never given out. */
  read: (hash: Hash, piece: number) => Uint8Array;
  forget: (hash: Hash) => void;
}>;

/** Files on their way here, piece by piece: one gets its name only when all of it fits its hash (`sync.md` 3.8). */
export type Arriving = Omit<Pieces, 'read'> &
  Readonly<{
    /** How many files are on their way. */
    count: () => number;
    /** Publishes what its pieces make up; false, and everything forgotten, when that is another file. */
    finish: (file: Name, count: number) => Promise<boolean>;
    /** The files of which something has come, each with when the last piece did. */
    begun: () => readonly Readonly<{ hash: Hash; lastMs: number }>[];
  }>;

type PiecesParts = Readonly<{ dataKey: Uint8Array; files?: FileOperations }>;
type ArrivingParts = PiecesParts &
  Readonly<{ blobs: Pick<BlobStore, 'putStream' | 'verify'>; giveWay?: GiveWay }>;

export function openPieces(folder: string, { dataKey, files = nodeFiles }: PiecesParts): Pieces {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, '', 'antin arriving v1', 32)));
  const shelf = (hash: Hash) => join(folder, hash);

  function read(hash: Hash, piece: number): Uint8Array {
    const path = join(shelf(hash), String(piece));
    // The same piece came twice, and whoever was first has put them together.
    if (!files.exists(path)) throw new AppError('store.blob-missing');
    const sealed = files.readWhole(path);
    try {
      const opening = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes));
      opening.setAAD(Buffer.from(`${hash}:${piece}`));
      opening.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
      const plain = opening.update(sealed.subarray(ivBytes + tagBytes));
      opening.final();
      return plain;
    } catch (error) {
      throw new AppError('store.blob-damaged', {}, error);
    }
  }

  return {
    have: (hash) =>
      files.exists(shelf(hash))
        ? files
            .list(shelf(hash))
            .filter((name) => /^\d+$/u.test(name))
            .map(Number)
            .toSorted((a, b) => a - b)
        : [],
    read,
    keep: (hash, piece, bytes) => {
      try {
        if (!files.exists(shelf(hash))) files.makeFolder(shelf(hash));
        const iv = randomBytes(ivBytes);
        const sealing = createCipheriv('aes-256-gcm', key, iv);
        sealing.setAAD(Buffer.from(`${hash}:${piece}`));
        const text = sealing.update(bytes);
        sealing.final();
        writeWhole(join(shelf(hash), String(piece)), Buffer.concat([iv, sealing.getAuthTag(), text]), files);
      } catch (error) {
        throw asStoreError(error) ?? error;
      }
    },
    forget: (hash) => {
      files.remove(shelf(hash));
    },
  };
}

export function openArriving(
  folder: string,
  { dataKey, blobs, files = nodeFiles, giveWay = nextTurn }: ArrivingParts,
): Arriving {
  const { read, ...pieces } = openPieces(folder, { dataKey, files });

  function* all(hash: Hash, count: number): Generator<Uint8Array, void> {
    for (let piece = 0; piece < count; piece += 1) yield read(hash, piece);
  }

  return {
    ...pieces,
    count: () => (files.exists(folder) ? files.list(folder).length : 0),
    finish: async ({ hash, size }, count) => {
      try {
        await blobs.putStream(later(all(hash, count), giveWay), { limitBytes: size, only: hash });
      } catch (error) {
        if (error instanceof AppError && error.code === 'store.blob-missing') return blobs.verify(hash);
        const isSpoilt = error instanceof AppError && spoilt.has(error.code);
        if (!isSpoilt) throw asStoreError(error) ?? error;
        pieces.forget(hash);
        return false;
      }
      pieces.forget(hash);
      return true;
    },
    begun: () =>
      (files.exists(folder) ? files.list(folder) : []).flatMap((name) => {
        const hash = HashSchema.safeParse(name).data;
        // A folder is younger by every piece that came into it.
        return hash === undefined ? [] : [{ hash, lastMs: files.changedMs(join(folder, hash)) }];
      }),
  };
}

/** Gives way between two pieces, so that others are answered meanwhile. */
async function* later(pieces: Iterable<Uint8Array>, giveWay: GiveWay): AsyncGenerator<Uint8Array, void> {
  for (const piece of pieces) {
    await giveWay();
    yield piece;
  }
}
