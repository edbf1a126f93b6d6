import { AppError, hashBytes, isRefusal, type CommandId, type DocumentId } from '#shared/kernel/public.ts';
import { DaySchema } from '#shared/kernel/public.ts';
import { IncomingFieldsSchema, type Suggestion } from '#shared/documents/public.ts';
import { whyNotCall } from '#shared/directory/public.ts';
import type { Extracted } from '#shared/intake/public.ts';
import { findSecrecyMark, withLetterHints, type LetterHints } from '#shared/intake/public.ts';
import { readPdf, extractFrom, admitPdf } from '#shared/node/pdf-text/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import { prepared } from '../../store/prepared.ts';
import { checkAtDoor } from '../signing/public.ts';
import { documentRow, duplicatesOf, rowColumns } from '../documents/public.ts';

type Asked = Readonly<{ commandId: CommandId; documentId: DocumentId; uploadId: string }>;

/**
 * The door: a file is checked, read and looked up before anything is kept. A secret paper's bytes are never stored;
 * only that it was turned away (`design.md` 13; Luật BVBMNN 2018 Đ5).
 */
export async function receiveFile(signed: Signed, { commandId, documentId, uploadId }: Asked) {
  const { desk, blobs } = signed.open;
  const refusal = whyNotCall('documents.receive', signed.person);
  if (isRefusal(refusal)) throw new AppError(refusal.code, refusal.params);
  const { name, bytes, letter } = signed.uploads.take(uploadId);
  await admitPdf(bytes, { name });
  const pdf = await readPdf(bytes, { which: 'ends', name });
  const read = extractFrom(pdf);
  const mark = findSecrecyMark(pdf.lines);
  if (mark !== null || read.secrecy !== null) {
    const rule = mark?.rule ?? 'embedded-mark';
    execute(signed, 'documents.refuseSecret', {
      commandId,
      body: { documentId, fileHash: hashBytes(bytes), rule },
    });
    throw new AppError('documents.secret', { name, mark: mark?.mark ?? read.secrecy ?? '' });
  }
  const suggestion = suggestionFrom(read, letter);
  const { hash, size } = await blobs.put(bytes);
  const file = { hash, size, name, pages: pdf.pages };
  const reply = execute(signed, 'documents.receive', {
    commandId,
    body: { documentId, file, hasScript: pdf.hasScript, suggestion, check: checkAtDoor(desk, bytes) },
  });
  signed.open.texts.add({ hash, size });
  const duplicates = duplicatesOf(desk.db, documentId).map((id) =>
    documentRow(prepared(desk.db, `SELECT ${rowColumns} FROM document d WHERE d.id = ?`).get(id)),
  );
  return { reply, duplicates };
}

/** What was read, as far as it can stand in the register's fields; the rest is left for the clerk. */
function suggestionFrom(read: Extracted, letter: LetterHints | null): Suggestion {
  const issuedOn = DaySchema.safeParse(read.issuedOn);
  const candidate = {
    number: read.number ?? undefined,
    symbol: read.symbol ?? undefined,
    issuedOn: issuedOn.success ? issuedOn.data : undefined,
    issuer: read.issuer ?? undefined,
    kind: read.kind ?? undefined,
    subject: read.subject?.slice(0, 500),
    signer: read.signer?.name ?? undefined,
    signerPost: read.signer?.post?.slice(0, 100),
    urgency: read.urgency ?? undefined,
  };
  const kept = Object.entries(candidate).filter(([field, value]) => {
    const schema = IncomingFieldsSchema.shape[field as keyof typeof IncomingFieldsSchema.shape];
    return value !== undefined && value !== '' && schema.safeParse(value).success;
  });
  const suggestion: Suggestion = {
    fields: IncomingFieldsSchema.partial().parse(Object.fromEntries(kept)),
    confidence: Object.fromEntries(
      Object.entries(read.confidence).filter(([, sure]) => sure >= 0 && sure <= 1),
    ),
    method: kept.length === 0 ? 'none' : read.method,
  };
  return letter === null ? suggestion : withLetterHints(suggestion, letter);
}
