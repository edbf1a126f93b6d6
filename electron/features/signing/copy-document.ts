import {
  AppError,
  type CommandId,
  type DocumentId,
  type Hash,
  type Instant,
  type Refusal,
} from '#shared/kernel/public.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import {
  mediumOf,
  targetOf,
  whyNotClerk,
  whyNotCopied,
  whyNotForm,
  whyNotPages,
  type CertifiedCopy,
  type CopyForm,
  type Medium,
  type OfficialDocument,
  type StoredFile,
} from '#shared/documents/public.ts';
import { extractPages } from '#shared/node/pdf-pages/public.ts';
import { markedField, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { markFont } from '#shared/node/typesetting/public.ts';
import { markOf } from '#shared/signing/public.ts';
import type { Signed } from '../../host/context.ts';
import { ask } from '../../host/run-command.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { readableDocument } from '../documents/public.ts';
import { nameOf } from './key-files.ts';
import { withSigningKey } from './signing-keys.ts';
import { stampAtOnce } from './time-stamps.ts';

type Asked = Readonly<{
  commandId: CommandId;
  documentId: DocumentId;
  pin: string | null;
  key?: string | null | undefined;
}> &
  Pick<CertifiedCopy, 'form' | 'target' | 'pages' | 'purpose' | 'recipients' | 'decidedBy'>;

/**
 * Makes a copy (NĐ 30 Đ25): the document whole, or chosen pages as a file of their own; then the command that gives it its
 * number. An electronic one is signed with the agency's key and marked at the top right of page 1; what is for paper is
 * printed with its number afterwards (`print-copy.ts`).
 */
export async function copyFile(signed: Signed, { commandId, pin, key: chosen = null, ...copy }: Asked) {
  const { desk, blobs } = signed.open;
  const { documentId, form, pages } = copy;
  const document = readableDocument(desk.db, signed.scope, documentId);
  mustNot(whyNotClerk(signed.person) ?? whyNotCopied(document));
  const { file } = document;
  if (file === null) throw new AppError('documents.unknown-file');
  signed.open.shared?.mustBeHere(file.hash);
  const source = await blobs.read(file.hash, 0, file.size);
  const medium = mediumOf(verifyPdf(source, { trust: [], at: desk.now() }).verdict);
  const target = targetOf(copy);
  mustNot(whyNotForm(form, medium, target) ?? whyNotPages(form, pages, file.pages));
  const signedAt = desk.now();
  const base = await baseOf(source, { document, file, pages, target, signed });
  const mark = { form, medium, source: file.hash, signedAt };
  const pdf = target === 'paper' ? base : await sealedCopy(signed, base, { pin, key: chosen, mark });
  const { hash, size } = await blobs.put(pdf);
  const name = `${form}-${file.name}`.slice(0, 255);
  const kept = { hash, size, name, pages: pages?.length ?? file.pages };
  const body = { ...copy, medium, source: file.hash, signedAt, file: kept };
  return { reply: await ask(signed, 'documents.makeCopy', { commandId, body }) };
}

type Sealing = Readonly<{
  pin: string | null;
  key: string | null;
  mark: Readonly<{ form: CopyForm; medium: Medium; source: Hash; signedAt: Instant }>;
}>;

async function sealedCopy(signed: Signed, base: Uint8Array, sealing: Sealing): Promise<Uint8Array> {
  const { desk } = signed.open;
  const { form, medium, source, signedAt } = sealing.mark;
  const agency = readState(desk.db, agencyAggregate, desk.agencyId);
  const field = markedField(base, 'copy');
  const asked = { use: 'seal', pin: sealing.pin ?? '', key: sealing.key } as const;
  return await withSigningKey(signed, asked, (key) => {
    const signerName = agency?.name ?? nameOf(key);
    const words = wordsOf('vi');
    const called = words(`copy.form.${form}`);
    // Luật Giao dịch điện tử 20/2023 Đ12: what was made from paper carries a mark that says so.
    const formSaid = medium === 'paper' ? words('copy.converted', { form: called }) : called;
    const text = markOf([formSaid, signerName], signedAt);
    // What it was made from stands in the signature, where nobody can change it.
    const reason = `SHA-256 ${source}`;
    const mark = { text, font: markFont(text) };
    const order = { pdf: base, field, role: 'copy', key, signedAt, signerName, reason, mark } as const;
    return signField({ ...order, ...stampAtOnce(signed) });
  });
}

type Base = Readonly<{
  document: OfficialDocument;
  file: StoredFile;
  pages: readonly number[] | null;
  target: Medium;
  signed: Signed;
}>;

async function baseOf(pdf: Uint8Array, { document, file, pages, target, signed }: Base): Promise<Uint8Array> {
  const hasScript = document.direction === 'incoming' && document.hasScript;
  if (pages === null && !hasScript && target === 'electronic') return pdf;
  // The agency's key never goes on a script, and on paper there are only pages: those alone are taken.
  const all = Array.from({ length: file.pages }, (_, at) => at + 1);
  return extractPages({ pdf, pages: pages ?? all, source: file.hash, at: signed.open.desk.now() });
}

function mustNot(refusal: Refusal | null): void {
  if (refusal !== null) throw new AppError(refusal.code, refusal.params);
}
