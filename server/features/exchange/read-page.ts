import { findSecrecyMark, type Extracted } from '#shared/intake/public.ts';
import { admitPdf, extractFrom, readPdf } from '#shared/node/pdf-text/public.ts';

export type PageRead = Readonly<{ pages: number; hasScript: boolean; isSecret: boolean; read: Extracted }>;
export type ReadPage = (bytes: Uint8Array, name: string) => Promise<PageRead>;

/** What stands on a page that came; one that is none throws an `intake.` code. */
export const readPage: ReadPage = async (bytes, name) => {
  await admitPdf(bytes, { name });
  const pdf = await readPdf(bytes, { which: 'ends', name });
  const read = extractFrom(pdf);
  const isSecret = findSecrecyMark(pdf.lines) !== null || read.secrecy !== null;
  return { pages: pdf.pages, hasScript: pdf.hasScript, isSecret, read };
};
