import { createHash, type Hash } from 'node:crypto';
import { catalogOf, openPdf, type PdfFile, type PdfView } from '#shared/node/pdf-signing/pdf/document.ts';
import { decodeStream } from '#shared/node/pdf-signing/pdf/filters.ts';
import { readForm, type FormField } from '#shared/node/pdf-signing/pdf/fields.ts';
import {
  isDict,
  isRef,
  isStream,
  isString,
  nameOf,
  textOf,
  type PdfDict,
  type PdfValue,
} from '#shared/node/pdf-signing/pdf/values.ts';

/** What proves or describes a document and is not on its pages nor in its form. */
const besides: ReadonlySet<string> = new Set(['DSS', 'Metadata', 'Extensions', 'Version']);

/** What a state of a file says: what is fixed in it, and what stands in each of its text fields. */
export type Meaning = Readonly<{ fixed: string; texts: ReadonlyMap<string, string> }>;

/**
 * `fixed` is a sum over everything a reader of this state could be shown or act on: all that the catalogue leads to,
 * whatever its numbers and offsets, without the validation data, the signatures' own unsigned bytes and the form's hint
 * that there are signatures. Text fields, which may be filled later, have sums of their own: of their value, and of
 * the text their appearance sets with which fonts, found without our reader of appearances.
 */
export function meaningOf(view: PdfView): Meaning {
  const hash = createHash('sha256');
  const seen = new Map<number, number>();
  const catalog = catalogOf(view);
  const root = view.trailer.entries.get('Root');
  // Signatures point back at the catalogue; it is walked once, from here.
  if (isRef(root)) seen.set(root.num, seen.size);
  const fields = [...(readForm(view)?.fields.values() ?? [])].filter(({ type }) => type === 'Tx');
  const filled = new Set(
    fields.flatMap(({ ref, widgets }) => [ref.num, ...widgets.map((one) => one.ref.num)]),
  );
  for (const key of [...catalog.entries.keys()].sort()) {
    if (!besides.has(key)) put({ view, hash, seen, filled }, catalog.entries.get(key) ?? null, key);
  }
  return { fixed: hash.digest('hex'), texts: new Map(fields.map((one) => [one.name, textIn(view, one)])) };
}

/** The meaning of every state a file went through, oldest first. */
export function meaningsOf(bytes: Uint8Array): readonly Meaning[] {
  const file: PdfFile = openPdf(bytes);
  return file.revisions.map((_revision, index) => meaningOf(file.viewAt(index)));
}

/** Whether each part of a meaning is one that was meant before. */
export function isMeant(now: Meaning, before: readonly Meaning[]): boolean {
  if (!before.some(({ fixed }) => fixed === now.fixed)) return false;
  return [...now.texts].every(([name, text]) => before.some(({ texts }) => texts.get(name) === text));
}

function textIn(view: PdfView, field: FormField): string {
  const hash = createHash('sha256');
  const walk: Walk = { view, hash, seen: new Map(), filled: new Set() };
  put(walk, view.resolve(field.value), 'V');
  for (const { dict } of field.widgets) {
    const appearance = view.resolve(dict.entries.get('AP'));
    const normal = isDict(appearance) ? view.resolve(appearance.entries.get('N')) : null;
    if (!isStream(normal)) {
      put(walk, normal, 'N');
      continue;
    }
    const drawn = Buffer.from(decodeStream(normal)).toString('latin1');
    hash.update(
      [...drawn.matchAll(/(?:<[^>]*>|\([^)]*\)|\[[^\]]*\])\s*TJ?j?|\/\S+\s/g)]
        .map(([word]) => word)
        .join('|'),
    );
    const resources = view.resolve(normal.dict.entries.get('Resources'));
    put(walk, isDict(resources) ? view.resolve(resources.entries.get('Font')) : null, 'Font');
  }
  return hash.digest('hex');
}

type Walk = Readonly<{ view: PdfView; hash: Hash; seen: Map<number, number>; filled: ReadonlySet<number> }>;

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
        const loaded = view.load(value.num);
        if (walk.filled.has(value.num) && isDict(loaded)) putDict(walk, loaded, fillable);
        else put(walk, loaded, '@');
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

/** What changes in a field when it is filled. */
const fillable: ReadonlySet<string> = new Set(['V', 'AP']);

function putDict(walk: Walk, dict: PdfDict, without: ReadonlySet<string> = new Set()): void {
  // Which object a lock was made for says nothing about what is shown.
  const isReference = dict.entries.has('TransformMethod');
  const isSignature = isString(dict.entries.get('Contents')) && nameOf(dict.entries.get('Filter')) !== null;
  for (const key of [...dict.entries.keys()].sort()) {
    if ((isSignature && key === 'Contents') || (isReference && key === 'Data')) continue;
    if (key === 'SigFlags' || without.has(key)) continue;
    put(walk, dict.entries.get(key) ?? null, key);
  }
  walk.hash.update('>');
}
