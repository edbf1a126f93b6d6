import { inflateSync } from 'node:zlib';
import type { PdfDocument } from './engine.ts';

const mostInflated = 64 * 1024 * 1024;
// Names may hide behind #-escapes (ISO 32000-2, 7.3.5): /J#61vaScript.
const escape = /#(?<hex>[0-9a-f]{2})/giu;
// Actions that run, start or open something (ISO 32000-2, 12.6.4).
const running = /\/(?:JavaScript|JS|Launch|GoToE|RichMedia|ImportData|SubmitForm)(?![A-Za-z])/u;
const objectStream = /\/Type\s*\/ObjStm\b/gu;

/** Whether the file carries anything that would run, start a program or send data, open or in an object stream. */
export function hasActiveContent(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (running.test(outsideStreams(text))) return true;
  let left = mostInflated;
  for (const { index } of text.matchAll(objectStream)) {
    const start = text.indexOf('stream', index);
    if (start < 0 || start - index > 4096) continue;
    const data = start + 6 + (text.startsWith('\r\n', start + 6) ? 2 : 1);
    const end = text.indexOf('endstream', data);
    const inflated = inflate(bytes.subarray(data, end < 0 ? undefined : end), left);
    left -= inflated.length;
    if (running.test(unescaped(inflated))) return true;
    if (left <= 0) return true; // What is too big to look through is not called clean.
  }
  return false;
}

/** Files attached to the document, other than our own metadata. */
export async function hasForeignAttachment(document: PdfDocument, own: string): Promise<boolean> {
  const attachments = await document.getAttachments();
  if (attachments === null) return false;
  return [...attachments.values()].some((attachment) => attachment.filename !== own);
}

/** Compressed bytes would spell any short name by chance, so only what stands between streams is looked at. */
function outsideStreams(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf('stream', from);
    if (start < 0) break;
    kept.push(text.slice(from, start));
    const end = text.indexOf('endstream', start + 6);
    if (end < 0) break;
    from = end + 9;
  }
  if (from < text.length) kept.push(text.slice(from));
  return unescaped(kept.join('\n'));
}

function unescaped(text: string): string {
  return text.replace(escape, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function inflate(bytes: Uint8Array, most: number): string {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(1, most), finishFlush: 2 }).toString('latin1');
  } catch (error) {
    const tooBig = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    // A bomb is no honest document either.
    return tooBig ? '/Launch' : '';
  }
}
