import { crc32 } from 'node:zlib';
import type { Instant } from '../../kernel/public.ts';
import type { Output } from './output.ts';
import { dosTime } from './moments.ts';

/**
 * A ZIP with everything stored as it is: what goes in is compressed already, a damaged bit harms one file only, and the
 * bytes are the same with any version of any library. Sizes stand before the content, never after it.
 */
export type ZipWriter = Readonly<{
  add: (
    path: string,
    size: number,
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ) => Promise<void>;
  end: () => Promise<void>;
}>;

const storedHeaderBytes = 30;
/** Sizes and offsets from here on need the 64-bit form. */
const wide = 0xffff_ffff;
const manyEntries = 0xffff;
const version = { plain: 20, wide: 45 } as const;
const madeOnUnix = 3 << 8;
const utf8Names = 0x0800;
const plainFile = 0o100644 * 0x10000;

export function openZip(output: Output, at: Instant): ZipWriter {
  const { date, time } = dosTime(at);
  let directory: Buffer = Buffer.alloc(64 * 1024);
  let directoryBytes = 0;
  let entries = 0;

  function keep(record: Buffer): void {
    if (directoryBytes + record.length > directory.length) {
      directory = Buffer.concat([directory], Math.max(directory.length * 2, directoryBytes + record.length));
    }
    record.copy(directory, directoryBytes);
    directoryBytes += record.length;
    entries += 1;
  }

  return {
    add: async (path, size, content) => {
      const name = Buffer.from(path);
      const offset = output.written();
      const isWide = size >= wide;
      const shared = { name, date, time, size, offset, isWide };
      await output.write(localHeader(shared));
      let crc = 0;
      for await (const piece of content) {
        crc = crc32(piece, crc);
        await output.write(piece);
      }
      const checksum = Buffer.alloc(4);
      checksum.writeUInt32LE(crc);
      await output.patch(offset + 14, checksum);
      keep(centralRecord(shared, crc));
    },
    end: async () => {
      const offset = output.written();
      await output.write(directory.subarray(0, directoryBytes));
      await output.write(ending({ entries, offset, size: directoryBytes }));
    },
  };
}

type Entry = Readonly<{
  name: Buffer;
  date: number;
  time: number;
  size: number;
  offset: number;
  isWide: boolean;
}>;

function localHeader({ name, date, time, size, isWide }: Entry): Buffer {
  const extra = isWide ? wideField([size, size]) : Buffer.alloc(0);
  const header = Buffer.alloc(storedHeaderBytes);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(isWide ? version.wide : version.plain, 4);
  header.writeUInt16LE(utf8Names, 6);
  header.writeUInt16LE(time, 10);
  header.writeUInt16LE(date, 12);
  header.writeUInt32LE(isWide ? wide : size, 18);
  header.writeUInt32LE(isWide ? wide : size, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra]);
}

function centralRecord({ name, date, time, size, offset, isWide }: Entry, crc: number): Buffer {
  const isFar = offset >= wide;
  const extra =
    isWide || isFar
      ? wideField([...(isWide ? [size, size] : []), ...(isFar ? [offset] : [])])
      : Buffer.alloc(0);
  const record = Buffer.alloc(46);
  const needed = isWide || isFar ? version.wide : version.plain;
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(madeOnUnix | needed, 4);
  record.writeUInt16LE(needed, 6);
  record.writeUInt16LE(utf8Names, 8);
  record.writeUInt16LE(time, 12);
  record.writeUInt16LE(date, 14);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(isWide ? wide : size, 20);
  record.writeUInt32LE(isWide ? wide : size, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(plainFile, 38);
  record.writeUInt32LE(isFar ? wide : offset, 42);
  return Buffer.concat([record, name, extra]);
}

function wideField(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(0x0001, 0);
  field.writeUInt16LE(values.length * 8, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + index * 8);
  return field;
}

function ending({
  entries,
  offset,
  size,
}: Readonly<{ entries: number; offset: number; size: number }>): Buffer {
  const isWide = entries >= manyEntries || offset >= wide || size >= wide;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(isWide ? manyEntries : entries, 8);
  end.writeUInt16LE(isWide ? manyEntries : entries, 10);
  end.writeUInt32LE(isWide ? wide : size, 12);
  end.writeUInt32LE(isWide ? wide : offset, 16);
  if (!isWide) return end;
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(madeOnUnix | version.wide, 12);
  record.writeUInt16LE(version.wide, 14);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, end]);
}
