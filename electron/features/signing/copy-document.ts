import { AppError, type CommandId, type DocumentId, type Refusal } from '#shared/kernel/public.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import {
  mediumOf,
  whyNotClerk,
  whyNotCopied,
  whyNotForm,
  whyNotPages,
  type CertifiedCopy,
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

type Asked = Readonly<{ commandId: CommandId; documentId: DocumentId; pin: string; key?: string | null }> &
  Pick<CertifiedCopy, 'form' | 'pages' | 'purpose' | 'recipients' | 'decidedBy'>;

/**
 * Makes a copy in electronic form (NĐ 30 Đ25): the digitised paper whole, or chosen pages as a file of their own, signed
 * with the agency's key and marked at the top right of page 1; then the command that gives it its number.
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
  mustNot(whyNotForm(form, medium) ?? whyNotPages(form, pages, file.pages));
  const base = await baseOf(source, { document, file, pages, signed });
  const agency = readState(desk.db, agencyAggregate, desk.agencyId);
  const field = markedField(base, 'copy');
  const signedAt = desk.now();
  const pdf = await withSigningKey(signed, { use: 'seal', pin, key: chosen }, (key) => {
    const signerName = agency?.name ?? nameOf(key);
    const text = markOf([wordsOf('vi')(`copy.form.${form}`), signerName], signedAt);
    // What it was made from stands in the signature, where nobody can change it.
    const reason = `SHA-256 ${file.hash}`;
    const mark = { text, font: markFont(text) };
    const order = { pdf: base, field, role: 'copy', key, signedAt, signerName, reason, mark } as const;
    return signField({ ...order, ...stampAtOnce(signed) });
  });
  const { hash, size } = await blobs.put(pdf);
  const name = `${form}-${file.name}`.slice(0, 255);
  const kept = { hash, size, name, pages: pages?.length ?? file.pages };
  const body = { ...copy, medium, source: file.hash, signedAt, file: kept };
  return { reply: await ask(signed, 'documents.makeCopy', { commandId, body }) };
}

type Base = Readonly<{
  document: OfficialDocument;
  file: StoredFile;
  pages: readonly number[] | null;
  signed: Signed;
}>;

async function baseOf(pdf: Uint8Array, { document, file, pages, signed }: Base): Promise<Uint8Array> {
  const hasScript = document.direction === 'incoming' && document.hasScript;
  if (pages === null && !hasScript) return pdf;
  // The agency's key never goes on a script: the pages alone are taken.
  const all = Array.from({ length: file.pages }, (_, at) => at + 1);
  return extractPages({ pdf, pages: pages ?? all, source: file.hash, at: signed.open.desk.now() });
}

function mustNot(refusal: Refusal | null): void {
  if (refusal !== null) throw new AppError(refusal.code, refusal.params);
}
