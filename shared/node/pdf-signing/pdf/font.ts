import { decodeStream } from './filters.ts';
import type { PdfView } from './document.ts';
import { isArray, isDict, isStream, nameOf, type PdfDict, type PdfValue } from './values.ts';

/** What is needed of a font to write and to read back a line of text. */
export type LineFont = Readonly<{
  /** The glyph code of a letter as hex digits, or null when the font has none. */
  encode: (letter: string) => string | null;
  /** What the shown bytes say; null when a code has no letter. */
  decode: (bytes: Uint8Array) => string | null;
  /** Advance of a code in thousandths of the size. */
  widthOf: (code: string) => number;
}>;

/** Reads a composite Identity-H font through its ToUnicode map, or a simple font by its one-byte codes. */
export function readFont(view: PdfView, value: PdfValue | undefined): LineFont | null {
  const font = view.resolve(value);
  if (!isDict(font)) return null;
  const subtype = nameOf(view.resolve(font.entries.get('Subtype')));
  if (subtype === 'Type0') return compositeFont(view, font);
  return subtype === 'Type1' || subtype === 'TrueType' ? simpleFont(view, font) : null;
}

function compositeFont(view: PdfView, font: PdfDict): LineFont | null {
  if (nameOf(view.resolve(font.entries.get('Encoding'))) !== 'Identity-H') return null;
  const map = view.resolve(font.entries.get('ToUnicode'));
  if (!isStream(map)) return null;
  const letters = readToUnicode(Buffer.from(decodeStream(map, maxMapBytes)).toString('latin1'));
  const codes = new Map<string, string>();
  for (const [code, letter] of letters) if (!codes.has(letter)) codes.set(letter, code);
  let widths: ((code: number) => number) | null = null;
  return {
    encode: (letter) => codes.get(letter) ?? null,
    decode: (bytes) => decodePairs(bytes, letters),
    widthOf: (code) => {
      widths ??= readWidths(view, font);
      return widths(Number.parseInt(code, 16));
    },
  };
}

function decodePairs(bytes: Uint8Array, letters: ReadonlyMap<string, string>): string | null {
  if (bytes.length % 2 !== 0) return null;
  const hex = Buffer.from(bytes).toString('hex');
  let out = '';
  for (let at = 0; at < hex.length; at += 4) {
    const letter = letters.get(hex.slice(at, at + 4));
    if (letter === undefined) return null;
    out += letter;
  }
  return out;
}

/** Only fonts that keep the standard meaning of ASCII; anything remapped is not read. */
function simpleFont(view: PdfView, font: PdfDict): LineFont | null {
  if (isDict(view.resolve(font.entries.get('Encoding')))) return null;
  if (font.entries.has('FontFile') || font.entries.has('ToUnicode')) return null;
  const isAscii = (code: number): boolean => code >= 0x20 && code < 0x7f;
  return {
    encode: (letter) => (isAscii(letter.charCodeAt(0)) ? letter.charCodeAt(0).toString(16) : null),
    decode: (bytes) => (bytes.every(isAscii) ? Buffer.from(bytes).toString('latin1') : null),
    widthOf: () => 500,
  };
}

const maxCodes = 65_536;
const maxMapBytes = 2_000_000;

/** The bfchar and bfrange lines of a ToUnicode map: code (4 hex digits) → letter. */
export function readToUnicode(cmap: string): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  for (const body of between(cmap, 'bfchar')) {
    for (const [, code = '', to = ''] of body.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f\s]+)>/gi)) {
      letters.set(code.toLowerCase().padStart(4, '0'), utf16(to));
    }
  }
  for (const body of between(cmap, 'bfrange')) {
    const rows = body.matchAll(
      /<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*(?:<([0-9a-f]+)>|\[((?:\s*<[0-9a-f]+>)*)\s*\])/gi,
    );
    for (const [, first = '', last = '', start, list] of rows) {
      const from = Number.parseInt(first, 16);
      const to = Math.min(Number.parseInt(last, 16), from + maxCodes - letters.size);
      const named =
        list === undefined ? null : [...list.matchAll(/<([0-9a-f\s]+)>/gi)].map(([, hex]) => hex ?? '');
      for (let code = from; code <= to; code++) {
        const hex = named === null ? plus(start ?? '', code - from) : named[code - from];
        if (hex !== undefined) letters.set(code.toString(16).padStart(4, '0'), utf16(hex));
      }
    }
  }
  return letters;
}

/** The pieces between `begin…` and `end…`. */
function between(cmap: string, block: string): readonly string[] {
  return cmap
    .split(`begin${block}`)
    .slice(1)
    .map((piece) => piece.split(`end${block}`, 1)[0] ?? '');
}

function plus(hex: string, add: number): string {
  const head = hex.slice(0, -4);
  return head + (Number.parseInt(hex.slice(-4), 16) + add).toString(16).padStart(4, '0');
}

function utf16(hex: string): string {
  const bytes = Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
  return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : '';
}

function readWidths(view: PdfView, font: PdfDict): (code: number) => number {
  const descendants = view.resolve(font.entries.get('DescendantFonts'));
  const inner = isArray(descendants) ? view.resolve(descendants.items[0]) : null;
  const widths = new Map<number, number>();
  if (!isDict(inner)) return () => 1000;
  const otherwise = view.resolve(inner.entries.get('DW'));
  const rows = view.resolve(inner.entries.get('W'));
  const items = isArray(rows) ? rows.items.map((row) => view.resolve(row)) : [];
  for (let i = 0; i < items.length;) {
    const first = items[i];
    const second = items[i + 1];
    const third = items[i + 2];
    if (typeof first !== 'number') break;
    if (isArray(second)) {
      for (const [j, width] of second.items.entries()) {
        widths.set(first + j, typeof width === 'number' ? width : 0);
      }
      i += 2;
    } else if (typeof second === 'number' && typeof third === 'number') {
      for (let code = first; code <= Math.min(second, first + maxCodes); code++) widths.set(code, third);
      i += 3;
    } else break;
  }
  return (code) => widths.get(code) ?? (typeof otherwise === 'number' ? otherwise : 1000);
}
