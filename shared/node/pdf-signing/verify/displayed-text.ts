import { decodeStream } from '../pdf/filters.ts';
import type { PdfView } from '../pdf/document.ts';
import { readFont, type LineFont } from '../pdf/font.ts';
import { readValue, skipSpace, type Cursor } from '../pdf/tokens.ts';
import {
  PdfError,
  isArray,
  isDict,
  isStream,
  isString,
  nameOf,
  type PdfDict,
  type PdfValue,
} from '../pdf/values.ts';
import { boxOf, textPlace, type Box, type TextPlace } from './text-place.ts';

const maxBytes = 200_000;

/** Entries an appearance may have; others show it under conditions, elsewhere, or from another file. */
const plainEntries: ReadonlySet<string> = new Set(
  'Type Subtype FormType BBox Matrix Resources Length Filter DecodeParms'.split(' '),
);

export type Shown = Readonly<{
  view: PdfView;
  appearance: PdfValue;
  /** The widget's place on the page. */
  rect: PdfValue;
  /** The font a name stands for; null when it is one that was not there before. Undefined: there is none of that name. */
  fontNamed: (name: string, entry: PdfValue | undefined) => PdfValue | undefined;
}>;

/**
 * The text an appearance shows so that people see it, read through fonts that stood in the document before; null when
 * it shows anything else than plain text, hides some of it, or cannot be read.
 */
export function displayedText({ view, appearance, rect, fontNamed }: Shown): string | null {
  if (!isStream(appearance)) return null;
  const place = placeOf(view, appearance.dict, rect);
  if (place === null) return null;
  const fonts = fontsOf(view, appearance.dict);
  const cursor: Cursor = { bytes: decodeStream(appearance, maxBytes), at: 0 };
  const operands: PdfValue[] = [];
  let font: LineFont | null = null;
  let shown = '';
  for (;;) {
    skipSpace(cursor);
    if (cursor.at >= cursor.bytes.length) return shown;
    const operator = takeOperator(cursor);
    if (operator === null) {
      operands.push(readValue(cursor));
      continue;
    }
    if (operator === 'Tf') {
      const name = nameOf(operands[0]) ?? '';
      const entry = fontNamed(name, fonts.get(name));
      font = entry === undefined ? substituteFont : readFont(view, entry);
      if (font === null || !place.setSize(numberOf(operands[1]))) return null;
    } else if (operator === 'Tj' || operator === 'TJ') {
      const text = font === null ? null : showText(operands[0], font, place);
      if (text === null) return null;
      shown += text;
    } else if (!isObeyed(operator, operands, place)) return null;
    operands.length = 0;
  }
}

/** These carry names and properties, not places. */
const marksOnly: ReadonlySet<string> = new Set(['BMC', 'BDC', 'EMC']);

function isObeyed(operator: string, operands: readonly PdfValue[], place: TextPlace): boolean {
  // What belongs to a layer is shown only while the layer is.
  if (operator === 'BDC' && nameOf(operands[0]) === 'OC') return false;
  return place.obey(operator, marksOnly.has(operator) ? [] : operands.map(numberOf));
}

/** Where text lies on the page; null when the appearance is more than a plain form of a sensible size. */
function placeOf(view: PdfView, dict: PdfDict, rect: PdfValue): TextPlace | null {
  if ([...dict.entries.keys()].some((key) => !plainEntries.has(key))) return null;
  const type = nameOf(dict.entries.get('Type')) ?? 'XObject';
  if (type !== 'XObject' || nameOf(dict.entries.get('Subtype')) !== 'Form') return null;
  const matrix = numbersOf(view, dict.entries.get('Matrix'));
  if (matrix !== null && matrix.join(' ') !== '1 0 0 1 0 0') return null;
  const [box, onPage] = [numbersOf(view, dict.entries.get('BBox')), numbersOf(view, rect)];
  if (box?.length !== 4 || onPage?.length !== 4) return null;
  const [inner, outer] = [boxOf(box), boxOf(onPage)];
  if (!isOpen(inner) || !isOpen(outer)) return null;
  return textPlace(inner, {
    x: (outer.right - outer.left) / (inner.right - inner.left),
    y: (outer.top - outer.bottom) / (inner.top - inner.bottom),
  });
}

function isOpen({ left, bottom, right, top }: Box): boolean {
  return right > left && top > bottom;
}

function numbersOf(view: PdfView, value: PdfValue | undefined): readonly number[] | null {
  const list = view.resolve(value);
  if (!isArray(list)) return null;
  return list.items.map((item) => numberOf(view.resolve(item)) ?? Number.NaN);
}

function numberOf(value: PdfValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** A font that is named but not there: viewers show plain ASCII in one of their own. */
const substituteFont: LineFont = {
  encode: () => null,
  decode: (bytes) =>
    bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ? Buffer.from(bytes).toString('latin1') : null,
  widthOf: () => 500,
};

function fontsOf(view: PdfView, appearance: PdfDict): ReadonlyMap<string, PdfValue> {
  const resources = view.resolve(appearance.entries.get('Resources'));
  const fonts = isDict(resources) ? view.resolve(resources.entries.get('Font')) : null;
  return isDict(fonts) ? fonts.entries : new Map<string, PdfValue>();
}

function showText(operand: PdfValue | undefined, font: LineFont, place: TextPlace): string | null {
  const parts = isArray(operand) ? operand.items : [operand ?? null];
  let shown = '';
  for (const part of parts) {
    if (typeof part === 'number') {
      // Wide steps, forth or back, would set letters apart or over each other.
      if (part < -2000 || part > 300 || !place.show(-part, 1)) return null;
      continue;
    }
    if (!isString(part)) return null;
    const text = font.decode(part.bytes);
    if (text === null || !place.show(widthOf(text, font), text.length)) return null;
    shown += text;
  }
  return shown;
}

function widthOf(text: string, font: LineFont): number {
  return [...text].reduce((sum, letter) => sum + font.widthOf(font.encode(letter) ?? '0'), 0);
}

function takeOperator(cursor: Cursor): string | null {
  const start = cursor.at;
  const first = cursor.bytes[start] ?? 0;
  const isLetter = (byte: number): boolean =>
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x2a ||
    byte === 0x27 ||
    byte === 0x22;
  if (!isLetter(first)) return null;
  while (cursor.at < cursor.bytes.length && isLetter(cursor.bytes[cursor.at] ?? 0)) cursor.at++;
  const word = Buffer.from(cursor.bytes.subarray(start, cursor.at)).toString('latin1');
  if (word === 'true' || word === 'false' || word === 'null') {
    cursor.at = start;
    return null;
  }
  if (word.length > 3) throw new PdfError('pdf-malformed', 'operator');
  return word;
}
