import { AppError, hashBytes } from '#shared/kernel/public.ts';
import { findSecrecyMark, type SecrecyMark } from '#shared/intake/public.ts';
import { officeMark } from '#shared/node/office-text/public.ts';
import { admitPdf, readPdf } from '#shared/node/pdf-text/public.ts';
import { isSealedApart, type StoredFile } from '#shared/documents/public.ts';
import type { Signed } from '../../host/context.ts';
import { mustBeSealable } from '../signing/public.ts';

/** A file that goes out with a draft, bound by its hash; PDFs pass the same door as received ones, and no file with a secrecy mark does. */
export async function admitAttachment(signed: Signed, uploadId: string): Promise<StoredFile> {
  const { name, bytes } = signed.uploads.take(uploadId);
  const isPdf = isSealedApart({ name });
  const pages = isPdf ? await pagesOf(name, bytes) : 0;
  if (!isPdf) mustBearNone(name, await officeMark({ name, bytes }));
  const { hash, size } = await signed.open.blobs.put(bytes);
  if (hash !== hashBytes(bytes)) throw new Error('The blob store named a file wrongly');
  return { hash: hashBytes(bytes), size, name, pages };
}

async function pagesOf(name: string, bytes: Uint8Array): Promise<number> {
  await admitPdf(bytes, { name });
  const pdf = await readPdf(bytes);
  mustBearNone(name, findSecrecyMark(pdf.lines));
  // It will carry the seal: said now, and not to the clerk when everybody has signed.
  mustBeSealable(name, bytes);
  return pdf.pages;
}

function mustBearNone(name: string, mark: SecrecyMark | null): void {
  if (mark !== null) throw new AppError('documents.secret', { name, mark: mark.mark });
}
