import type { Attachment } from '#shared/exchange/public.ts';
import { fault } from './fault.ts';
import { neededPart, neededText, type Fields } from './fields.ts';

type Listed = Readonly<{
  contentId: string | null;
  name: string | null;
  description: string | null;
  contentType: string | null;
}>;

/** The attachments as they came, held against the list of them in the message's body. */
export function readAttachments(root: Fields, envelope: Fields): readonly Attachment[] {
  const listed = listedIn(envelope);
  const lists = [
    ...root.parts('AttachmentEncoded'),
    ...(envelope === root ? [] : envelope.parts('AttachmentEncoded')),
  ];
  const attachments = lists.flatMap((list) => {
    const read = list.parts('Attachment').map((one) => readAttachment(one, listed));
    list.tellUnknown();
    return read;
  });
  const ids = attachments.map(({ contentId }) => plainId(contentId));
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice !== undefined) {
    throw fault('repeated', { name: twice, line: root.line, path: 'AttachmentEncoded' });
  }
  for (const one of listed) {
    // A system without attachments may list an empty one.
    if (one.contentId === null && one.name === null) continue;
    if (!attachments.some((attachment) => isOf(attachment, one))) {
      envelope.tell('attachment-missing', one.name ?? one.contentId ?? '');
    }
  }
  return attachments;
}

function listedIn(envelope: Fields): readonly Listed[] {
  const body = envelope.group('edXMLBody');
  const manifest = body.group('edXMLManifest');
  const listed = manifest.parts('Reference').map((one) => {
    const reference = namesIn(one);
    one.tellUnknown();
    return reference;
  });
  manifest.tellUnknown();
  body.tellUnknown();
  return listed;
}

function namesIn(fields: Fields): Listed {
  return {
    contentId: fields.text('ContentId'),
    name: fields.text('AttachmentName'),
    description: fields.text('Description'),
    contentType: fields.text('ContentType'),
  };
}

function readAttachment(fields: Fields, listed: readonly Listed[]): Attachment {
  const own = namesIn(fields);
  const { content } = neededPart(fields, 'ContentTransferEncoded').element;
  fields.tellUnknown();
  const entry = listed.find((one) => isOf(own, one)) ?? null;
  if (content === null) {
    throw fault('missing', { name: 'ContentTransferEncoded', line: fields.line, path: fields.path });
  }
  tellOdd(fields, own, entry);
  if (content.size === 0) fields.tell('attachment-empty', own.name ?? '');
  const said = (part: keyof Listed): string | null => own[part] ?? entry?.[part] ?? null;
  return {
    contentId: said('contentId') ?? neededText(fields, 'ContentId'),
    name: said('name') ?? neededText(fields, 'AttachmentName'),
    description: said('description'),
    contentType: said('contentType'),
    ...content,
  };
}

function tellOdd(fields: Fields, own: Listed, entry: Listed | null): void {
  if (own.contentId === null) fields.tell('content-id-missing');
  if (entry === null) fields.tell('attachment-unlisted', own.name ?? '');
  else if (entry.name !== null && own.name !== null && entry.name !== own.name) {
    fields.tell('attachment-names-differ', own.name);
  }
}

/** By its id, and only where there is none by its name: two attachments may well have one name. */
function isOf(one: Pick<Listed, 'contentId' | 'name'>, entry: Listed): boolean {
  if (one.contentId === null || entry.contentId === null) return one.name !== null && one.name === entry.name;
  return plainId(one.contentId) === plainId(entry.contentId);
}

/** `cid:209`, `209` and `<209>` are one id. */
function plainId(contentId: string): string {
  return contentId.replace(/^cid:/i, '').replace(/^<(?<id>.*)>$/, '$<id>');
}
