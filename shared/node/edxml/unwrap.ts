import type { Attachment } from '#shared/exchange/public.ts';
import { unzipped } from './zip-wrap.ts';

/** A file that came in a message, by the name and kind it has for those who open it. */
export type Content = Readonly<{ name: string; type: string; bytes: Uint8Array }>;

/** No file of an office is larger; a zip that says so is not unfolded. */
const mostBytes = 512 * 1024 * 1024;

/** What an attachment holds: axes put every file into a zip of its own (`zip-wrap.ts`), which nobody wants to open by hand. */
export function contentOf({ name, contentType }: Attachment, bytes: Uint8Array): Content {
  const plain = new Uint8Array(bytes);
  const file = isZip(contentType) ? unzipped(plain, mostBytes) : null;
  if (file === null) return { name, type: contentType ?? '', bytes: plain };
  // The message's name is the one both sides speak of, unless it only names the wrapping.
  const called = /\.zip$/iu.test(name) ? (file.name.split('/').at(-1) ?? name) : name;
  return { name: called, type: '', bytes: new Uint8Array(file.bytes) };
}

function isZip(contentType: string | null): boolean {
  return /^application\/(?:x-)?zip(?:-compressed)?$/iu.test(contentType ?? '');
}
