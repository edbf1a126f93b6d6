import { createHash } from 'node:crypto';
import type { Instant } from '../../kernel/public.ts';
import { isMailAddress } from './addresses.ts';

export type Mailbox = Readonly<{ name: string; address: string }>;
export type Letter = Readonly<{
  from: Mailbox;
  /** None leaves the place for whoever sends it. */
  to: readonly Mailbox[];
  subject: string;
  text: string;
  sentAt: Instant;
  /** What the message is called forever: the same from the same maker. */
  id: string;
  attachments: readonly Readonly<{ name: string; type: string; bytes: Uint8Array }>[];
}>;

/** A letter as a file that a mail programme opens for sending (RFC 5322, 2045–2047, 2231). */
export function writeMail(letter: Letter): Uint8Array {
  const boundary = `=_${hashOf(letter)}`;
  const domain = letter.from.address.slice(letter.from.address.indexOf('@') + 1);
  const head = [
    // Programmes that know it open the letter for writing, not as one that came.
    'X-Unsent: 1',
    `Date: ${dateText(letter.sentAt)}`,
    `From: ${mailboxText(letter.from)}`,
    ...(letter.to.length === 0 ? [] : [`To: ${letter.to.map(mailboxText).join(`,${fold}`)}`]),
    `Subject: ${wordsText(letter.subject)}`,
    `Message-ID: <${letter.id.replaceAll(/[^\w.-]/gu, '')}@${domain}>`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed;${fold}boundary="${boundary}"`,
  ];
  const body = [
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    base64Lines(Buffer.from(letter.text.replaceAll(/\r?\n/gu, '\r\n'), 'utf8')),
  ];
  const attached = letter.attachments.map(({ name, type, bytes }) => [
    `Content-Type: ${/^[a-z]+\/[a-z0-9.+-]+$/u.test(type) ? type : 'application/octet-stream'};${parameterText('name', name)}`,
    `Content-Disposition: attachment;${parameterText('filename', name)}`,
    'Content-Transfer-Encoding: base64',
    '',
    base64Lines(bytes),
  ]);
  const parts = [body, ...attached].map((part) => `--${boundary}${lineBreak}${part.join(lineBreak)}`);
  return Buffer.from([...head, '', ...parts, `--${boundary}--`, ''].join(lineBreak), 'latin1');
}

const lineBreak = '\r\n';
const fold = `${lineBreak} `;

/** The base64 of every part holds neither `=_` nor `--`, so no part can hold the boundary. */
function hashOf({ id, text, attachments }: Letter): string {
  const hash = createHash('sha256').update(id).update('\0').update(text);
  for (const { name, bytes } of attachments) hash.update('\0').update(name).update('\0').update(bytes);
  return hash.digest('hex').slice(0, 40);
}

function mailboxText({ name, address }: Mailbox): string {
  if (!isMailAddress(address)) throw new Error('Not a mailbox');
  return `${wordsText(name)}${fold}<${address}>`;
}

/** Encoded words that fit the 76 letters of a line, cut between letters and never inside one (RFC 2047 2). */
function wordsText(text: string): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  if (/^[A-Za-z0-9 ]{0,60}$/u.test(plain)) return plain;
  return pieces(plain, 39)
    .map((piece) => `=?utf-8?B?${Buffer.from(piece, 'utf8').toString('base64')}?=`)
    .join(fold);
}

/** A name in the bytes of its letters, in sections where it is long (RFC 2231 3 and 4). */
function parameterText(label: string, name: string): string {
  const sections = pieces(name.normalize('NFC').replaceAll(/\p{Cc}/gu, ''), 18).map(percentEncoded);
  if (sections.length <= 1) return `${fold}${label}*=utf-8''${sections[0] ?? ''}`;
  return sections
    .map((section, place) => `${fold}${label}*${place}*=${place === 0 ? "utf-8''" : ''}${section}`)
    .join(';');
}

function percentEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/gu,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function pieces(text: string, mostBytes: number): string[] {
  const made: string[] = [];
  let held = '';
  for (const letter of text.toWellFormed()) {
    if (Buffer.byteLength(held + letter) > mostBytes) {
      made.push(held);
      held = '';
    }
    held += letter;
  }
  return held === '' ? made : [...made, held];
}

/** As clocks in Vietnam show it. */
function dateText(instant: Instant): string {
  const there = new Date(Date.parse(instant) + 7 * 3_600_000);
  return there.toUTCString().replace('GMT', '+0700');
}

function base64Lines(bytes: Uint8Array): string {
  return (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/gu) ?? []
  ).join(lineBreak);
}
