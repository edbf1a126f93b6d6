import { inflateSync } from 'node:zlib';
import { PdfError, isArray, isDict, nameOf, type PdfDict, type PdfStream, type PdfValue } from './values.ts';

const maxDecodedBytes = 16 * 1024 * 1024;

/** The decoded bytes of a stream: no filter or Flate, with the PNG predictors of cross-reference streams. */
export function decodeStream(stream: PdfStream, maxBytes: number = maxDecodedBytes): Uint8Array {
  const filters = listOf(stream.dict.entries.get('Filter'));
  const params = listOf(stream.dict.entries.get('DecodeParms'));
  if (filters.length > 4) throw new PdfError('pdf-unsupported', 'filters');
  let bytes = stream.raw;
  const limit = Math.max(1, Math.min(maxBytes, maxDecodedBytes));
  for (const [i, filter] of filters.entries()) {
    bytes = decodeOne(bytes, { filter: nameOf(filter), params: params[i], maxBytes: limit });
  }
  return bytes;
}

type Step = Readonly<{ filter: string | null; params: PdfValue | undefined; maxBytes: number }>;

function decodeOne(bytes: Uint8Array, step: Step): Uint8Array {
  if (step.filter === 'ASCIIHexDecode') return asciiHex(bytes);
  if (step.filter !== 'FlateDecode') throw new PdfError('pdf-unsupported', step.filter ?? 'filter');
  let out: Uint8Array;
  try {
    out = inflateSync(bytes, { maxOutputLength: step.maxBytes });
  } catch (error) {
    throw new PdfError('pdf-malformed', error instanceof Error ? error.message : 'flate');
  }
  return isDict(step.params) ? unpredict(out, step.params) : out;
}

function unpredict(bytes: Uint8Array, params: PdfDict): Uint8Array {
  const predictor = params.entries.get('Predictor') ?? 1;
  if (predictor === 1) return bytes;
  if (typeof predictor !== 'number' || predictor < 10) throw new PdfError('pdf-unsupported', 'predictor');
  const colors = numberOf(params.entries.get('Colors'), 1);
  const bits = numberOf(params.entries.get('BitsPerComponent'), 8);
  const columns = numberOf(params.entries.get('Columns'), 1);
  if (colors > 32 || bits > 16 || columns > 100_000) throw new PdfError('pdf-malformed', 'predictor');
  return unfilterRows(bytes, Math.ceil((colors * bits * columns) / 8), Math.max(1, (colors * bits) >> 3));
}

/** Undoes PNG's row filters: each row is one filter byte and `width` bytes; `step` is the bytes of a pixel. */
export function unfilterRows(bytes: Uint8Array, width: number, step: number): Uint8Array {
  const rows = Math.ceil(bytes.length / (width + 1));
  const out = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const from = row * (width + 1);
    const filter = bytes[from] ?? 0;
    if (filter > 4) throw new PdfError('pdf-malformed', 'predictor');
    const at = row * width;
    out.set(bytes.subarray(from + 1, Math.min(from + 1 + width, bytes.length)), at);
    if (filter !== 0) unfilterRow(out, { at, width, step, filter });
  }
  return out;
}

type Row = Readonly<{ at: number; width: number; step: number; filter: number }>;

function unfilterRow(out: Uint8Array, { at: start, width, step, filter }: Row): void {
  for (let i = 0; i < width; i++) {
    const at = start + i;
    const left = i >= step ? (out[at - step] ?? 0) : 0;
    const up = start > 0 ? (out[at - width] ?? 0) : 0;
    const corner = start > 0 && i >= step ? (out[at - width - step] ?? 0) : 0;
    let guess: number;
    if (filter === 1) guess = left;
    else if (filter === 2) guess = up;
    else if (filter === 3) guess = (left + up) >> 1;
    else guess = paeth(left, up, corner);
    out[at] = (out[at] ?? 0) + guess;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const toLeft = Math.abs(guess - left);
  const toUp = Math.abs(guess - up);
  const toCorner = Math.abs(guess - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function asciiHex(bytes: Uint8Array): Uint8Array {
  const digits = Buffer.from(bytes).toString('latin1').split('>')[0]?.replaceAll(/\s/g, '') ?? '';
  return Buffer.from(digits.length % 2 === 1 ? `${digits}0` : digits, 'hex');
}

function listOf(value: PdfValue | undefined): readonly PdfValue[] {
  if (value === undefined || value === null) return [];
  return isArray(value) ? value.items : [value];
}

function numberOf(value: PdfValue | undefined, otherwise: number): number {
  return typeof value === 'number' && value >= 1 ? value : otherwise;
}
