import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

export type FieldedPdfOptions = Readonly<{
  /** How the file keeps its cross-references. */
  xref?: 'table' | 'stream';
  initials?: number;
  paddingBytes?: number;
  /** What stands on the page; nothing by default. Letters of the font below only. */
  says?: string;
  /** Leaves the font's shapes out, for files that nobody looks at and many are made of. */
  glyphsOnly?: boolean;
}>;

const fontFile = new URL('../../resources/fonts/LiberationSerif-Regular.ttf', import.meta.url);
const letters = ' 0123456789/ngàythángnămABCDEFGHIJKLMNOPQRSTUVWXYZĐabcdefghijklmnopqrstuvwxyzđăâêôơư:.,-+()';

/** A one-page document with its fields from birth: number, date, initials, leader and seal. */
export function fieldedPdf(options: FieldedPdfOptions = {}): Uint8Array {
  const font = readFileSync(fontFile);
  const glyphs = glyphsOf(font, [...new Set(letters.normalize('NFC'))]);
  const initials = Array.from({ length: options.initials ?? 1 }, (_, i) => `initials-${i + 1}`);
  const signatures = ['leader', 'seal', ...initials];
  const firstSignature = 14;
  const fieldRefs = [12, 13, ...signatures.map((_, i) => firstSignature + i)]
    .map((num) => `${num} 0 R`)
    .join(' ');
  const objects = new Map<number, string | Buffer>([
    [1, '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R>>'],
    [2, '<</Type /Pages /Kids [3 0 R] /Count 1>>'],
    [
      3,
      `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</Font <</LegalFont 6 0 R>>>> /Contents 5 0 R /Annots [${fieldRefs}]>>`,
    ],
    [
      4,
      `<</Fields [${fieldRefs}] /SigFlags 3 /DR <</Font <</LegalFont 6 0 R>>>> /DA (/LegalFont 13 Tf 0 g)>>`,
    ],
    [5, stream('', Buffer.from(`BT /LegalFont 13 Tf 60 780 Td <${codesOf(options.says, glyphs)}> Tj ET`))],
    [
      6,
      '<</Type /Font /Subtype /Type0 /BaseFont /AAAAAA+LiberationSerif /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 9 0 R>>',
    ],
    [
      7,
      `<</Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+LiberationSerif /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /CIDToGIDMap /Identity /FontDescriptor 8 0 R /DW 500 /W [${glyphs.map(({ gid, width }) => `${gid} [${width}]`).join(' ')}]>>`,
    ],
    [
      8,
      '<</Type /FontDescriptor /FontName /AAAAAA+LiberationSerif /Flags 4 /FontBBox [-200 -300 1100 900] /ItalicAngle 0 /Ascent 891 /Descent -216 /CapHeight 662 /StemV 80 /FontFile2 10 0 R>>',
    ],
    [9, stream('', Buffer.from(toUnicode(glyphs)))],
    [
      10,
      stream(
        `/Filter /FlateDecode /Length1 ${font.length}`,
        deflateSync(options.glyphsOnly === true ? Buffer.alloc(64) : font),
      ),
    ],
    [11, stream('', Buffer.alloc(options.paddingBytes ?? 0, 'x'))],
    [12, widget('/FT /Tx /T (number)', [90, 700, 150, 718])],
    [13, widget('/FT /Tx /T (date) /Q 1', [300, 700, 520, 718])],
  ]);
  for (const [i, name] of signatures.entries()) {
    objects.set(firstSignature + i, widget(`/FT /Sig /T (${name})`, [300 + i * 40, 200, 400 + i * 40, 280]));
  }
  return assemble(objects, options.xref ?? 'table');
}

function widget(entries: string, rect: readonly number[]): string {
  return `<</Type /Annot /Subtype /Widget ${entries} /F 4 /P 3 0 R /Rect [${rect.join(' ')}]${entries.includes('/Tx') ? ' /DA (/LegalFont 13 Tf 0 g)' : ''}>>`;
}

function stream(entries: string, body: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<<${entries} /Length ${body.length}>>\nstream\n`),
    body,
    Buffer.from('\nendstream'),
  ]);
}

function assemble(objects: ReadonlyMap<number, string | Buffer>, xref: 'table' | 'stream'): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [num, body] of objects) {
    const part = Buffer.concat([Buffer.from(`${num} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]);
    offsets[num] = length;
    length += part.length;
    parts.push(part);
  }
  const size = offsets.length;
  const trailer = `/Root 1 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]`;
  if (xref === 'table') {
    const rows = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
    parts.push(
      Buffer.from(
        `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size ${size} ${trailer}>>\n`,
      ),
    );
  } else {
    const rows = Buffer.alloc((size + 1) * 6);
    for (const [num, offset] of [...offsets, length].entries()) {
      rows.writeUInt8(num === 0 ? 0 : 1, num * 6);
      rows.writeUInt32BE(offset ?? 0, num * 6 + 1);
    }
    const entries = `/Type /XRef /W [1 4 1] /Size ${size + 1} ${trailer}`;
    parts.push(Buffer.from(`${size} 0 obj\n`), stream(entries, rows), Buffer.from('\nendobj\n'));
  }
  parts.push(Buffer.from(`startxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}

/** The glyph codes of a line in the embedded font. */
export function codesOf(line: string | undefined, glyphs = allGlyphs()): string {
  if (line === undefined) return '0003';
  return [...line]
    .map((letter) => hex4(glyphs.find((glyph) => glyph.letter === letter)?.gid ?? missing(letter)))
    .join('');
}

function missing(letter: string): never {
  throw new Error(`the font has no ${letter}`);
}

function allGlyphs(): readonly Glyph[] {
  return glyphsOf(readFileSync(fontFile), [...new Set(letters.normalize('NFC'))]);
}

type Glyph = Readonly<{ letter: string; gid: number; width: number }>;

function toUnicode(glyphs: readonly Glyph[]): string {
  const rows = glyphs.map(({ letter, gid }) => `<${hex4(gid)}> <${hex4(letter.charCodeAt(0))}>`);
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Legal def /CMapType 2 def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n${rows.length} beginbfchar\n${rows.join('\n')}\nendbfchar\nendcmap end end`;
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}

/** Glyph numbers and widths (per thousand) from the font's own format 4 table. */
function glyphsOf(font: Buffer, wanted: readonly string[]): readonly Glyph[] {
  const cmap = tableAt(font, 'cmap');
  const perEm = font.readUInt16BE(tableAt(font, 'head') + 18);
  const metrics = font.readUInt16BE(tableAt(font, 'hhea') + 34);
  const hmtx = tableAt(font, 'hmtx');
  let base = 0;
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const at = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4);
    if (font.readUInt16BE(at) === 4) base = at;
  }
  const segments = font.readUInt16BE(base + 6) / 2;
  return wanted.map((letter) => {
    const code = letter.charCodeAt(0);
    for (let i = 0; i < segments; i++) {
      const end = font.readUInt16BE(base + 14 + i * 2);
      const start = font.readUInt16BE(base + 16 + segments * 2 + i * 2);
      if (code < start || code > end) continue;
      const delta = font.readUInt16BE(base + 16 + segments * 4 + i * 2);
      const at = base + 16 + segments * 6 + i * 2;
      const range = font.readUInt16BE(at);
      const gid =
        ((range === 0 ? code : font.readUInt16BE(at + range + (code - start) * 2)) + delta) & 0xffff;
      const width = font.readUInt16BE(hmtx + Math.min(gid, metrics - 1) * 4);
      return { letter, gid, width: Math.round((width * 1000) / perEm) };
    }
    return missing(letter);
  });
}

function tableAt(font: Buffer, tag: string): number {
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const at = 12 + i * 16;
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
  }
  throw new Error(`the font has no ${tag}`);
}
