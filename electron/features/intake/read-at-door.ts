import { findSecrecyMark } from '#shared/intake/public.ts';
import { admitPdf, extractFrom, readPdf } from '#shared/node/pdf-text/public.ts';

/** A PDF as the door reads it, and the mark by which it is secret: the rule that found it, and its words. */
export async function readAtDoor(bytes: Uint8Array, name: string) {
  await admitPdf(bytes, { name });
  const pdf = await readPdf(bytes, { which: 'ends', name });
  const read = extractFrom(pdf);
  const mark = findSecrecyMark(pdf.lines);
  const isSecret = mark !== null || read.secrecy !== null;
  const secret = isSecret
    ? { rule: mark?.rule ?? 'embedded-mark', mark: mark?.mark ?? read.secrecy ?? '' }
    : null;
  return { pdf, read, secret };
}
