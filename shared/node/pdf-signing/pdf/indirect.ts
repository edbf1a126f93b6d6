import { PdfError, isDict, type PdfDict, type PdfRef, type PdfValue } from './values.ts';
import { readValue, skipBlanks, skipSpace, takeInteger, takeWord, type Cursor } from './tokens.ts';

/** An indirect object as it stands in the file; `end` is the offset after `endobj`. */
export type IndirectObject = Readonly<{
  num: number;
  gen: number;
  value: PdfValue;
  start: number;
  end: number;
}>;

/** Finds the length of a stream that is given by reference. */
export type LengthOf = (length: PdfRef) => number | null;

/** Reads `num gen obj … endobj` at an offset. */
export function readIndirect(bytes: Uint8Array, offset: number, lengthOf: LengthOf): IndirectObject {
  const cursor: Cursor = { bytes, at: offset };
  skipBlanks(cursor);
  const start = cursor.at;
  const num = takeInteger(cursor);
  skipSpace(cursor);
  const gen = takeInteger(cursor);
  skipSpace(cursor);
  if (num === null || gen === null || !takeWord(cursor, 'obj')) throw new PdfError('pdf-malformed', 'obj');
  let value = readValue(cursor);
  skipSpace(cursor);
  if (isDict(value) && takeWord(cursor, 'stream')) {
    value = { kind: 'stream', dict: value, raw: takeStream(cursor, value, lengthOf) };
    skipSpace(cursor);
  }
  if (!takeWord(cursor, 'endobj')) throw new PdfError('pdf-malformed', 'endobj');
  return { num, gen, value, start, end: cursor.at };
}

function takeStream(cursor: Cursor, dict: PdfDict, lengthOf: LengthOf): Uint8Array {
  const { bytes } = cursor;
  if (bytes[cursor.at] === 13 && bytes[cursor.at + 1] === 10) cursor.at += 2;
  else if (bytes[cursor.at] === 10) cursor.at += 1;
  else throw new PdfError('pdf-malformed', 'stream');
  const declared = dict.entries.get('Length');
  const length = typeof declared === 'number' ? declared : lengthFrom(declared, lengthOf);
  if (length === null || !Number.isInteger(length) || length < 0) {
    throw new PdfError('pdf-malformed', 'Length');
  }
  const start = cursor.at;
  if (start + length > bytes.length) throw new PdfError('pdf-malformed', 'Length');
  cursor.at = start + length;
  skipSpace(cursor);
  if (!takeWord(cursor, 'endstream')) throw new PdfError('pdf-malformed', 'endstream');
  return bytes.subarray(start, start + length);
}

function lengthFrom(declared: PdfValue | undefined, lengthOf: LengthOf): number | null {
  return typeof declared === 'object' && declared !== null && declared.kind === 'ref'
    ? lengthOf(declared)
    : null;
}
