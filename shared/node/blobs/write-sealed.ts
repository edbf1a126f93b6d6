import { createHash, type KeyObject } from 'node:crypto';
import { AppError, HashSchema, type Hash } from '../../kernel/public.ts';
import type { OpenFile } from '../files/public.ts';
import { nextTurn, type GiveWay } from './give-way.ts';
import { chunkBytes, headerOf, newSealing, sealChunk, sealEnd } from './sealed-file.ts';

export type StoredBlob = Readonly<{ hash: Hash; size: number }>;

type Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Seals a stream into an open file, chunk by chunk, and gives the hash and length of its plaintext. */
export async function writeSealed(
  file: OpenFile,
  source: Source,
  {
    storeKey,
    limitBytes,
    giveWay = nextTurn,
  }: Readonly<{ storeKey: KeyObject; limitBytes: number; giveWay?: GiveWay }>,
): Promise<StoredBlob> {
  const sealing = newSealing(storeKey);
  const sha256 = createHash('sha256');
  file.write(headerOf(sealing));
  let size = 0;
  let index = 0;
  for await (const chunk of inChunks(source, limitBytes)) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge(limitBytes);
    sha256.update(chunk);
    file.write(sealChunk(sealing, index, chunk));
    index += 1;
    await giveWay(); // Other work gets its turn between chunks of a large file.
  }
  if (index === 0) file.write(sealChunk(sealing, 0, new Uint8Array()));
  const digest = sha256.digest();
  file.write(sealEnd(sealing, size, digest));
  return { hash: HashSchema.parse(digest.toString('hex')), size };
}

function tooLarge(limitBytes: number): AppError {
  return new AppError('store.blob-too-large', { limit: Math.floor(limitBytes / (1024 * 1024)) });
}

/** The same bytes in pieces of exactly `chunkBytes`, the last one shorter; the memory of one chunk, however large the stream. */
async function* inChunks(source: Source, limitBytes: number): AsyncGenerator<Uint8Array, void> {
  // A small file needs no whole chunk of memory.
  const chunk = new Uint8Array(Math.max(1, Math.min(chunkBytes, limitBytes)));
  let filled = 0;
  for await (const piece of source) {
    let taken = 0;
    while (taken < piece.length) {
      const part = piece.subarray(taken, taken + chunk.length - filled);
      chunk.set(part, filled);
      taken += part.length;
      filled += part.length;
      if (filled < chunk.length) continue;
      yield chunk;
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}
