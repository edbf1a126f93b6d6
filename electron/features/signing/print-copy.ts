import { AppError, dayOf, type DocumentId } from '#shared/kernel/public.ts';
import { agencyAggregate, personAggregate, type Person } from '#shared/directory/public.ts';
import { copyNumbered, targetOf, type Export } from '#shared/documents/public.ts';
import { appendPages } from '#shared/node/pdf-pages/public.ts';
import { copySheetPdf, dateLine } from '#shared/node/typesetting/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { readableDocument } from '../documents/public.ts';

type Asked = Readonly<{ documentId: DocumentId; number: number; year: number }>;

/** A copy on paper to be printed, signed by hand and sealed: its pages, then the form of a copy (NĐ 30 PL1 phần II). */
export async function printCopy(signed: Signed, { documentId, ...number }: Asked): Promise<Export> {
  const { desk, blobs } = signed.open;
  const document = readableDocument(desk.db, signed.scope, documentId);
  const copy = copyNumbered(document, number);
  if (copy === null || targetOf(copy) !== 'paper') throw new AppError('documents.unknown-copy');
  if (copy.voidedBecause !== null) throw new AppError('documents.copy-voided');
  const { file, form, notation, signedAt, recipients, decidedBy } = copy;
  signed.open.shared?.mustBeHere(file.hash);
  const agency = readState(desk.db, agencyAggregate, desk.agencyId);
  const people = readAll(desk.db, personAggregate);
  const signer = people.find(({ id }) => id === decidedBy);
  if (agency === null || signer === undefined) throw new Error('A copy has its agency and who decided it');
  const words = wordsOf('vi');
  const sheet = copySheetPdf({
    superior: agency.superior,
    agency: agency.name,
    form: words(`copy.form.${form}`),
    notation: words('copy.sheet.notation', { notation }),
    placeAndDay: `${agency.place}, ${dateLine(dayOf(signedAt))}`,
    recipientsHead: words('copy.sheet.recipients'),
    recipients: [...recipients.map(({ name }) => `- ${name};`), words('copy.sheet.kept')],
    signs: signsAs(signer, people),
    signer: signer.name,
    frozenAt: signedAt,
  });
  const pages = await blobs.read(file.hash, 0, file.size);
  const name = `${notation.replaceAll('/', '-')}.pdf`;
  return signed.exports.keep(name, await appendPages(pages, sheet));
}

/** NĐ 30 Đ13, PL1 II.7: who is not the head signs for the head, and the line above says how. */
function signsAs(signer: Person, people: readonly Person[]): readonly string[] {
  const head = people.find(
    ({ rank, roles, active }) => active && rank === 'head' && roles.includes('leader'),
  );
  if (head === undefined || head.id === signer.id) return [signer.post];
  return [`${signer.roles.includes('leader') ? 'KT.' : 'TL.'} ${head.post}`, signer.post];
}
