import { createHash, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { dirname, join } from 'node:path';
import { AppError, HashSchema, type Hash } from '../../kernel/public.ts';
import { copyFile, nodeFiles, type FileOperations } from '../files/public.ts';
import { asStoreError, whenStoreFails } from '../sqlite/public.ts';
import { nextTurn, type GiveWay } from './give-way.ts';
import { isWhole, openSealed, readRange, type SealedReader } from './read-sealed.ts';
import { chunkBytes, plainSizeOf } from './sealed-file.ts';
import { writeSealed, type StoredBlob } from './write-sealed.ts';

export type BlobsParts = Readonly<{
  folder: string;
  /** The agency's 32-byte data key; the store derives its own from it. */
  dataKey: Uint8Array;
  files?: FileOperations;
  giveWay?: GiveWay;
  /** Only a test takes this away (`shared/sync/guards.ts`): a file is then believed to be what it is said to be. */
  provesNames?: boolean;
}>;

/** The encrypted files of one agency on this machine, named by the SHA-256 of their plaintext; offsets in bytes. */
export type Blobs = Readonly<{
  /** Keeps bytes once, however often they come; when it returns they are on the disk. Heals a damaged copy. */
  put: (bytes: Uint8Array) => Promise<StoredBlob>;
  /**
   * The same for a stream, refused beyond `limitBytes`, in the memory of one chunk. What is not the file called `only`
   * is refused as damaged, and not kept.
   */
  putStream: (
    source: AsyncIterable<Uint8Array>,
    limit: Readonly<{ limitBytes: number; only?: Hash }>,
  ) => Promise<StoredBlob>;
  /** A range, shorter where the blob ends. Damaged bytes are never given out. */
  read: (hash: Hash, offset: number, length: number) => Promise<Uint8Array>;
  size: (hash: Hash) => number;
  has: (hash: Hash) => boolean;
  /** Reads all of it against its name; false when damaged or missing. */
  verify: (hash: Hash) => Promise<boolean>;
  all: () => readonly Hash[];
  /** Where the sealed file of a blob lies, for copying it as it is. */
  pathOf: (hash: Hash) => string;
  /** Takes a sealed file as it is, once all of it fits its name under this key. */
  takeSealed: (hash: Hash, path: string) => Promise<void>;
  remove: (hash: Hash) => void;
  /** Puts what lies under a name into `damaged`, where nobody takes it for the file; nothing where nothing lies. */
  setAside: (hash: Hash) => void;
  /** Whether it was given here a moment ago, in this run of the program: somebody may be about to speak of it. */
  lately: (hash: Hash) => boolean;
}>;

/** Between a file's coming and the command that speaks of it somebody may look at it, and type a PIN. */
const latelyMs = 60 * 60_000;

/** The key that files are sealed under, of an agency's data key. */
export function blobKeyOf(dataKey: Uint8Array): KeyObject {
  if (dataKey.length !== 32) throw new Error('A data key is 32 bytes');
  return createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, '', 'antin blobs v1', 32)));
}

/** Opens the blob folder, making it when it is not there, and sweeps out what a crash left half-written. */
export function openBlobs({
  folder,
  dataKey,
  files = nodeFiles,
  giveWay = nextTurn,
  provesNames = true,
}: BlobsParts): Blobs {
  const storeKey = blobKeyOf(dataKey);
  const givenMs = new Map<Hash, number>();
  const coming = join(folder, 'coming');
  const damaged = join(folder, 'damaged');
  whenStoreFails(() => {
    // A full disk still opens: a folder is made only when it is not there.
    if (!files.exists(coming)) files.makeFolder(coming);
    for (const name of files.list(coming)) files.remove(join(coming, name));
    // A program that ended between naming a file and syncing its shelf left a name that power could still take away.
    files.syncFolder(folder);
    for (const shelf of shelvesOf(files, folder)) files.syncFolder(join(folder, shelf));
  });

  function pathOf(hash: Hash): string {
    return join(folder, hash.slice(0, 2), hash);
  }

  async function withReader<Result>(
    hash: Hash,
    work: (reader: SealedReader) => Promise<Result>,
  ): Promise<Result> {
    const path = pathOf(hash);
    if (!files.exists(path)) throw new AppError('store.blob-missing');
    const file = whenStoreFails(() => files.open(path));
    try {
      return await work(await openSealed(file, { fileSize: files.sizeOf(path), hash, storeKey, giveWay }));
    } catch (error) {
      throw asStoreError(error) ?? error;
    } finally {
      file.close();
    }
  }

  async function verify(hash: Hash): Promise<boolean> {
    if (!files.exists(pathOf(hash))) return false;
    try {
      return await withReader(hash, (reader) => isWhole(reader, hash));
    } catch (error) {
      if (error instanceof AppError && error.code === 'store.blob-damaged') return false;
      throw error;
    }
  }

  /** Before it is looked for: whoever would remove it looks here in the same moment. */
  function note(hash: Hash): void {
    const nowMs = performance.now();
    for (const [old, ms] of givenMs) if (nowMs - ms > latelyMs) givenMs.delete(old);
    givenMs.set(hash, nowMs);
  }

  async function keep(
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    limitBytes: number,
    only?: Hash,
  ) {
    const aside = join(coming, randomBytes(12).toString('hex'));
    try {
      const stored = await writeAside(aside, source, limitBytes);
      if (provesNames && only !== undefined && stored.hash !== only) throw new AppError('store.blob-damaged');
      // What is fetched was spoken of before it came.
      if (only === undefined) note(stored.hash);
      const name = provesNames ? stored.hash : (only ?? stored.hash);
      if (await verify(name)) files.remove(aside);
      else publish(aside, pathOf(name));
      return stored;
    } catch (error) {
      files.remove(aside);
      throw asStoreError(error) ?? error;
    }
  }

  async function writeAside(
    aside: string,
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    limitBytes: number,
  ) {
    const file = files.create(aside);
    try {
      const stored = await writeSealed(file, source, { storeKey, limitBytes, giveWay });
      file.sync();
      return stored;
    } finally {
      file.close();
    }
  }

  /** The name appears only when the bytes are on the disk, and is itself on the disk before anybody relies on it. */
  function publish(aside: string, path: string): void {
    const shelf = dirname(path);
    if (!files.exists(shelf)) {
      files.makeFolder(shelf);
      files.syncFolder(folder);
    }
    files.rename(aside, path);
    files.syncFolder(shelf);
  }

  return {
    put: async (bytes) => {
      const hash = HashSchema.parse(createHash('sha256').update(bytes).digest('hex'));
      note(hash);
      if (await verify(hash)) return { hash, size: bytes.length };
      return keep(piecesOf(bytes), bytes.length);
    },
    putStream: (source, { limitBytes, only }) => keep(source, limitBytes, only),
    read: (hash, offset, length) => withReader(hash, (reader) => readRange(reader, offset, length)),
    size: (hash) => {
      if (!files.exists(pathOf(hash))) throw new AppError('store.blob-missing');
      return whenStoreFails(() => plainSizeOf(files.sizeOf(pathOf(hash))));
    },
    has: (hash) => files.exists(pathOf(hash)),
    verify,
    all: () =>
      shelvesOf(files, folder)
        .flatMap((shelf) => files.list(join(folder, shelf)))
        .flatMap((name) => HashSchema.safeParse(name).data ?? [])
        .toSorted(),
    pathOf,
    takeSealed: async (hash, path) => {
      const aside = join(coming, randomBytes(12).toString('hex'));
      try {
        await copyFile(path, aside, files);
        await whenWhole(aside, { hash, storeKey }, files);
        publish(aside, pathOf(hash));
      } catch (error) {
        files.remove(aside);
        throw asStoreError(error) ?? error;
      }
    },
    remove: (hash) => {
      whenStoreFails(() => {
        const path = pathOf(hash);
        if (!files.exists(path)) return;
        files.remove(path);
        files.syncFolder(dirname(path));
      });
    },
    setAside: (hash) => {
      whenStoreFails(() => {
        const path = pathOf(hash);
        if (!files.exists(path)) return;
        if (!files.exists(damaged)) files.makeFolder(damaged);
        files.rename(path, join(damaged, hash));
        files.syncFolder(damaged);
        files.syncFolder(dirname(path));
      });
    },
    lately: (hash) => performance.now() - (givenMs.get(hash) ?? Number.NEGATIVE_INFINITY) < latelyMs,
  };
}

/** Refuses a sealed file of which not all fits its name. */
export async function whenWhole(
  path: string,
  { hash, storeKey }: Readonly<{ hash: Hash; storeKey: KeyObject }>,
  files: FileOperations = nodeFiles,
): Promise<void> {
  const file = files.open(path);
  try {
    const reader = await openSealed(file, { fileSize: files.sizeOf(path), hash, storeKey });
    if (!(await isWhole(reader, hash))) throw new AppError('store.blob-damaged');
  } finally {
    file.close();
  }
}

function shelvesOf(files: FileOperations, folder: string): readonly string[] {
  return files.list(folder).filter((name) => /^[0-9a-f]{2}$/u.test(name));
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}
