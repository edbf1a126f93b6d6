import type { PdfDocument } from './engine.ts';

const mostBytes = 4 * 1024 * 1024;

/** The JSON of the attached file of this name, or null where there is none that can be read. */
export async function readEmbedded(document: PdfDocument, name: string): Promise<unknown> {
  const attachments = await document.getAttachments();
  for (const [id, attachment] of attachments ?? []) {
    if (attachment.filename !== name) continue;
    const content: unknown = await document.getAttachmentContent(id);
    const bytes = bytesOf(content);
    if (bytes === null || bytes.length > mostBytes) return null;
    try {
      const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
      return value;
    } catch {
      return null;
    }
  }
  return null;
}

function bytesOf(content: unknown): Uint8Array | null {
  if (content instanceof Uint8Array) return content;
  const wrapped = typeof content === 'object' && content !== null && 'content' in content;
  return wrapped ? bytesOf(content.content) : null;
}
