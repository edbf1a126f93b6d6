import type { PdfFile } from '../pdf/document.ts';

/**
 * Says whether every byte after an offset belongs to a well-formed later revision: an object its cross-reference
 * section lists, the section itself, its startxref, white space. Viewers that rebuild a file would show the rest.
 */
export function areBytesAccounted(file: PdfFile, from: number, revision: number): boolean {
  const spans: (readonly [start: number, end: number])[] = [];
  for (let index = revision + 1; index < file.revisions.length; index++) {
    const view = file.viewAt(index);
    for (const section of file.revisions[index]?.sections ?? []) {
      spans.push([section.start, section.end]);
      for (const entry of section.entries.values()) {
        if (entry.kind !== 'offset' || entry.offset < from) continue;
        const object = file.indirectAt(entry.offset, view);
        spans.push([object.start, object.end]);
      }
    }
  }
  spans.sort(([a], [b]) => a - b);
  let at = from;
  for (const [start, end] of spans) {
    if (start > at && !isEmpty(file.bytes.subarray(at, start))) return false;
    at = Math.max(at, end);
  }
  return isEmpty(file.bytes.subarray(at));
}

const maxBetween = 4096;

/** White space, a closing `startxref N %%EOF`, and comments that no repairing reader could take for an object. */
function isEmpty(between: Uint8Array): boolean {
  if (between.length === 0) return true;
  if (between.length > maxBetween) return false;
  const rest = Buffer.from(between)
    .toString('latin1')
    .replaceAll(/startxref\s+\d+\s+%%EOF/g, ' ')
    .replaceAll(/%(?![^\r\n]*(?:obj|xref|trailer|stream))[^\r\n]*/g, ' ');
  return /^[\s\0]*$/.test(rest);
}
