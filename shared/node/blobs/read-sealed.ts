import { createHash, type KeyObject } from 'node:crypto';
import { AppError, type Hash } from '../../kernel/public.ts';
import { nextTurn, type GiveWay } from './give-way.ts';
import {
  chunkBytes,
  chunkCount,
  endBytes,
  headerBytes,
  openChunk,
  openEnd,
  placeOf,
  plainSizeOf,
  readHeader,
  type Sealing,
} from './sealed-file.ts';

/** The bytes of a sealed file, on this machine or on another. */
export type SealedSource = Readonly<{
  read: (offset: number, length: number) => Uint8Array | Promise<Uint8Array>;
}>;

/** A sealed file whose length and name have been proved by its end. */
export type SealedReader = Readonly<{ file: SealedSource; sealing: Sealing; size: number; giveWay: GiveWay }>;

export async function openSealed(
  file: SealedSource,
  {
    fileSize,
    hash,
    storeKey,
    giveWay = nextTurn,
  }: Readonly<{ fileSize: number; hash: Hash; storeKey: KeyObject; giveWay?: GiveWay }>,
): Promise<SealedReader> {
  const size = plainSizeOf(fileSize);
  const sealing = readHeader(storeKey, await file.read(0, headerBytes));
  const named = openEnd(sealing, size, await file.read(fileSize - endBytes, endBytes));
  if (Buffer.from(named).toString('hex') !== hash) throw new AppError('store.blob-damaged');
  return { file, sealing, size, giveWay };
}

/** A range of the plaintext, decrypting only the chunks it touches; shorter where the blob ends. */
export async function readRange(reader: SealedReader, offset: number, length: number): Promise<Uint8Array> {
  const end = Math.min(reader.size, offset + length);
  if (end <= offset) return new Uint8Array();
  const parts: Uint8Array[] = [];
  const last = Math.floor((end - 1) / chunkBytes);
  for (let index = Math.floor(offset / chunkBytes); index <= last; index += 1) {
    const start = index * chunkBytes;
    const chunk = await chunkAt(reader, index);
    parts.push(chunk.subarray(Math.max(0, offset - start), end - start));
    await reader.giveWay();
  }
  // A piece that travels is just one chunk: it is not copied.
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
}

/** Decrypts everything and compares it with the name it is kept under. */
export async function isWhole(reader: SealedReader, hash: Hash): Promise<boolean> {
  const sha256 = createHash('sha256');
  for (let index = 0; index < chunkCount(reader.size); index += 1) {
    sha256.update(await chunkAt(reader, index));
    await reader.giveWay();
  }
  return sha256.digest('hex') === hash;
}

async function chunkAt({ file, sealing, size }: SealedReader, index: number): Promise<Uint8Array> {
  const { offset, length } = placeOf(index, size);
  return openChunk(sealing, index, await file.read(offset, length));
}
