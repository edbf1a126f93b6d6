import { crc32, deflateRawSync } from 'node:zlib';

export type Zippable = Readonly<{ name: string; bytes: Uint8Array }>;

/** A small zip made in memory. The same files give the same bytes, since what is sent again has to be what was sent. */
export function zipOf(files: readonly Zippable[]): Uint8Array {
  const contents: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const called = Buffer.from(name, 'utf8');
    const packed = deflateRawSync(bytes);
    const facts = Buffer.concat([moment, u32(crc32(bytes), packed.length, bytes.length)]);
    const local = [
      u32(0x04034b50),
      u16(20, utf8Names, deflated),
      facts,
      u16(called.length, 0),
      called,
      packed,
    ];
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(20, 20, utf8Names, deflated),
        facts,
        u16(called.length, 0, 0, 0, 0),
        u32(0, offset),
        called,
      ]),
    );
    contents.push(...local);
    offset += local.reduce((sum, { length }) => sum + length, 0);
  }
  const central = Buffer.concat(directory);
  const end = [u32(0x06054b50), u16(0, 0, files.length, files.length), u32(central.length, offset), u16(0)];
  return Buffer.concat([...contents, central, ...end]);
}

const deflated = 8;
const utf8Names = 0x0800;
/** 1 January 1980: a clock would make other bytes each time. */
const moment = u16(0, 0x21);

function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [place, value] of values.entries()) bytes.writeUInt16LE(value, place * 2);
  return bytes;
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [place, value] of values.entries()) bytes.writeUInt32LE(value, place * 4);
  return bytes;
}
