import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import {
  AttachmentSchema,
  MessageDescriptionSchema,
  contentTypeOf,
  type Attachment,
  type AttachmentDescription,
  type ExchangeMessage,
} from '../../shared/exchange/public.ts';
import { hashOfFile } from '../../shared/node/files/public.ts';
import { jsonOf } from '../read-text.ts';

export type DraftMessage = Readonly<{ message: ExchangeMessage; files: readonly string[] }>;

export type DraftFault = Readonly<
  { kind: 'wrong'; where: string; what: string } | { kind: 'no-file'; file: string }
>;

export async function readDraft(text: string, folder: string): Promise<DraftMessage | DraftFault> {
  const parsed = MessageDescriptionSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: 'wrong', where: issue?.path.join('.') ?? '', what: issue?.message ?? '' };
  }
  const draft = parsed.data;
  if (draft.kind === 'status') return { message: draft, files: [] };
  const files = draft.attachments.map(({ file, name }) => resolve(folder, file ?? name ?? ''));
  const lost = files.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile() !== true);
  if (lost !== undefined) return { kind: 'no-file', file: lost };
  const attachments: Attachment[] = [];
  for (const [index, one] of draft.attachments.entries()) {
    attachments.push(await attachmentOf(one, files[index] ?? '', index));
  }
  return { message: { ...draft, attachments }, files };
}

async function attachmentOf(draft: AttachmentDescription, file: string, index: number): Promise<Attachment> {
  const { size, sha256 } = await hashOfFile(file);
  return AttachmentSchema.parse({
    // A place and not a hash: two attachments of the same bytes stay two.
    contentId: draft.contentId ?? `cid:${index + 1}`,
    name: draft.name ?? basename(file),
    description: draft.description ?? null,
    contentType: draft.contentType ?? contentTypeOf(file),
    size: draft.size ?? size,
    hash: draft.hash ?? sha256,
  });
}
