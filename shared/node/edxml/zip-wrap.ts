import { crc32, inflateRawSync } from 'node:zlib';
import { zipOf } from '../files/public.ts';
import { fault } from './fault.ts';

/** An attachment as a zip of one file: how the samples of the national axis carry every attachment. */
export function zipped(name: string, bytes: Uint8Array): Uint8Array {
  return zipOf([{ name, bytes }]);
}

export type Unzipped = Readonly<{ name: string; bytes: Uint8Array }>;

/** The one file of a zip; null for what is no zip, or holds none or several: those are attachments of their own. */
export function unzipped(bytes: Uint8Array, mostBytes: number): Unzipped | null {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entry = onlyEntry(zip);
  if (entry === null) return null;
  const { name, method, sum, packedSize, size, at } = entry;
  if (at + 30 > zip.length || zip.readUInt32LE(at) !== localMark) throw fault('bad-zip', { name });
  const from = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const packed = zip.subarray(from, from + packedSize);
  if (packed.length !== packedSize || size > mostBytes) throw fault('bad-zip', { name });
  const plain = method === deflated ? inflated(packed, { name, size }) : packed;
  if (plain.length !== size || crc32(plain) !== sum) throw fault('bad-zip', { name });
  return { name, bytes: plain };
}

type Entry = Readonly<{
  name: string;
  method: number;
  sum: number;
  packedSize: number;
  size: number;
  at: number;
}>;

function onlyEntry(zip: Buffer): Entry | null {
  if (zip.length < 22 || zip.readUInt32LE(0) !== localMark) return null;
  const end = zip.lastIndexOf(Buffer.from(u32(endMark)));
  if (end < 0 || end + 22 > zip.length || zip.readUInt16LE(end + 10) !== 1) return null;
  const place = zip.readUInt32LE(end + 16);
  if (place + 46 > end || zip.readUInt32LE(place) !== centralMark) return null;
  const isEncrypted = (zip.readUInt16LE(place + 8) & 1) === 1;
  const method = zip.readUInt16LE(place + 10);
  const name = zip.toString('utf8', place + 46, place + 46 + zip.readUInt16LE(place + 28));
  if (isEncrypted || (method !== deflated && method !== 0) || name.endsWith('/')) return null;
  return {
    name,
    method,
    sum: zip.readUInt32LE(place + 16),
    packedSize: zip.readUInt32LE(place + 20),
    size: zip.readUInt32LE(place + 24),
    at: zip.readUInt32LE(place + 42),
  };
}

/** Never more than the list says: a small zip cannot fill the memory. */
function inflated(packed: Buffer, { name, size }: Readonly<{ name: string; size: number }>): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw fault('bad-zip', { name });
  }
}

const localMark = 0x04034b50;
const centralMark = 0x02014b50;
const endMark = 0x06054b50;
const deflated = 8;

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [place, value] of values.entries()) bytes.writeUInt32LE(value, place * 4);
  return bytes;
}
