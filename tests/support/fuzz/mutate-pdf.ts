import { mutateBytes } from './mutate-bytes.ts';
import { mutateDer } from './mutate-der.ts';
import { mutateRevision } from './mutate-revision.ts';
import type { Random } from './random.ts';

/** The places of a document that mutations aim at, found once per document. */
export type Anatomy = Readonly<{
  bytes: Buffer;
  /** The bytes as Latin letters. */
  text: string;
  /** Where revisions end: after their %%EOF and its line end. */
  ends: readonly number[];
  /** The gaps that hold signatures, with their angle brackets. */
  gaps: readonly (readonly [start: number, end: number])[];
}>;

export function anatomyOf(bytes: Buffer): Anatomy {
  const text = bytes.toString('latin1');
  const ends = [...text.matchAll(/%%EOF\r?\n?/g)].map((match) => match.index + match[0].length);
  const ranges = [...text.matchAll(/\/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+\d+\s*\]/g)];
  const gaps = ranges.map(([, start, end]) => [Number(start), Number(end)] as const);
  return { bytes, text, ends, gaps: gaps.filter(([start, end]) => start < end && end <= bytes.length) };
}

/** One to three changes to a document, most of them such that a lenient reader still reads it. */
export function mutatePdf(from: Anatomy, other: Anatomy, random: Random): Buffer {
  let { bytes } = from;
  for (let times = random.once(3) ? 1 + random.below(3) : 1; times > 0; times--) {
    bytes = mutateOnce({ ...from, bytes }, other, random);
  }
  return bytes;
}

function mutateOnce(from: Anatomy, other: Anatomy, random: Random): Buffer {
  switch (random.below(10)) {
    case 0:
      return mutateBytes(from.bytes, random, other.bytes);
    case 1:
      // After the first signature, where a change does not simply break the sum.
      return mutateBytes(from.bytes, random, other.bytes, from.ends[0] ?? 0);
    case 2:
    case 3:
      return changeToken(from.bytes, random);
    case 4:
      return changeSignature(from, other, random);
    case 5:
      return splice(from, other, random);
    case 6:
      return hangOn(from.bytes, random);
    default:
      return mutateRevision(from, other, random);
  }
}

const names = (
  'Sig DocTimeStamp Tx Btn Annot Widget Page Pages Catalog Prev Root Size Info ID Contents ByteRange AcroForm Annots AP N V ' +
  'Fields Kids Parent DSS VRI Certs OCSPs CRLs Reference TransformParams FieldMDP DocMDP P Lock Action All Exclude Include ' +
  'Length Filter FlateDecode Type Subtype Font Resources Rect F FT T DR DA Encrypt XRefStm ObjStm Metadata Extensions'
).split(' ');
const numbers = [
  '0',
  '1',
  '2',
  '3',
  '-1',
  '65535',
  '2147483648',
  '99999999999999',
  '1.5',
  '0000000000',
  '00000',
];
const token =
  /\/[A-Za-z0-9.]+|-?\d+|\b(?:obj|endobj|stream|endstream|xref|trailer|startxref|R|n|f|true|false|null)\b|<<|>>|[[\]]/g;

/** One word or number becomes another: anywhere, but seldom inside long runs of hex digits. */
function changeToken(bytes: Buffer, random: Random): Buffer {
  const start = random.below(bytes.length);
  // A window is enough, and a whole file of words would take long to list.
  const near = bytes.toString('latin1', start, start + 3000);
  const found = [...near.matchAll(token)].filter((match) => match[0].length < 40);
  if (found.length < 2) return bytes;
  const [one, two] = [random.pick(found), random.pick(found)];
  const [word] = one;
  const at = start + one.index;
  return replaced(bytes, [at, at + word.length], otherWord(word, two[0], random));
}

function otherWord(word: string, neighbour: string, random: Random): string {
  if (random.once(4)) return neighbour;
  if (random.once(8)) return '';
  if (word.startsWith('/')) return `/${random.pick(names)}`;
  if (!/^-?\d+$/.test(word)) return random.pick(['null', 'true', 'endobj', 'obj', 'R', '<<', '>>', ']']);
  if (random.once(3)) return random.pick(numbers);
  const near = String(Number(word) + random.pick([-8, -2, -1, 1, 2, 8, 256]));
  // Keeping the width keeps every offset after it.
  return random.once(3) ? near : near.padStart(word.length, '0').slice(-word.length);
}

/** What stands in the gap is changed as DER, or exchanged for another's, with its padding kept to the byte. */
function changeSignature(from: Anatomy, other: Anatomy, random: Random): Buffer {
  const gap = from.gaps.length === 0 ? undefined : random.pick(from.gaps);
  if (gap === undefined) return changeToken(from.bytes, random);
  const [start, end] = gap;
  const room = end - start - 2;
  const own = contentsOf(from.bytes, gap);
  const theirs = other.gaps.length === 0 ? own : contentsOf(other.bytes, random.pick(other.gaps));
  const changed = random.once(6) ? theirs : mutateDer(own, random, theirs);
  const hex = changed.toString('hex').slice(0, room).padEnd(room, '0');
  const cased = random.once(4) ? hex.toUpperCase() : hex;
  return replaced(
    from.bytes,
    [start + 1, end - 1],
    random.once(12) ? cased.slice(0, -2).padEnd(room, ' ') : cased,
  );
}

function contentsOf(bytes: Buffer, [start, end]: readonly [number, number]): Buffer {
  const whole = Buffer.from(bytes.toString('latin1', start + 1, end - 1), 'hex');
  const length = whole.length > 4 && whole[1] === 0x82 ? 4 + whole.readUInt16BE(2) : whole.length;
  return whole.subarray(0, length);
}

/** A beginning of one document before an end of another, cut where revisions end or anywhere. */
function splice(from: Anatomy, other: Anatomy, random: Random): Buffer {
  const cut = (one: Anatomy): number =>
    random.once(3) || one.ends.length === 0 ? random.below(one.bytes.length) : random.pick(one.ends);
  if (random.once(3)) return from.bytes.subarray(0, cut(from));
  return Buffer.concat([from.bytes.subarray(0, cut(from)), other.bytes.subarray(cut(other))]);
}

/** Something after the end, which a reader may look at or not. */
function hangOn(bytes: Buffer, random: Random): Buffer {
  const offsets = [...bytes.toString('latin1').matchAll(/startxref\s+(\d+)/g)].map(
    (match) => match[1] ?? '0',
  );
  const offset = offsets.length === 0 || random.once(4) ? random.below(bytes.length) : random.pick(offsets);
  const tail = random.pick([
    '\n',
    '\r\n\r\n',
    '         \n',
    `startxref\n${offset}\n%%EOF\n`,
    '%%EOF\n',
    `trailer\n<</Root 1 0 R /Size 60>>\nstartxref\n${offset}\n%%EOF\n`,
    '5 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n',
    '% nothing\n',
  ]);
  return Buffer.concat([bytes, Buffer.from(tail, 'latin1')]);
}

export function replaced(bytes: Buffer, [start, end]: readonly [number, number], by: string): Buffer {
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(by, 'latin1'), bytes.subarray(end)]);
}
