import { openCipherPages, usableBytes, type CipherFile, type CipherPages } from './cipher-pages.ts';

export type SqlValue = null | number | string | Buffer;
export type SoundRow = Readonly<{
  /** Null in a table WITHOUT ROWID and in an index. */
  rowid: number | null;
  columns: readonly SqlValue[];
}>;

/**
 * Every row on every page that is still as it was written, whatever else is lost: the schema, the ways to a table, the
 * first page. Which table a row was of its shape must tell; rows that were deleted may come too (SQLite file format
 * 1.6 and 2.1).
 */
export function* soundRows(
  file: CipherFile,
  onUnreadable: (page: number) => void = () => undefined,
): Generator<SoundRow, void> {
  const pages = openCipherPages(file);
  try {
    for (let number = 1; number <= pages.count; number += 1) {
      const page = pages.page(number);
      if (page === null) onUnreadable(number);
      else yield* rowsOn(pages, page, number === 1 ? 100 : 0);
    }
  } finally {
    pages.close();
  }
}

const kinds: Readonly<Record<number, Readonly<{ skip: number; pointers: number; hasRowid: boolean }>>> = {
  0x02: { skip: 4, pointers: 12, hasRowid: false },
  0x0a: { skip: 0, pointers: 8, hasRowid: false },
  0x0d: { skip: 0, pointers: 8, hasRowid: true },
};

function* rowsOn(pages: CipherPages, page: Buffer, from: number): Generator<SoundRow, void> {
  const kind = kinds[page[from] ?? 0];
  if (kind === undefined) return;
  const cells = page.readUInt16BE(from + 3);
  for (let cell = 0; cell < cells; cell += 1) {
    const pointer = from + kind.pointers + cell * 2;
    if (pointer + 2 > usableBytes) return;
    const row = rowAt(pages, page, page.readUInt16BE(pointer) + kind.skip, kind.hasRowid);
    if (row !== null) yield row;
  }
}

/** A row, its overflow gathered; null where a part of it cannot be read, or where nothing is. */
function rowAt(pages: CipherPages, page: Buffer, at: number, hasRowid: boolean): SoundRow | null {
  try {
    const length = varint(page, at);
    const id = hasRowid ? varint(page, length.next) : null;
    const start = (id ?? length).next;
    const payload = payloadOf(pages, page, { start, length: length.value, hasRowid });
    const columns = payload === null ? null : columnsOf(payload);
    return columns === null ? null : { rowid: id?.value ?? null, columns };
  } catch (error) {
    // Bytes that are no row: a page of another kind that looked like one.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Payload = Readonly<{ start: number; length: number; hasRowid: boolean }>;

function payloadOf(pages: CipherPages, page: Buffer, { start, length, hasRowid }: Payload): Buffer | null {
  const most = hasRowid ? usableBytes - 35 : Math.floor(((usableBytes - 12) * 64) / 255) - 23;
  if (length <= most) return start + length > usableBytes ? null : page.subarray(start, start + length);
  const least = Math.floor(((usableBytes - 12) * 32) / 255) - 23;
  const wanted = least + ((length - least) % (usableBytes - 4));
  const local = wanted <= most ? wanted : least;
  const parts = [page.subarray(start, start + local)];
  let next = page.readUInt32BE(start + local);
  for (let left = length - local; left > 0; left -= usableBytes - 4) {
    const overflow = next > 0 && next <= pages.count ? pages.page(next) : null;
    if (overflow === null) return null;
    parts.push(overflow.subarray(4, 4 + Math.min(left, usableBytes - 4)));
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

function columnsOf(payload: Buffer): readonly SqlValue[] | null {
  const head = varint(payload, 0);
  if (head.value > payload.length) return null;
  const columns: SqlValue[] = [];
  let at = head.value;
  for (let place = head.next; place < head.value;) {
    const type = varint(payload, place);
    place = type.next;
    const size = sizeOf(type.value);
    if (size === null || at + size > payload.length) return null;
    columns.push(valueOf(payload.subarray(at, at + size), type.value));
    at += size;
  }
  return columns;
}

const sizes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0] as const;

function sizeOf(type: number): number | null {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return sizes[type] ?? null;
}

function valueOf(bytes: Buffer, type: number): SqlValue {
  if (type === 0) return null;
  if (type === 7) return bytes.readDoubleBE(0);
  if (type === 8 || type === 9) return type - 8;
  if (type >= 12) return type % 2 === 0 ? Buffer.from(bytes) : bytes.toString();
  return bytes.length === 8 ? Number(bytes.readBigInt64BE(0)) : bytes.readIntBE(0, bytes.length);
}

/** A whole number of one to nine bytes, seven bits each. */
function varint(bytes: Buffer, at: number): Readonly<{ value: number; next: number }> {
  let value = 0;
  for (let place = 0; place < 8; place += 1) {
    const byte = bytes.readUInt8(at + place);
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) return { value, next: at + place + 1 };
  }
  return { value: value * 256 + bytes.readUInt8(at + 8), next: at + 9 };
}
