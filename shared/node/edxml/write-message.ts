import { AppError } from '#shared/kernel/public.ts';
import {
  ExchangeMessageSchema,
  whyNotSend,
  type Attachment,
  type Connection,
  type ExchangeMessage,
} from '#shared/exchange/public.ts';
import { base64Of } from './base64-text.ts';
import { messageNamespace } from './names.ts';
import { headerOutline, leaf, within, type Outline } from './outline.ts';

/** The bytes of an attachment, in pieces. */
export type ContentOf = (attachment: Attachment, index: number) => Iterable<Uint8Array>;

/**
 * The message as bytes, a piece at a time: UTF-8, elements in the order and namespaces of the axis's samples, the same
 * bytes for the same message. Throws the first thing that stands against sending it over this connection. `signature` is
 * what `signMessage` made of the same message.
 */
export function* writeMessage(
  given: ExchangeMessage,
  connection: Connection,
  contentOf: ContentOf,
  signature = '',
): Generator<Uint8Array> {
  const message = ExchangeMessageSchema.parse(given);
  const [refusal] = whyNotSend(message, connection);
  if (refusal !== undefined) throw new AppError(refusal.code, refusal.params);
  yield Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n');
  yield* canonicalPieces(message, contentOf, signature);
  yield Buffer.from('\n');
}

/** All of it between the declaration and the last line's end: written as Exclusive Canonical XML says, so it is its own form. */
export function* canonicalPieces(
  message: ExchangeMessage,
  contentOf: ContentOf,
  signature: string,
): Generator<Uint8Array> {
  yield Buffer.from(head(message, signature));
  if (message.kind === 'status') {
    yield Buffer.from('  </edXML:edXMLEnvelope>\n</edXML>');
    return;
  }
  yield Buffer.from(manifest(message.attachments));
  if (message.attachments.length > 0) {
    yield Buffer.from('  <AttachmentEncoded>\n');
    for (const [index, attachment] of message.attachments.entries()) {
      yield Buffer.from(attachmentStart(attachment));
      for (const text of base64Of(attachment, contentOf(attachment, index))) {
        yield Buffer.from(text, 'latin1');
      }
      yield Buffer.from('</edXML:ContentTransferEncoded>\n    </Attachment>\n');
    }
    yield Buffer.from('  </AttachmentEncoded>\n');
  }
  yield Buffer.from('</edXML>');
}

function head(message: ExchangeMessage, signature: string): string {
  return [
    `<edXML xmlns="${messageNamespace}">\n`,
    `  <edXML:edXMLEnvelope xmlns:edXML="${messageNamespace}">\n`,
    '    <edXML:edXMLHeader>\n',
    ...headerOutline(message).map((one) => written(one, 'edXML:', 3)),
    // Without a blank of its own: taken out again it leaves what was signed.
    signature,
    '    </edXML:edXMLHeader>\n',
  ].join('');
}

function manifest(attachments: readonly Attachment[]): string {
  const references = attachments.map((one) =>
    within('Reference', [
      ...leaf('ContentId', one.contentId),
      ...leaf('ContentType', one.contentType),
      ...leaf('Description', one.description),
      ...leaf('AttachmentName', one.name),
    ]),
  );
  return [
    '    <edXML:edXMLBody>\n      <edXML:edXMLManifest version="1.0">\n',
    ...references.map((one) => written(one, 'edXML:', 4)),
    '      </edXML:edXMLManifest>\n    </edXML:edXMLBody>\n  </edXML:edXMLEnvelope>\n',
  ].join('');
}

function attachmentStart(one: Attachment): string {
  const named = [
    ...leaf('ContentId', one.contentId),
    ...leaf('AttachmentName', one.name),
    ...leaf('Description', one.description),
    ...leaf('ContentType', one.contentType),
  ];
  return [
    '    <Attachment>\n',
    ...named.map((outline) => written(outline, '', 3)),
    `      <edXML:ContentTransferEncoded xmlns:edXML="${messageNamespace}">`,
  ].join('');
}

function written({ name, inside }: Outline, prefix: string, depth: number): string {
  const indent = '  '.repeat(depth);
  const tag = `${prefix}${name}`;
  if (typeof inside === 'string') return `${indent}<${tag}>${escaped(name, inside)}</${tag}>\n`;
  const inner = inside.map((one) => written(one, prefix, depth + 1)).join('');
  return `${indent}<${tag}>\n${inner}${indent}</${tag}>\n`;
}

/** Characters XML 1.0 has no way to write, and halves of letters. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

function escaped(name: string, text: string): string {
  if (unwritable.test(text)) throw new AppError('exchange.unwritable-text', { field: name });
  return text.replaceAll(/[&<>\r]/g, (found) => escapes[found] ?? found);
}

/** As Canonical XML 1.0, 2.3 writes them. */
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
