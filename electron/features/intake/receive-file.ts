import { AppError, hashBytes, isRefusal, type CommandId, type DocumentId } from '#shared/kernel/public.ts';
import { whyNotCall } from '#shared/directory/public.ts';
import { suggestionFrom } from '#shared/intake/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import { prepared } from '../../store/prepared.ts';
import { checkAtDoor } from '../signing/public.ts';
import { documentRow, duplicatesOf, rowColumns } from '../documents/public.ts';
import { storedMail } from './kept-mail.ts';
import { readAtDoor } from './read-at-door.ts';

type Asked = Readonly<{ commandId: CommandId; documentId: DocumentId; uploadId: string }>;

/**
 * The door: a file is checked, read and looked up before anything is kept. A secret paper's bytes are never stored;
 * only that it was turned away (`design.md` 13; Luật BVBMNN 2018 Đ5).
 */
export async function receiveFile(signed: Signed, { commandId, documentId, uploadId }: Asked) {
  const { desk, blobs } = signed.open;
  const refusal = whyNotCall('documents.receive', signed.person);
  if (isRefusal(refusal)) throw new AppError(refusal.code, refusal.params);
  const { name, bytes, letter, mail: cameIn } = signed.uploads.take(uploadId);
  const { pdf, read, secret } = await readAtDoor(bytes, name);
  if (secret !== null) {
    execute(signed, 'documents.refuseSecret', {
      commandId,
      body: { documentId, fileHash: hashBytes(bytes), rule: secret.rule },
    });
    throw new AppError('documents.secret', { name, mark: secret.mark });
  }
  const suggestion = suggestionFrom(read, letter);
  const { hash, size } = await blobs.put(bytes);
  const file = { hash, size, name, pages: pdf.pages };
  const mail = cameIn === null ? null : await storedMail(signed, cameIn);
  const check = checkAtDoor(desk, bytes);
  const reply = execute(signed, 'documents.receive', {
    commandId,
    body: {
      documentId,
      file,
      hasScript: pdf.hasScript,
      suggestion,
      check,
      ...(mail === null ? {} : { mail }),
    },
  });
  signed.open.texts.add({ hash, size });
  const duplicates = duplicatesOf(desk.db, documentId).map((id) =>
    documentRow(prepared(desk.db, `SELECT ${rowColumns} FROM document d WHERE d.id = ?`).get(id)),
  );
  return { reply, duplicates, isMailLeft: cameIn !== null && mail === null };
}
