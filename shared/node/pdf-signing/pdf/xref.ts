import type { Budget } from './budget.ts';
import { decodeStream } from './filters.ts';
import { readIndirect, type LengthOf } from './indirect.ts';
import { readValue, skipBlanks, skipSpace, takeInteger, takeWord, type Cursor } from './tokens.ts';
import { PdfError, isArray, isDict, isStream, nameOf, type PdfDict, type PdfStream } from './values.ts';

export type XrefEntry =
  | Readonly<{ kind: 'free' }>
  | Readonly<{ kind: 'offset'; offset: number; gen: number }>
  | Readonly<{ kind: 'packed'; stream: number; index: number }>;

/** One cross-reference section; `end` is the offset just after its trailer or stream object. */
export type XrefSection = Readonly<{
  form: 'table' | 'stream';
  /** Its rows are as long as the format says, so that everybody finds the same ones. */
  isExact: boolean;
  /** The stream's own object number, null for a table. */
  streamNum: number | null;
  start: number;
  end: number;
  entries: ReadonlyMap<number, XrefEntry>;
  trailer: PdfDict;
}>;

const maxEntries = 2_000_000;
const noLength: LengthOf = () => null;

/** Reads the section at an offset, a table or a stream; a hybrid table takes its hidden entries along. */
export function readSection(bytes: Uint8Array, offset: number, budget: Budget): XrefSection {
  if (!Number.isInteger(offset) || offset < 0 || offset >= bytes.length) {
    throw new PdfError('pdf-xref', 'offset');
  }
  const cursor: Cursor = { bytes, at: offset };
  skipBlanks(cursor);
  return takeWord(cursor, 'xref')
    ? readTable(cursor, offset, budget)
    : readStreamSection(bytes, offset, budget);
}

/** The offset that the last `startxref` before `end` names, with its own place. */
export function findStartXref(bytes: Uint8Array, end: number): Readonly<{ at: number; offset: number }> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const at = view.lastIndexOf('startxref', Math.max(0, end - 9), 'latin1');
  if (at < 0 || end - at > 4096) throw new PdfError('pdf-xref', 'startxref');
  const cursor: Cursor = { bytes, at: at + 9 };
  skipSpace(cursor);
  const offset = takeInteger(cursor);
  if (offset === null) throw new PdfError('pdf-xref', 'startxref');
  return { at, offset };
}

function readTable(cursor: Cursor, start: number, budget: Budget): XrefSection {
  let isExact = true;
  const entries = new Map<number, XrefEntry>();
  for (;;) {
    skipBlanks(cursor);
    if (takeWord(cursor, 'trailer')) break;
    const first = takeInteger(cursor);
    skipBlanks(cursor);
    const count = takeInteger(cursor);
    if (first === null || count === null || entries.size + count > maxEntries) throw new PdfError('pdf-xref');
    budget.spend(count);
    if (count > 0) skipBlanks(cursor);
    for (let i = 0; i < count; i++) {
      const at = cursor.at;
      isExact &&= isExactRow(cursor);
      takeEntry(cursor, first + i, entries);
      if (isExact) cursor.at = at + rowBytes;
    }
  }
  const trailer = readValue(cursor);
  if (!isDict(trailer)) throw new PdfError('pdf-xref', 'trailer');
  addHidden(cursor.bytes, { trailer, budget }, entries);
  return { form: 'table', isExact, streamNum: null, start, end: cursor.at, entries, trailer };
}

const rowBytes = 20;

/** Whether a row has the twenty bytes that many readers count on, never looking for the next one (ISO 32000-1 7.5.4). */
function isExactRow({ bytes, at }: Cursor): boolean {
  const row = Buffer.from(bytes.subarray(at, at + rowBytes)).toString('latin1');
  return /^\d{10} \d{5} [nf](?: \r| \n|\r\n)$/.test(row);
}

function takeEntry(cursor: Cursor, num: number, entries: Map<number, XrefEntry>): void {
  skipBlanks(cursor);
  const offset = takeInteger(cursor);
  skipBlanks(cursor);
  const gen = takeInteger(cursor);
  skipBlanks(cursor);
  if (offset === null || gen === null) throw new PdfError('pdf-xref', 'entry');
  if (entries.has(num)) throw new PdfError('pdf-xref', 'an object listed twice');
  if (takeWord(cursor, 'n')) entries.set(num, { kind: 'offset', offset, gen });
  else if (takeWord(cursor, 'f')) entries.set(num, { kind: 'free' });
  else throw new PdfError('pdf-xref', 'entry');
}

/** Hybrid files: objects the table calls free may be found through the stream at /XRefStm. */
function addHidden(
  bytes: Uint8Array,
  { trailer, budget }: Readonly<{ trailer: PdfDict; budget: Budget }>,
  entries: Map<number, XrefEntry>,
): void {
  const hidden = trailer.entries.get('XRefStm');
  if (typeof hidden !== 'number') return;
  for (const [num, entry] of readStreamSection(bytes, hidden, budget).entries) {
    const shown = entries.get(num);
    if (shown === undefined || shown.kind === 'free') entries.set(num, entry);
  }
}

function readStreamSection(bytes: Uint8Array, start: number, budget: Budget): XrefSection {
  const object = readIndirect(bytes, start, noLength);
  const stream = object.value;
  if (!isStream(stream) || nameOf(stream.dict.entries.get('Type')) !== 'XRef') {
    throw new PdfError('pdf-xref', 'stream');
  }
  return {
    form: 'stream',
    isExact: true,
    streamNum: object.num,
    start,
    end: object.end,
    entries: streamEntries(stream, budget),
    trailer: stream.dict,
  };
}

function streamEntries(stream: PdfStream, budget: Budget): ReadonlyMap<number, XrefEntry> {
  const widths = numbers(stream, 'W');
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
  const row = typeWidth + secondWidth + thirdWidth;
  if (widths.length !== 3 || row === 0 || row > 20) throw new PdfError('pdf-xref', 'W');
  const size = stream.dict.entries.get('Size');
  const index = stream.dict.entries.has('Index') ? numbers(stream, 'Index') : [0, Number(size)];
  const bytes = decodeStream(stream, budget.bytesLeft());
  budget.decoded(bytes.length);
  const entries = new Map<number, XrefEntry>();
  let at = 0;
  for (let i = 0; i + 1 < index.length; i += 2) {
    const first = index[i] ?? 0;
    const count = index[i + 1] ?? 0;
    if (!(count * row <= bytes.length - at)) throw new PdfError('pdf-xref', 'Index');
    budget.spend(count);
    for (let j = 0; j < count; j++, at += row) {
      const kind = typeWidth === 0 ? 1 : field(bytes, at, typeWidth);
      const second = field(bytes, at + typeWidth, secondWidth);
      const third = field(bytes, at + typeWidth + secondWidth, thirdWidth);
      if (entries.has(first + j)) throw new PdfError('pdf-xref', 'an object listed twice');
      entries.set(first + j, entryOf(kind, second, third));
    }
  }
  return entries;
}

function entryOf(kind: number, second: number, third: number): XrefEntry {
  if (kind === 0) return { kind: 'free' };
  if (kind === 1) return { kind: 'offset', offset: second, gen: third };
  if (kind === 2) return { kind: 'packed', stream: second, index: third };
  throw new PdfError('pdf-xref', 'entry');
}

function field(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

function numbers(stream: PdfStream, key: string): readonly number[] {
  const value = stream.dict.entries.get(key);
  if (!isArray(value)) throw new PdfError('pdf-xref', key);
  return value.items.map((entry) => {
    if (typeof entry !== 'number' || entry < 0) throw new PdfError('pdf-xref', key);
    return entry;
  });
}
