import {
  attachmentsToSend,
  isSealedApart,
  type Outgoing,
  type StoredFile,
} from '#shared/documents/public.ts';
import type { PageFacts } from '#shared/exchange/public.ts';
import { findSecrecyMark, readFields } from '#shared/intake/public.ts';
import { AppError, DaySchema } from '#shared/kernel/public.ts';
import { readPdf } from '#shared/node/pdf-text/public.ts';
import type { Signed } from '../../host/context.ts';
import { verifyStored } from '../signing/public.ts';

/** What the page and what goes beside it are found to be, by their bytes at this desk and nothing else. */
export async function pageFacts(signed: Signed, document: Outgoing): Promise<PageFacts> {
  const { id: documentId, file } = document;
  if (file === null) throw new AppError('documents.unknown-file');
  const { verdict, signatures } = await verifyStored(signed, { documentId, hash: file.hash });
  const pdf = await readStored(signed, file);
  // What the page shows, and not what it says of itself out of sight.
  const shown = readFields({ lines: pdf.lines, pages: pdf.pages, hidden: pdf.hiddenText });
  const issuedOn = DaySchema.safeParse(shown.issuedOn);
  const beside = attachmentsToSend(document).filter(({ hash }) => signed.open.blobs.has(hash));
  return {
    file: file.hash,
    verdict,
    hasLeader: signatures.some(({ role }) => role === 'leader'),
    hasSeal: signatures.some(({ role }) => role === 'seal'),
    notation: shown.notation,
    issuedOn: issuedOn.success ? issuedOn.data : null,
    secrecyMark: findSecrecyMark(pdf.lines)?.mark ?? (await markBeside(signed, beside)),
    attachments: beside.map(({ hash }) => hash),
  };
}

/** A secrecy mark on an attachment keeps the whole paper here. */
async function markBeside(signed: Signed, files: readonly StoredFile[]): Promise<string | null> {
  for (const file of files.filter(isSealedApart)) {
    const mark = findSecrecyMark((await readStored(signed, file)).lines);
    if (mark !== null) return mark.mark;
  }
  return null;
}

async function readStored({ open }: Signed, { hash, size, name }: StoredFile) {
  open.shared?.mustBeHere(hash);
  return readPdf(await open.blobs.read(hash, 0, size), { which: 'ends', name });
}
