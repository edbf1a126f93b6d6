import { createHash, type Hash } from 'node:crypto';
import { catalogOf, openPdf, type PdfFile, type PdfView } from '#shared/node/pdf-signing/pdf/document.ts';
import {
  isRef,
  isString,
  nameOf,
  textOf,
  type PdfDict,
  type PdfValue,
} from '#shared/node/pdf-signing/pdf/values.ts';

/** What proves or describes a document and is not on its pages nor in its form. */
const besides: ReadonlySet<string> = new Set(['DSS', 'Metadata', 'Extensions', 'Version']);

/**
 * A sum over everything a reader of this state of the file could be shown or act on: all that the catalogue leads to,
 * whatever its numbers and offsets, without the validation data, the signatures' own unsigned bytes and the form's
 * hint that there are signatures.
 */
export function meaningOf(view: PdfView): string {
  const hash = createHash('sha256');
  const seen = new Map<number, number>();
  const catalog = catalogOf(view);
  const root = view.trailer.entries.get('Root');
  // Signatures point back at the catalogue; it is walked once, from here.
  if (isRef(root)) seen.set(root.num, seen.size);
  for (const key of [...catalog.entries.keys()].sort()) {
    if (!besides.has(key)) put({ view, hash, seen }, catalog.entries.get(key) ?? null, key);
  }
  return hash.digest('hex');
}

/** The meaning of every state a file went through, oldest first. */
export function meaningsOf(bytes: Uint8Array): readonly string[] {
  const file: PdfFile = openPdf(bytes);
  return file.revisions.map((_revision, index) => meaningOf(file.viewAt(index)));
}

type Walk = Readonly<{ view: PdfView; hash: Hash; seen: Map<number, number> }>;

function put(walk: Walk, value: PdfValue, key: string): void {
  const { view, hash, seen } = walk;
  hash.update(`${key}:`);
  if (typeof value !== 'object' || value === null) {
    hash.update(String(value));
    return;
  }
  switch (value.kind) {
    case 'ref': {
      const known = seen.get(value.num);
      if (known !== undefined) hash.update(`@${known};`);
      else {
        seen.set(value.num, seen.size);
        put(walk, view.load(value.num), '@');
      }
      return;
    }
    case 'array':
      for (const item of value.items) put(walk, item, '[');
      return;
    case 'dict':
      putDict(walk, value);
      return;
    case 'stream':
      putDict(walk, value.dict);
      hash.update(value.raw);
      return;
    case 'string':
      // A filled value is compared as people read it.
      hash.update(
        key === 'V' ? (textOf(value) ?? '').normalize('NFC').replaceAll(/\s+/g, ' ').trim() : value.bytes,
      );
      return;
    default:
      hash.update(`/${value.name}`);
  }
}

function putDict(walk: Walk, dict: PdfDict): void {
  const isSignature = isString(dict.entries.get('Contents')) && nameOf(dict.entries.get('Filter')) !== null;
  for (const key of [...dict.entries.keys()].sort()) {
    if ((isSignature && key === 'Contents') || key === 'SigFlags') continue;
    put(walk, dict.entries.get(key) ?? null, key);
  }
  walk.hash.update('>');
}
