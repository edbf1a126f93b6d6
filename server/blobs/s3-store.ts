import { createHash, randomBytes, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { AppError, HashSchema, type Hash } from '#shared/kernel/public.ts';
import {
  blobKeyOf,
  isWhole,
  openSealed,
  plainSizeOf,
  readRange,
  whenWhole,
  writeSealed,
  type BlobStore,
  type SealedReader,
} from '#shared/node/blobs/public.ts';
import { nodeFiles } from '#shared/node/files/public.ts';
import { asStoreError, whenStoreFails } from '#shared/node/sqlite/public.ts';
import type { S3Address } from './s3-address.ts';
import { openS3Door, type S3Patience } from './s3-door.ts';

export type S3StoreParts = Readonly<{
  address: S3Address;
  /** On this machine, for files on their way there. */
  folder: string;
  dataKey: Uint8Array;
  patience?: S3Patience;
}>;

const pieceBytes = 1024 * 1024;
const mostReaders = 500;
const puts = 3;

/**
 * An agency's files in an S3-compatible store, sealed here under the agency's own key. A file is put together on this
 * machine, proved against its hash and sent as one object, whose bytes the store itself holds against their SHA-256: it
 * is there whole or not at all.
 */
export function openS3Store({ address, folder, dataKey, patience }: S3StoreParts): BlobStore {
  const storeKey = blobKeyOf(dataKey);
  const ask = openS3Door(address, patience);
  const readers = new Map<Hash, SealedReader>();
  whenStoreFails(() => {
    if (!nodeFiles.exists(folder)) nodeFiles.makeFolder(folder);
    for (const name of nodeFiles.list(folder)) nodeFiles.remove(join(folder, name));
  });
  const urlOf = (hash: Hash): URL => new URL(`${hash.slice(0, 2)}/${hash}`, address.base);
  const newName = (): string => join(folder, randomBytes(12).toString('hex'));

  async function sealedSize(hash: Hash): Promise<number | null> {
    const answer = await ask({ method: 'HEAD', url: urlOf(hash) });
    return answer === null ? null : Number(answer.headers.get('content-length'));
  }

  /** Bytes of the object; an answer of another length than was asked for is as good as none. */
  async function range(hash: Hash, offset: number, length: number): Promise<Uint8Array> {
    const headers = { range: `bytes=${offset}-${offset + length - 1}` };
    const answer = await ask({ method: 'GET', url: urlOf(hash), headers });
    if (answer === null) {
      readers.delete(hash);
      throw new AppError('store.blob-missing');
    }
    const isRight = answer.status === 206 && answer.bytes.length === length;
    if (!isRight) throw new AppError('store.blob-damaged');
    return answer.bytes;
  }

  async function readerOf(hash: Hash): Promise<SealedReader> {
    const known = readers.get(hash);
    if (known !== undefined) return known;
    const fileSize = await sealedSize(hash);
    if (fileSize === null) throw new AppError('store.blob-missing');
    const file = { read: (offset: number, length: number) => range(hash, offset, length) };
    const reader = await openSealed(file, { fileSize, hash, storeKey });
    if (readers.size >= mostReaders) readers.clear();
    readers.set(hash, reader);
    return reader;
  }

  async function verify(hash: Hash): Promise<boolean> {
    readers.delete(hash);
    try {
      return await isWhole(await readerOf(hash), hash);
    } catch (error) {
      if (error instanceof AppError && /^store[.]blob-(?:damaged|missing)$/u.test(error.code)) return false;
      throw error;
    }
  }

  /** Sends a sealed file; what the store says it has is believed only when it is what was sent. */
  async function send(hash: Hash, path: string): Promise<void> {
    const { size, sha256, md5 } = await sumsOf(path);
    for (let tries = 1; ; tries += 1) {
      const answer = await ask({
        method: 'PUT',
        url: urlOf(hash),
        headers: { 'content-type': 'application/octet-stream' },
        file: { path, size, sha256 },
      });
      readers.delete(hash);
      // The MD5 of what it kept, unless the store encrypts once more or counts otherwise: then all of it is read again.
      const tag = answer?.headers.get('etag')?.replaceAll('"', '') ?? '';
      if (tag === md5 || (await verify(hash))) return;
      await ask({ method: 'DELETE', url: urlOf(hash) });
      if (tries === puts) throw new AppError('server.blobs-spoilt', { host: address.bucketUrl.host });
    }
  }

  return {
    putStream: async (source, { limitBytes, only }) => {
      const aside = newName();
      try {
        const stored = await sealAside(aside, source, { storeKey, limitBytes });
        if (only !== undefined && stored.hash !== only) throw new AppError('store.blob-damaged');
        if (!(await verify(stored.hash))) await send(stored.hash, aside);
        return stored;
      } catch (error) {
        throw asStoreError(error) ?? error;
      } finally {
        nodeFiles.remove(aside);
      }
    },
    read: async (hash, offset, length) => readRange(await readerOf(hash), offset, length),
    size: async (hash) => {
      const size = await sealedSize(hash);
      return size === null ? null : plainSizeOf(size);
    },
    verify,
    all: async function* all() {
      for (let after: string | null = ''; after !== null;) {
        const page = await ask({ method: 'GET', url: listing(address, after) });
        const text = page?.bytes.toString('utf8') ?? '';
        for (const [, key = ''] of text.matchAll(/<Key>([^<]+)<\/Key>/gu)) {
          const hash = HashSchema.safeParse(key.split('/').at(-1)).data;
          if (hash !== undefined) yield hash;
        }
        after = nextOf(text);
      }
    },
    remove: async (hash) => {
      await ask({ method: 'DELETE', url: urlOf(hash) });
      readers.delete(hash);
    },
    copyTo: async (hash, path) => {
      const fileSize = await sealedSize(hash);
      if (fileSize === null) throw new AppError('store.blob-missing');
      const file = nodeFiles.create(path);
      try {
        for (let at = 0; at < fileSize; at += pieceBytes) {
          file.write(await range(hash, at, Math.min(pieceBytes, fileSize - at)));
        }
        file.sync();
      } finally {
        file.close();
      }
      await whenWhole(path, { hash, storeKey });
    },
    takeSealed: async (hash, path) => {
      await whenWhole(path, { hash, storeKey });
      await send(hash, path);
    },
  };
}

async function sealAside(
  path: string,
  source: AsyncIterable<Uint8Array>,
  limit: Readonly<{ storeKey: KeyObject; limitBytes: number }>,
) {
  const file = nodeFiles.create(path);
  try {
    return await writeSealed(file, source, limit);
  } finally {
    file.close();
  }
}

async function sumsOf(path: string): Promise<Readonly<{ size: number; sha256: string; md5: string }>> {
  const file = nodeFiles.open(path);
  const [sha256, md5] = [createHash('sha256'), createHash('md5')];
  let size = 0;
  try {
    for (;;) {
      const piece = file.read(size, pieceBytes);
      sha256.update(piece);
      md5.update(piece);
      size += piece.length;
      if (piece.length < pieceBytes) break;
      await new Promise((soon) => setImmediate(soon));
    }
  } finally {
    file.close();
  }
  return { size, sha256: sha256.digest('hex'), md5: md5.digest('hex') };
}

function listing({ bucketUrl, prefix }: S3Address, after: string): URL {
  const url = new URL(bucketUrl);
  url.searchParams.set('list-type', '2');
  url.searchParams.set('prefix', prefix);
  if (after !== '') url.searchParams.set('continuation-token', after);
  return url;
}

/** Where the listing goes on; null when that was all. */
function nextOf(text: string): string | null {
  if (!text.includes('<IsTruncated>true</IsTruncated>')) return null;
  const token = /<NextContinuationToken>(?<token>[^<]+)<\/NextContinuationToken>/u.exec(text)?.groups?.[
    'token'
  ];
  return token === undefined ? null : token.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
}
