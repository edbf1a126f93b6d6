import { codesOf } from '../fielded-pdf.ts';
import { forgedWords, honestWords } from './words.ts';

/** The parts of a revision as somebody without a key writes it; whatever is left out is as it should be. */
export type Revision = Readonly<{
  objects?: Readonly<Record<number, string>>;
  /** Objects that the cross-references call free. */
  free?: readonly number[];
  /** Objects that are to be found at an offset of somebody's choice. */
  at?: Readonly<Record<number, number>>;
  root?: number;
  /** One more than the highest number, as the trailer has it. */
  size?: number;
  /** Generations of objects written, as the object itself and as the cross-references say. */
  generations?: Readonly<Record<number, readonly [own: number, listed: number]>>;
  /** Rows of the cross-reference table, just as they are. */
  rows?: readonly string[];
  /** Entries of the trailer beside Size, Root, ID and Prev. */
  trailer?: string;
  prev?: number | null;
  /** Written before the objects, and listed nowhere. */
  before?: string;
  parts?: Readonly<{ xref?: boolean; trailer?: boolean; startxref?: number | false }>;
}>;

export function text(pdf: Buffer): string {
  return pdf.toString('latin1');
}

/** Adds a revision after the bytes of a file. */
export function withRevision(pdf: Buffer, revision: Revision): Buffer {
  let body = revision.before ?? '';
  const rows: string[] = [];
  for (const [num, value] of Object.entries(revision.objects ?? {})) {
    const [own, listed] = revision.generations?.[Number(num)] ?? [0, 0];
    rows.push(rowOf(num, pdf.length + body.length, listed));
    body += `${num} ${own} obj\n${value}\nendobj\n`;
  }
  rows.push(...(revision.rows ?? []));
  for (const num of revision.free ?? []) rows.push(`${num} 1\n0000000000 65535 f \n`);
  for (const [num, offset] of Object.entries(revision.at ?? {})) rows.push(rowOf(num, offset));
  return Buffer.concat([pdf, Buffer.from(body + tailOf(pdf, revision, { body, rows }), 'latin1')]);
}

function rowOf(num: string, offset: number, generation = 0): string {
  return `${num} 1\n${spelt(offset)} ${String(generation).padStart(5, '0')} n \n`;
}

/** An offset as cross-reference tables have it. */
export function spelt(offset: number): string {
  return String(offset).padStart(10, '0');
}

type Written = Readonly<{ body: string; rows: readonly string[] }>;

/** Cross-references, trailer and pointer, as many of them as somebody cares to write. */
function tailOf(pdf: Buffer, revision: Revision, { body, rows }: Written): string {
  const { root = 1, size = sizeOf(pdf), trailer = '', parts = {} } = revision;
  const prev = revision.prev === undefined ? startxrefOf(pdf) : revision.prev;
  const entries = `/Size ${size} /Root ${root} 0 R ${idOf(pdf)} ${prev === null ? '' : `/Prev ${prev}`} ${trailer}`;
  const pointer = parts.startxref ?? pdf.length + body.length;
  return [
    parts.xref === false ? '' : `xref\n${rows.join('')}`,
    parts.trailer === false ? '' : `trailer\n<<${entries}>>\n`,
    pointer === false ? '' : `startxref\n${pointer}\n%%EOF\n`,
  ].join('');
}

/** A size that leaves nothing out. */
export function sizeOf(pdf: Buffer): number {
  const sizes = [...text(pdf).matchAll(/\/Size (\d+)/g)].map(([, size]) => Number(size));
  return Math.max(90, ...sizes);
}

/** Where the newest cross-references start, as the file says at its end. */
export function startxrefOf(pdf: Buffer): number {
  return Number(/.*startxref\s+(\d+)/s.exec(text(pdf))?.[1] ?? 0);
}

function idOf(pdf: Buffer): string {
  return /\/ID\s*\[[^\]]*\]/.exec(text(pdf))?.[0] ?? '';
}

/** The newest body of an object that is written out in the file. */
export function bodyOf(pdf: Buffer, num: number): string {
  const found = [...text(pdf).matchAll(new RegExp(`\\n${num} 0 obj\\s([\\s\\S]*?)\\sendobj`, 'g'))].at(
    -1,
  )?.[1];
  if (found === undefined) throw new Error(`object ${num} is not written out`);
  return found;
}

export type Zone = Readonly<{ start: number; next: number; rest: number; hex: string }>;

/** What the newest signature covers, and its digits with their padding. */
export function zoneOf(pdf: Buffer): Zone {
  const ranges = [...text(pdf).matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g)];
  const [start = 0, next = 0, rest = 0] = (ranges.at(-1) ?? []).slice(1).map(Number);
  return { start, next, rest, hex: text(pdf).slice(start + 1, next - 1) };
}

/** The digits without the padding. */
export function shortHex({ hex }: Zone): string {
  return hex.slice(0, (4 + Number.parseInt(hex.slice(4, 8), 16)) * 2);
}

/** The object number of the newest signature dictionary. */
export function signatureNumber(pdf: Buffer): number {
  return Number([...text(pdf).matchAll(/\n(\d+) 0 obj\n<<\/Type \/Sig /g)].at(-1)?.[1] ?? 0);
}

/** Writes over bytes; the length stays. */
export function overwritten(pdf: Buffer, at: number, by: string): Buffer {
  const changed = Buffer.from(pdf);
  changed.write(by, at, 'latin1');
  return changed;
}

/** The page's own content with the other sum in it, in its place. */
export function withForgedWords(pdf: Buffer): Buffer {
  const at = pdf.indexOf(codesOf(honestWords));
  if (at < 0) throw new Error('the honest words are not there');
  return overwritten(pdf, at, codesOf(forgedWords));
}

export function stream(content: string, entries = ''): string {
  return `<<${entries} /Length ${content.length}>>\nstream\n${content}\nendstream`;
}

/** A page content that sets words in the document's own font. */
export function saying(words: string, y = 780): string {
  return `BT /LegalFont 13 Tf 60 ${y} Td <${codesOf(words)}> Tj ET`;
}

export const forgedContent = stream(saying(forgedWords));

/** The page as it stands, with some of its entries exchanged. */
export function pageOf(
  pdf: Buffer,
  ...changes: readonly (readonly [from: string | RegExp, to: string])[]
): string {
  return changed(bodyOf(pdf, 3), changes);
}

export function changed(
  body: string,
  changes: readonly (readonly [from: string | RegExp, to: string])[],
): string {
  return changes.reduce((now, [from, to]) => {
    const next = now.replace(from, to);
    if (next === now) throw new Error(`${String(from)} is not in ${now.slice(0, 80)}`);
    return next;
  }, body);
}

/** A form XObject with a drawing. */
export function drawing(content: string, box = '0 0 595 842', entries = ''): string {
  const resources = '/Resources <</Font <</LegalFont 6 0 R>>>>';
  return stream(content, `/Type /XObject /Subtype /Form /BBox [${box}] ${resources}${entries}`);
}

/** White paper over everything, and other words on it. */
export const coverUp = `1 1 1 rg 0 0 595 842 re f 0 g ${saying(forgedWords)}`;
