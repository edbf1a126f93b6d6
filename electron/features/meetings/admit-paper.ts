import { findSecrecyMark } from '#shared/intake/public.ts';
import { AppError, hashBytes } from '#shared/kernel/public.ts';
import type { StoredFile } from '#shared/documents/public.ts';
import { admitPdf, readPdf } from '#shared/node/pdf-text/public.ts';
import type { Signed } from '../../host/context.ts';

/** A paper of a meeting passes the same door as a received one; secret ones stay out (NĐ 30 Đ5). */
export async function admitPaper({ uploads, open }: Signed, uploadId: string): Promise<StoredFile> {
  const { name, bytes } = uploads.take(uploadId);
  await admitPdf(bytes, { name });
  const pdf = await readPdf(bytes);
  const mark = findSecrecyMark(pdf.lines);
  if (mark !== null) throw new AppError('documents.secret', { name, mark: mark.mark });
  const { size } = await open.blobs.put(bytes);
  return { hash: hashBytes(bytes), size, name, pages: pdf.pages };
}
