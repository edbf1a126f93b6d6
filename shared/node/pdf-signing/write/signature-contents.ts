import { AppError } from '#shared/kernel/public.ts';
import { PdfError, isDict, isRef, isString, nameOf } from '../pdf/values.ts';
import { lastChangeOf } from '../verify/coverage.ts';
import { openForWriting, type WritableFile } from './open-for-writing.ts';

export type SignatureContents = Readonly<{
  field: string;
  isTimestamp: boolean;
  /** The CMS or the token with the padding behind it. */
  contents: Uint8Array;
}>;

/** The signatures and document time-stamps a file carries now, in the order in which they were written. */
export function signatureContents(pdf: Uint8Array): readonly SignatureContents[] {
  const opened = openForWriting(pdf);
  try {
    return contentsIn(opened);
  } catch (error) {
    if (error instanceof PdfError) throw new AppError('signing.unreadable-pdf', {}, error);
    throw error;
  }
}

function contentsIn({ file, form }: WritableFile): readonly SignatureContents[] {
  const view = file.latest;
  const found = [...(form?.fields.values() ?? [])].flatMap((field) => {
    const signature = field.type === 'Sig' ? view.resolve(field.value) : null;
    const contents = isDict(signature) ? view.resolve(signature.entries.get('Contents')) : null;
    if (!isDict(signature) || !isString(contents) || !isRef(field.value)) return [];
    const isTimestamp = nameOf(view.resolve(signature.entries.get('SubFilter'))) === 'ETSI.RFC3161';
    const revision = lastChangeOf(file, field.value.num) ?? 0;
    return [{ revision, one: { field: field.name, isTimestamp, contents: contents.bytes } }];
  });
  return found.toSorted((a, b) => a.revision - b.revision).map(({ one }) => one);
}
