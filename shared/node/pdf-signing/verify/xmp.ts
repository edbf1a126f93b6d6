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

function areTagsBalanced(xml: string): boolean {
  const open: string[] = [];
  let roots = 0;
  const tags = xml.replaceAll(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, '');
  const tag = /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
  for (let at = 0; at < tags.length;) {
    const next = tags.indexOf('<', at);
    if (next < 0) return open.length === 0 && roots === 1 && tags.slice(at).trim() === '';
    if (open.length === 0 && tags.slice(at, next).trim() !== '') return false;
    tag.lastIndex = next;
    const match = tag.exec(tags);
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
  return open.length === 0 && roots === 1;
}
