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

/** Operators that set text and nothing else; a filled field may not draw, paint pictures or hide its text. */
const harmless: ReadonlySet<string> = new Set(
  'q Q cm BT ET Tf Td TD Tm T* TL Tc Tw Tz Ts g G rg RG k K re W W* n BMC EMC BDC w'.split(' '),
);

const maxBytes = 200_000;

/**
 * The text an appearance shows, read through fonts that stood in the document before; null when it shows anything
 * else than plain text or cannot be read.
 */
export function displayedText(
  view: PdfView,
  appearance: PdfValue,
  isOld: (font: PdfValue) => boolean,
): string | null {
  if (!isStream(appearance)) return null;
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
      const entry = fonts.get(nameOf(operands[0]) ?? '');
      if (entry === undefined) font = substituteFont;
      else font = isOld(entry) ? readFont(view, entry) : null;
    } else if (operator === 'Tj' || operator === 'TJ') {
      const text = font === null ? null : textIn(operands[0], font);
      if (text === null) return null;
      shown += text;
    } else if (!harmless.has(operator)) return null;
    operands.length = 0;
  }
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

function textIn(operand: PdfValue | undefined, font: LineFont): string | null {
  if (isString(operand)) return font.decode(operand.bytes);
  if (!isArray(operand)) return null;
  const parts = operand.items.filter(isString).map((part) => font.decode(part.bytes));
  return parts.some((part) => part === null) ? null : parts.join('');
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
