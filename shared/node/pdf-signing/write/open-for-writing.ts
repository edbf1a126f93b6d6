import { AppError } from '#shared/kernel/public.ts';
import { openPdf, type PdfFile } from '../pdf/document.ts';
import { readForm, type AcroForm } from '../pdf/fields.ts';
import { PdfError } from '../pdf/values.ts';

export type WritableFile = Readonly<{ file: PdfFile; form: AcroForm | null }>;

/** Opens a file to add a revision to it; what cannot be read strictly, or is encrypted, is not written to. */
export function openForWriting(bytes: Uint8Array): WritableFile {
  return readingStrictly(() => {
    const file = openPdf(bytes);
    if (file.latest.trailer.entries.has('Encrypt')) throw new AppError('signing.encrypted-pdf');
    return { file, form: readForm(file.latest) };
  });
}

/** What breaks the format becomes a refusal that people can read. */
export function readingStrictly<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof PdfError) throw new AppError('signing.unreadable-pdf', {}, error);
    throw error;
  }
}
