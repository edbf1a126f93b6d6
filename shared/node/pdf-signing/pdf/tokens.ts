import { PdfError, type PdfValue } from './values.ts';

/** A place in the file, moved along by the readers below. */
export type Cursor = { readonly bytes: Uint8Array; at: number };

const maxDepth = 64;
const whitespace = new Set([0, 9, 10, 12, 13, 32]);
const delimiters = new Set([0x28, 0x29, 0x3c, 0x3e, 0x5b, 0x5d, 0x7b, 0x7d, 0x2f, 0x25]);

export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && whitespace.has(byte);
}

/** Skips white space and comments. */
export function skipSpace(cursor: Cursor): void {
  const { bytes } = cursor;
  for (;;) {
    const byte = bytes[cursor.at];
    if (byte === undefined) return;
    if (whitespace.has(byte)) cursor.at++;
    else if (byte === 0x25) {
      while (cursor.at < bytes.length && bytes[cursor.at] !== 10 && bytes[cursor.at] !== 13) cursor.at++;
    } else return;
  }
}

/** Skips white space alone, where a comment would hide from some readers what follows it. */
export function skipBlanks(cursor: Cursor): void {
  while (isSpace(cursor.bytes[cursor.at])) cursor.at++;
}

/** Takes a keyword when it stands here as a word of its own. */
export function takeWord(cursor: Cursor, word: string): boolean {
  const { bytes, at } = cursor;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  const next = bytes[at + word.length];
  if (next !== undefined && !whitespace.has(next) && !delimiters.has(next)) return false;
  cursor.at += word.length;
  return true;
}

/** Reads an unsigned whole number standing here, or null. */
export function takeInteger(cursor: Cursor): number | null {
  const start = cursor.at;
  let value = 0;
  for (;;) {
    const byte = cursor.bytes[cursor.at];
    if (byte === undefined || byte < 0x30 || byte > 0x39) break;
    value = value * 10 + byte - 0x30;
    cursor.at++;
    if (cursor.at - start > 15) throw new PdfError('pdf-malformed', 'number');
  }
  return cursor.at === start ? null : value;
}

/** Reads one value: what may stand in an object, an array or a dictionary; no streams. */
export function readValue(cursor: Cursor, depth = 0): PdfValue {
  if (depth > maxDepth) throw new PdfError('pdf-malformed', 'depth');
  skipSpace(cursor);
  const { bytes } = cursor;
  const byte = bytes[cursor.at];
  switch (byte) {
    case undefined:
      throw new PdfError('pdf-malformed', 'end');
    case 0x2f:
      return { kind: 'name', name: readName(cursor) };
    case 0x28:
      return { kind: 'string', bytes: readLiteral(cursor) };
    case 0x5b:
      return readArray(cursor, depth);
    case 0x3c:
      if (bytes[cursor.at + 1] === 0x3c) return readDict(cursor, depth);
      return { kind: 'string', bytes: readHex(cursor) };
    default:
      return readWordOrNumber(cursor, byte);
  }
}

function readArray(cursor: Cursor, depth: number): PdfValue {
  cursor.at++;
  const items: PdfValue[] = [];
  for (;;) {
    skipSpace(cursor);
    if (cursor.bytes[cursor.at] === 0x5d) break;
    items.push(readValue(cursor, depth + 1));
  }
  cursor.at++;
  return { kind: 'array', items };
}

function readDict(cursor: Cursor, depth: number): PdfValue {
  cursor.at += 2;
  const entries = new Map<string, PdfValue>();
  for (;;) {
    skipSpace(cursor);
    if (cursor.bytes[cursor.at] === 0x3e && cursor.bytes[cursor.at + 1] === 0x3e) break;
    if (cursor.bytes[cursor.at] !== 0x2f) throw new PdfError('pdf-malformed', 'key');
    const key = readName(cursor);
    const value = readValue(cursor, depth + 1);
    // Two values under one key are read differently by different viewers.
    if (entries.has(key)) throw new PdfError('pdf-duplicate-key', key);
    entries.set(key, value);
  }
  cursor.at += 2;
  for (const [key, value] of entries) if (value === null) entries.delete(key);
  return { kind: 'dict', entries };
}

function readName(cursor: Cursor): string {
  const { bytes } = cursor;
  cursor.at++;
  let out = '';
  for (;;) {
    const byte = bytes[cursor.at];
    if (byte === undefined || endsWord(byte)) return out;
    cursor.at++;
    if (byte === 0x23) {
      const code = hexDigit(bytes[cursor.at]) * 16 + hexDigit(bytes[cursor.at + 1]);
      if (code >= 0) {
        cursor.at += 2;
        out += String.fromCharCode(code);
        continue;
      }
    }
    out += String.fromCharCode(byte);
  }
}

function readHex(cursor: Cursor): Uint8Array {
  const { bytes } = cursor;
  const end = bytes.indexOf(0x3e, cursor.at);
  if (end < 0) throw new PdfError('pdf-malformed', 'hex');
  // Nearly every string is digits alone, in pairs, and some are the size of a signature.
  const plain = plainHex(bytes.subarray(cursor.at + 1, end));
  if (plain !== null) {
    cursor.at = end + 1;
    return plain;
  }
  const out = new Uint8Array((end - cursor.at) >> 1);
  let count = 0;
  for (let at = cursor.at + 1; at < end; at++) {
    const digit = hexDigit(bytes[at]);
    if (digit < 0) {
      if (isSpace(bytes[at])) continue;
      throw new PdfError('pdf-malformed', 'hex');
    }
    if (count % 2 === 0) out[count >> 1] = digit << 4;
    else out[count >> 1] = (out[count >> 1] ?? 0) | digit;
    count++;
  }
  cursor.at = end + 1;
  return out.subarray(0, (count + 1) >> 1);
}

/** The bytes that pairs of hexadecimal digits mean; null where anything else stands among them. */
export function plainHex(digits: Uint8Array): Uint8Array | null {
  const text = Buffer.from(digits.buffer, digits.byteOffset, digits.length).toString('latin1');
  // Reading ends at the first letter that is no digit, and an odd one is dropped.
  const read = Buffer.from(text, 'hex');
  return read.length * 2 === text.length ? new Uint8Array(read.buffer, read.byteOffset, read.length) : null;
}

const escapes: Readonly<Record<number, number>> = { 0x6e: 10, 0x72: 13, 0x74: 9, 0x62: 8, 0x66: 12 };

function readLiteral(cursor: Cursor): Uint8Array {
  const { bytes } = cursor;
  const out: number[] = [];
  let open = 1;
  cursor.at++;
  for (;;) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) throw new PdfError('pdf-malformed', 'string');
    if (byte === 0x5c) {
      takeEscape(cursor, out);
      continue;
    }
    if (byte === 0x28) open++;
    if (byte === 0x29 && --open === 0) return Uint8Array.from(out);
    out.push(byte);
  }
}

function takeEscape(cursor: Cursor, out: number[]): void {
  const { bytes } = cursor;
  const byte = bytes[cursor.at++];
  if (byte === undefined) throw new PdfError('pdf-malformed', 'string');
  if (byte >= 0x30 && byte <= 0x37) {
    let code = byte - 0x30;
    for (let i = 0; i < 2; i++) {
      const next = bytes[cursor.at];
      if (next === undefined || next < 0x30 || next > 0x37) break;
      code = code * 8 + next - 0x30;
      cursor.at++;
    }
    out.push(code & 0xff);
  } else if (byte === 13) {
    if (bytes[cursor.at] === 10) cursor.at++;
  } else if (byte !== 10) out.push(escapes[byte] ?? byte);
}

function readWordOrNumber(cursor: Cursor, first: number): PdfValue {
  if (first >= 0x30 && first <= 0x39) {
    const reference = tryReference(cursor);
    if (reference !== null) return reference;
  }
  const start = cursor.at;
  const whole = takeInteger(cursor);
  if (whole !== null && endsWord(cursor.bytes[cursor.at])) return whole;
  cursor.at = start;
  return readWord(cursor);
}

function endsWord(byte: number | undefined): boolean {
  return byte === undefined || whitespace.has(byte) || delimiters.has(byte);
}

function readWord(cursor: Cursor): PdfValue {
  const { bytes, at: start } = cursor;
  while (cursor.at < bytes.length) {
    if (endsWord(bytes[cursor.at])) break;
    cursor.at++;
    if (cursor.at - start > 64) throw new PdfError('pdf-malformed', 'word');
  }
  const word = Buffer.from(bytes.subarray(start, cursor.at)).toString('latin1');
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null') return null;
  if (/^[+-]*(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word.replace(/^[+-]*(?=[+-])/, ''));
  throw new PdfError('pdf-malformed', `word ${word}`);
}

function tryReference(cursor: Cursor): PdfValue {
  const start = cursor.at;
  const num = takeInteger(cursor);
  if (num !== null && isSpace(cursor.bytes[cursor.at])) {
    skipSpace(cursor);
    const gen = takeInteger(cursor);
    if (gen !== null && isSpace(cursor.bytes[cursor.at])) {
      skipSpace(cursor);
      if (takeWord(cursor, 'R')) return { kind: 'ref', num, gen };
    }
  }
  cursor.at = start;
  return null;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -256;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  if (lower >= 0x61 && lower <= 0x66) return lower - 0x57;
  return -256;
}
