import { AppError, hashBytes, isRefusal, type CommandId, type DocumentId } from '#shared/kernel/public.ts';
import { whyNotCall } from '#shared/directory/public.ts';
import { findSecrecyMark, suggestionFrom } from '#shared/intake/public.ts';
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
