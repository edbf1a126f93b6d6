import type { PdfFile } from '../pdf/document.ts';
import { findStartXref } from '../pdf/xref.ts';
import { isArray, isRef, isString, type PdfDict, type PdfValue } from '../pdf/values.ts';
import { isSpace, plainHex } from '../pdf/tokens.ts';
import { sameBytes } from '../pki/certificate.ts';

/** The zone a signature covers, or why it is not one. */
export type Coverage =
  | Readonly<{
      ok: true;
      /** The two pieces that were hashed. */
      pieces: readonly [Uint8Array, Uint8Array];
      contents: Uint8Array;
      /** Offset after the last signed byte. */
      end: number;
      /** The revision the signature closes. */
      revision: number;
      wholeFile: boolean;
    }>
  | Readonly<{ ok: false; reason: string }>;

/** Checks that a signature covers everything of its revision but its own /Contents, and where the zone ends. */
export function coverageOf(file: PdfFile, signature: PdfDict, holder: PdfValue): Coverage {
  const range = byteRange(signature);
  const contents = signature.entries.get('Contents');
  if (range === null || !isString(contents)) return { ok: false, reason: 'byte-range-malformed' };
  const [start, length1, start2, length2] = range;
  const end = start2 + length2;
  const { bytes } = file;
  if (start !== 0 || length1 <= 0 || start2 <= length1 || end > bytes.length) {
    return { ok: false, reason: 'byte-range-malformed' };
  }
  const revision = isRef(holder) ? lastChangeOf(file, holder.num) : null;
  if (!isRef(holder) || revision === null) return { ok: false, reason: 'signature-not-an-object' };
  const gap = bytes.subarray(length1, start2);
  if (!isHexOf(gap, contents.bytes)) return { ok: false, reason: 'gap-is-not-the-signature' };
  if (!isInside(file, holder.num, [length1, start2])) {
    return { ok: false, reason: 'gap-is-not-the-signature' };
  }
  const fault = zoneFault(file, revision, end);
  if (fault !== null) return { ok: false, reason: fault };
  return {
    ok: true,
    pieces: [bytes.subarray(0, length1), bytes.subarray(start2, end)],
    contents: contents.bytes,
    end,
    revision,
    wholeFile: end === bytes.length,
  };
}

/** The revision that wrote an object's present state. */
export function lastChangeOf(file: PdfFile, num: number): number | null {
  for (let index = file.revisions.length - 1; index >= 0; index--) {
    if (file.revisions[index]?.sections.some((section) => section.entries.has(num)) === true) return index;
  }
  return null;
}

function byteRange(signature: PdfDict): readonly [number, number, number, number] | null {
  const value = signature.entries.get('ByteRange');
  if (!isArray(value) || value.items.length !== 4) return null;
  const numbers = value.items.map((item) => (typeof item === 'number' && Number.isInteger(item) ? item : -1));
  const [a = -1, b = -1, c = -1, d = -1] = numbers;
  return numbers.some((number) => number < 0) ? null : [a, b, c, d];
}

function isHexOf(gap: Uint8Array, contents: Uint8Array): boolean {
  if (gap[0] !== 0x3c || gap.at(-1) !== 0x3e) return false;
  const meant = plainHex(gap.subarray(1, -1));
  return meant !== null && sameBytes(meant, contents);
}

function isInside(file: PdfFile, num: number, gap: readonly [number, number]): boolean {
  const entry = file.latest.find(num);
  if (entry?.kind !== 'offset') return false;
  const object = file.indirectAt(entry.offset, file.latest);
  return object.start < gap[0] && object.end > gap[1];
}

/** The zone ends where its revision ends: with that revision's startxref, and every section up to it inside. */
function zoneFault(file: PdfFile, revision: number, end: number): string | null {
  const { bytes } = file;
  const closing = Buffer.from(bytes.subarray(Math.max(0, end - 24), end)).toString('latin1');
  if (!/%%EOF[\r\n ]*$/.test(closing)) return 'zone-ends-inside-a-revision';
  if (findStartXref(bytes, end).offset !== file.revisions[revision]?.startXref) {
    return 'zone-ends-inside-a-revision';
  }
  for (const [index, { sections }] of file.revisions.entries()) {
    for (const section of sections) {
      if (index <= revision ? section.end > end : section.start < end) return 'zone-ends-inside-a-revision';
    }
  }
  return null;
}

/** True when only line ends follow the zone. */
export function onlySpaceAfter(bytes: Uint8Array, end: number): boolean {
  return bytes.length - end <= 8 && bytes.subarray(end).every((byte) => isSpace(byte));
}
