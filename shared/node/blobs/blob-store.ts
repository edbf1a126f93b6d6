import type { Hash } from '../../kernel/public.ts';
import { copyFile } from '../files/public.ts';
import type { Blobs } from './blobs.ts';
import type { StoredBlob } from './write-sealed.ts';

/**
 * Where a server keeps its agency's files: a folder, or a store on other machines. Each is named by the SHA-256 of its
 * plaintext and sealed under the server's key wherever it lies; a name is there only when all of the file is.
 */
export type BlobStore = Readonly<{
  /** Keeps a stream once, refused beyond `limitBytes`; what is not the file called `only` is refused as damaged. */
  putStream: (
    source: AsyncIterable<Uint8Array>,
    limit: Readonly<{ limitBytes: number; only?: Hash }>,
  ) => Promise<StoredBlob>;
  /** A range, shorter where the file ends. Damaged bytes are never given out. */
  read: (hash: Hash, offset: number, length: number) => Promise<Uint8Array>;
  /** Length in bytes; null when it is not here. */
  size: (hash: Hash) => Promise<number | null>;
  /** Reads all of it against its name; false when damaged or missing. */
  verify: (hash: Hash) => Promise<boolean>;
  /** Every name; what came or went a moment ago may still be missing or listed. */
  all: () => AsyncIterable<Hash>;
  remove: (hash: Hash) => Promise<void>;
  /** The sealed file as it lies there, to a name that is not there yet; on the disk when it returns. */
  copyTo: (hash: Hash, path: string) => Promise<void>;
  /** Takes a sealed file as it is, once all of it fits its name under this key; else it is refused as damaged. */
  takeSealed: (hash: Hash, path: string) => Promise<void>;
}>;

/** The folder of this machine as such a store. */
export function folderStore(blobs: Blobs): BlobStore {
  return {
    putStream: blobs.putStream,
    read: blobs.read,
    size: (hash) => Promise.resolve().then(() => (blobs.has(hash) ? blobs.size(hash) : null)),
    verify: blobs.verify,
    all: async function* all() {
      yield* await Promise.resolve(blobs.all());
    },
    remove: (hash) =>
      Promise.resolve().then(() => {
        blobs.remove(hash);
      }),
    copyTo: async (hash, path) => {
      await copyFile(blobs.pathOf(hash), path);
    },
    takeSealed: blobs.takeSealed,
  };
}
