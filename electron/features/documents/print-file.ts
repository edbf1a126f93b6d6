import { agencyAggregate } from '#shared/directory/public.ts';
import type { Export } from '#shared/documents/public.ts';
import { AppError, writtenMoment, type DocumentId, type Hash } from '#shared/kernel/public.ts';
import { extractPages, type PageMark } from '#shared/node/pdf-pages/public.ts';
import { footMark } from '#shared/node/typesetting/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { fileOf, readableDocument } from './pages.ts';

type Asked = Readonly<{ documentId: DocumentId; hash: Hash; size: number }>;

/** The pages of a file for paper, marked on each; the signed original is another file and stays as it is. */
export async function printFile(signed: Signed, { documentId, hash, size }: Asked): Promise<Export> {
  const { desk, blobs, shared } = signed.open;
  const { name } = fileOf(readableDocument(desk.db, signed.scope, documentId), hash);
  if (!name.toLowerCase().endsWith('.pdf')) throw new AppError('documents.print-not-pdf', { name });
  shared?.mustBeHere(hash);
  const pdf = await blobs.read(hash, 0, size);
  const at = desk.now();
  const marked = await extractPages({ pdf, pages: 'all', source: hash, at, marks: [printMark(signed)] });
  return signed.exports.keep(printedName(name), marked);
}

/** NĐ 30 PL6 III.6.k: what is printed out of the system is marked: by whom, when, and out of which. */
export function printMark({ open: { desk }, person }: Pick<Signed, 'open' | 'person'>): PageMark {
  const agency = readState(desk.db, agencyAggregate, desk.agencyId)?.name ?? '';
  const when = writtenMoment(desk.now());
  return footMark(wordsOf('vi')('print.mark', { agency, person: person.name, when }));
}

export function printedName(name: string): string {
  return wordsOf('vi')('print.name', { name: name.replace(/\.pdf$/iu, '') });
}
