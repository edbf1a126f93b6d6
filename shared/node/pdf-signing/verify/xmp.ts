import { decodeStream } from '../pdf/filters.ts';
import type { PdfStream } from '../pdf/values.ts';

const maxBytes = 1_000_000;

/** True when a stream is well-formed XMP: an RDF packet, every tag closed, no document type and no entities of its own. */
export function isPlainXmp(stream: PdfStream): boolean {
  const xml = Buffer.from(decodeStream(stream, maxBytes))
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (/<!DOCTYPE|<!ENTITY|<!\[/i.test(xml) || !xml.startsWith('<')) return false;
  return /<(?:\w+:)?RDF[\s>]/.test(xml) && areTagsBalanced(xml) && areReferencesPlain(xml);
}

function areReferencesPlain(xml: string): boolean {
  return !/&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)/.test(xml);
}

const tag = /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;

function areTagsBalanced(xml: string): boolean {
  const open: string[] = [];
  let roots = 0;
  for (let at = 0; ;) {
    const next = xml.indexOf('<', at);
    if (open.length === 0 && xml.slice(at, next < 0 ? undefined : next).trim() !== '') return false;
    if (next < 0) return open.length === 0 && roots === 1;
    const aside = asideEnd(xml, next);
    if (aside !== null) {
      if (aside < 0) return false;
      at = aside;
      continue;
    }
    tag.lastIndex = next;
    const match = tag.exec(xml);
    if (match === null) return false;
    const [whole, closes, name = '', , isEmpty] = match;
    if (closes === '/') {
      if (open.pop() !== name) return false;
    } else {
      if (open.length === 0) roots++;
      if (isEmpty !== '/') open.push(name);
    }
    at = next + whole.length;
  }
}

/** Where a comment or processing instruction ends; -1 when it never does, null when none starts here. */
function asideEnd(xml: string, at: number): number | null {
  const [start, close] = xml.startsWith('<?', at) ? ['<?', '?>'] : ['<!--', '-->'];
  if (!xml.startsWith(start, at)) return null;
  const end = xml.indexOf(close, at + start.length);
  return end < 0 ? -1 : end + close.length;
}
