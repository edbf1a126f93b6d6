import { hashBytes } from '../../kernel/public.ts';
import type { MailAttachment } from './read-mail.ts';

/** What is shorter than this is not told from the words around it. */
const shortest = 40;

/**
 * A letter with these files taken out: in the place of each stand its SHA-256 and size in bytes, everything else is as it came.
 * Null where one cannot be found in it, as inside a letter that was packed whole.
 */
export function withoutFiles(bytes: Uint8Array, gone: readonly MailAttachment[]): Uint8Array | null {
  let text = Buffer.from(bytes).toString('latin1');
  for (const { body, encoding, bytes: content } of gone) {
    if (body.length < shortest || !text.includes(body)) return null;
    const told = `sha-256 ${hashBytes(content)}, ${content.length} bytes`;
    text = text.replaceAll(body, () => (encoding === 'base64' ? Buffer.from(told).toString('base64') : told));
  }
  return Buffer.from(text, 'latin1');
}
