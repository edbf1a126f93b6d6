import { createHash } from 'node:crypto';
import { HashSchema, type Hash } from '#shared/kernel/public.ts';
import { fault } from './fault.ts';

export type ContentFacts = Readonly<{ size: number; hash: Hash }>;

/** Where the bytes of an attachment go while they come; nothing holds them all. */
export type ContentSink = Readonly<{ write: (bytes: Uint8Array) => void; end: () => void }>;

export type Base64Content = Readonly<{ write: (text: string) => void; end: () => ContentFacts }>;

type Order = Readonly<{ sink: ContentSink | null; take: (bytes: number) => void; line: () => number }>;

/** Decodes text of the alphabet and blanks, in any pieces, and hands on the bytes. */
export function openBase64({ sink, take, line }: Order): Base64Content {
  const hash = createHash('sha256');
  let carried = '';
  let isPadded = false;
  let size = 0;

  function decode(groups: string): void {
    const bytes = Buffer.from(groups, 'base64');
    take(bytes.length);
    size += bytes.length;
    hash.update(bytes);
    sink?.write(bytes);
  }

  return {
    write: (text) => {
      const letters = carried + text.replaceAll(/[ \t\r\n]+/g, '');
      const whole = letters.length - (letters.length % 4);
      const groups = letters.slice(0, whole);
      carried = letters.slice(whole);
      if (groups === '') return;
      const padding = groups.indexOf('=');
      // One or two signs of padding, at the very end, and nothing after them.
      if (isPadded || (padding >= 0 && !/^={1,2}$/.test(groups.slice(padding)))) {
        throw fault('bad-base64', { line: line() });
      }
      isPadded = padding >= 0;
      decode(groups);
    },
    end: () => {
      if (carried.includes('=') || (carried !== '' && isPadded)) throw fault('bad-base64', { line: line() });
      if (carried !== '') throw fault('base64-length', { line: line() });
      sink?.end();
      return { size, hash: HashSchema.parse(hash.digest('hex')) };
    },
  };
}
