import { expect } from 'vitest';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { DocumentIdSchema, type DocumentId } from '#shared/kernel/public.ts';
import { newCommand, type Machine } from './machines.ts';

/** A letter of its own is taken in at a machine, as from a dropped file. */
export async function takeIn({ client }: Pick<Machine, 'client'>, note: string): Promise<DocumentId> {
  const [letter] = sampleLetters;
  if (letter === undefined) throw new Error('No letters');
  const pdf = Buffer.concat([await letterPdf(letter, systemClock.now()), Buffer.from(`\n% ${note}\n`)]);
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const { uploadId } = await client.documents.beginUpload({ name: `${note}.pdf`, size: pdf.length });
  await client.documents.appendUpload({ uploadId, offset: 0, bytes: new Blob([new Uint8Array(pdf)]) });
  const { reply } = await client.documents.receiveFile({ commandId: newCommand(), documentId, uploadId });
  expect(reply).toMatchObject({ ok: true });
  return documentId;
}
