import type { Outgoing, StoredFile } from './model.ts';

/** Whether an attachment gets the agency's signature of its own (NĐ 30 PL1 II): PDFs do; others are bound by their hash. */
export function isSealedApart({ name }: Pick<StoredFile, 'name'>): boolean {
  return name.toLowerCase().endsWith('.pdf');
}

/** The attachments as they go out: sealed where they are, else as they were given. */
export function attachmentsToSend(
  document: Pick<Outgoing, 'attachments' | 'sealedAttachments'>,
): readonly StoredFile[] {
  return document.attachments.map(
    (given) => document.sealedAttachments.find(({ of }) => of === given.hash)?.file ?? given,
  );
}
