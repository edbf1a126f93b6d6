import type { z } from 'zod';
import { ExtractedSchema, nothingRead, readFields, type Extracted } from '../../intake/public.ts';
import { admitPdf, type AdmitOptions } from './admit-pdf.ts';
import { readPdf, type PdfText, type ReadOptions } from './read-pdf.ts';

const OwnSchema = ExtractedSchema.partial();
type Said = z.infer<typeof OwnSchema>;

/** What a file says of itself, and whether it carries anything that would run. */
export type ExtractedFile = Extracted & Readonly<{ hasScript: boolean }>;

/** Fields from a PDF that was read: its own embedded metadata where it carries them, else its letters. */
export function extractFrom(pdf: PdfText): Extracted {
  const read = readFields({ lines: pdf.lines, pages: pdf.pages, hidden: pdf.hiddenText });
  const own = OwnSchema.safeParse(pdf.embedded);
  if (pdf.embedded === null || !own.success) return read;
  const { confidence: _read, method: _method, pages: _pages, ...said } = own.data;
  const fields = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
  if (Object.keys(fields).length === 0) return read;
  const certain = Object.fromEntries(
    Object.keys(fields).map((field) => [field, contradicts(read, own.data, field) ? 0.5 : 1]),
  );
  const base = pdf.hiddenText ? nothingRead(pdf.pages) : read;
  return { ...base, ...fields, method: 'embedded', confidence: { ...base.confidence, ...certain } };
}

/** What is attached out of sight and says something else than the page deserves a second look. */
function contradicts(read: Extracted, own: Said, field: string): boolean {
  if (field === 'notation' || field === 'number' || field === 'symbol') {
    return read.notation !== null && typeof own.notation === 'string' && read.notation !== own.notation;
  }
  return field === 'issuedOn' && read.issuedOn !== null && read.issuedOn !== own.issuedOn;
}

/** Admits and reads a received file; with `ends`, reads on where the signature stands before an appendix. */
export async function extractFile(
  source: Uint8Array | string,
  options: AdmitOptions & Pick<ReadOptions, 'which'> = {},
): Promise<ExtractedFile> {
  const { bytes } = await admitPdf(source, options);
  const pdf = await readPdf(bytes, options);
  const found = extractFrom(pdf);
  const cut = options.which === 'ends' && found.signer.name === null && !pdf.hiddenText;
  if (!cut || pdf.pages <= 5) return { ...found, hasScript: pdf.hasScript };
  const whole = await readPdf(bytes, { ...options, which: 'all' });
  return { ...extractFrom(whole), hasScript: whole.hasScript };
}
