import { AppError, instantFrom, type Instant } from '../../kernel/public.ts';
import { splitHeader, valueOf, wordsIn, type Header } from './header.ts';
import { splitParts } from './split-parts.ts';
import { transferred } from './transfer.ts';

/** Who sent a letter, about what, and when they say they did; none of it is proven by anything. */
export type LetterHead = Readonly<{
  sender: string;
  address: string;
  subject: string;
  sentAt: Instant | null;
}>;

export type MailAttachment = Readonly<{
  /** As written; empty where it has none. Not a name to keep a file under. */
  name: string;
  type: string;
  bytes: Uint8Array;
  /** The same as it stands in the letter, in the encoding of its journey. */
  body: string;
  encoding: string;
  /** The letter it was attached to: of one that was forwarded whole, the inner one. */
  letter: LetterHead;
}>;
export type Mail = Readonly<{ letter: LetterHead; attachments: readonly MailAttachment[] }>;

const deepest = 12;
const mostParts = 300;

/** Reads a letter as a mail programme saved it. `name` is what people call the file, for the sentence that refuses it. */
export function readMail(bytes: Uint8Array, name: string): Mail {
  // What Outlook keeps by itself is another format (MS-CFB).
  const isOutlook = Buffer.from(bytes.subarray(0, 4)).toString('hex') === 'd0cf11e0';
  if (isOutlook) throw new AppError('mail.outlook', { name });
  // Some programmes put the line of a mailbox before it.
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/^(?:\u00ef\u00bb\u00bf)?(?:\s*>?From [^\r\n]*\r?\n)?\s*/u, '');
  const { header } = splitHeader(text);
  if (!letterFields.some((field) => header.has(field))) throw new AppError('mail.not-mail', { name });
  const walk: Walk = { name, attachments: [], parts: 0 };
  readLetter(walk, text, 0);
  return { letter: headOf(header), attachments: walk.attachments };
}

const letterFields = ['from', 'date', 'message-id', 'received', 'mime-version'];

type Walk = { readonly name: string; readonly attachments: MailAttachment[]; parts: number };

function readLetter(walk: Walk, text: string, depth: number): void {
  const { header } = splitHeader(text);
  readPart(walk, { text, letter: headOf(header), depth });
}

type Part = Readonly<{ text: string; letter: LetterHead; depth: number }>;

function readPart(walk: Walk, { text, letter, depth }: Part): void {
  walk.parts += 1;
  if (depth > deepest || walk.parts > mostParts) throw new AppError('mail.tangled', { name: walk.name });
  const { header, body } = splitHeader(text);
  const type = valueOf(header, 'content-type');
  const encoding = valueOf(header, 'content-transfer-encoding').value;
  if (type.value.startsWith('multipart/')) {
    const { parts, isWhole } = splitParts(body, boundaryOf(walk, type.parameters), mostParts);
    if (!isWhole) throw new AppError('mail.cut-off', { name: walk.name });
    for (const part of parts) readPart(walk, { text: part, letter, depth: depth + 1 });
    return;
  }
  if (type.value === 'message/rfc822' || type.value === 'message/global') {
    readLetter(walk, Buffer.from(transferred(body, encoding)).toString('latin1'), depth + 1);
    return;
  }
  const disposition = valueOf(header, 'content-disposition');
  const name = disposition.parameters.get('filename') ?? type.parameters.get('name') ?? '';
  const isAttached = disposition.value === 'attachment' || name !== '';
  if (!isAttached && isBody(type.value)) return;
  // A picture the text shows, such as a sender's emblem, is no paper.
  const isShown =
    header.has('content-id') && disposition.value !== 'attachment' && type.value.startsWith('image/');
  if (isShown) return;
  walk.attachments.push({
    name,
    type: type.value,
    bytes: transferred(body, encoding),
    body,
    encoding,
    letter,
  });
}

function isBody(type: string): boolean {
  return type === '' || type.startsWith('text/') || type.startsWith('message/');
}

function boundaryOf({ name }: Walk, parameters: ReadonlyMap<string, string>): string {
  const boundary = parameters.get('boundary') ?? '';
  if (boundary === '' || boundary.length > 200) throw new AppError('mail.cut-off', { name });
  return boundary;
}

function headOf(header: Header): LetterHead {
  const from = wordsIn(header, 'from').slice(0, 1000);
  const opened = from.indexOf('<');
  const closed = from.indexOf('>', opened);
  const address = opened >= 0 && closed > opened ? from.slice(opened + 1, closed) : from;
  const sentMs = Date.parse(
    wordsIn(header, 'date')
      .slice(0, 100)
      .replaceAll(/\([^)]*\)/gu, ''),
  );
  const isReal = sentMs > Date.UTC(1990, 0) && sentMs < Date.UTC(2100, 0);
  return {
    sender: from.slice(0, Math.max(0, opened)).replaceAll('"', '').trim().slice(0, 200),
    address: /^[^\s<>(),;:"@]{1,64}@[^\s<>(),;:"@]{1,189}$/u.test(address.trim()) ? address.trim() : '',
    subject: wordsIn(header, 'subject').slice(0, 500),
    sentAt: isReal ? instantFrom(sentMs) : null,
  };
}
