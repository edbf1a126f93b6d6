import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as somebody with bad intent would write it; what is not said is as it should be. */
export type RawEntry = Readonly<{
  name: string | Uint8Array;
  content?: Uint8Array | string;
  method?: number;
  flags?: number;
  mode?: number;
  /** What the local header says instead. */
  local?: Readonly<{ name?: string; size?: number }>;
  /** What both headers say the unpacked size is. */
  size?: number;
  crc?: number;
  extra?: Uint8Array;
  /** The place of another entry whose bytes this one shares. */
  sharing?: number;
}>;

const utf8 = 0x0800;

export function rawZip(entries: readonly RawEntry[]): Buffer {
  const parts: Buffer[] = [];
  const records: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const entry of entries) {
    const said = saidOf(entry);
    const offset = entry.sharing === undefined ? at : (offsets[entry.sharing] ?? 0);
    offsets.push(offset);
    if (entry.sharing === undefined) {
      const local = localOf(entry, said);
      parts.push(local);
      at += local.length;
    }
    records.push(recordOf(entry, said, offset));
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

function saidOf({ content = '', method = 0, flags = utf8, size, crc }: RawEntry): Said {
  const bytes = Buffer.from(content);
  const packed = method === 8 ? deflateRawSync(bytes, { level: 9 }) : bytes;
  return { flags, method, packed, size: size ?? bytes.length, crc: crc ?? crc32(bytes) };
}

function localOf(entry: RawEntry, said: Said): Buffer {
  const name = Buffer.from(entry.local?.name ?? entry.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  fill(header.subarray(4), { ...said, size: entry.local?.size ?? said.size }, name.length);
  return Buffer.concat([header, name, said.packed]);
}

function recordOf(
  { name, extra = Buffer.alloc(0), mode = 0o100644 }: RawEntry,
  said: Said,
  offset: number,
): Buffer {
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE((3 << 8) | 20, 4);
  fill(record.subarray(6), said, Buffer.from(name).length);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(mode * 0x10000, 38);
  record.writeUInt32LE(offset, 42);
  return Buffer.concat([record, Buffer.from(name), extra]);
}

type Said = Readonly<{ flags: number; method: number; size: number; crc: number; packed: Buffer }>;

function fill(header: Buffer, { flags, method, size, crc, packed }: Said, nameLength: number): void {
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(flags, 2);
  header.writeUInt16LE(method, 4);
  header.writeUInt32LE(crc, 10);
  header.writeUInt32LE(packed.length, 14);
  header.writeUInt32LE(size, 18);
  header.writeUInt16LE(nameLength, 22);
}
