import type { PdfText, ReadOptions } from './reading.ts';
import { askReader } from './reader-client.ts';

export { type PdfText, type ReadOptions } from './reading.ts';

/** Reads the text of a PDF, without pictures, scripts or anything outside the file. */
export async function readPdf(bytes: Uint8Array, options: ReadOptions = {}): Promise<PdfText> {
  return askReader('read', { bytes, options });
}

/** The whole text of a PDF for search, one line of the page a line, pages apart by a form feed. */
export async function readAllText(
  bytes: Uint8Array,
  options: Omit<ReadOptions, 'which'> = {},
): Promise<string> {
  return askReader('text', { bytes, options });
}
