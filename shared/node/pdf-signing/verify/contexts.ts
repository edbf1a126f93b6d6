import type { PdfView } from '../pdf/document.ts';
import { PdfError, isRef, nameOf, type PdfDict, type PdfValue } from '../pdf/values.ts';

/** From where an object is reached; one reached from several places has several. */
export type Context =
  | 'trailer'
  | 'catalog'
  | 'info'
  | 'pages'
  | 'annots'
  | 'annot'
  | 'form'
  | 'field'
  | 'value'
  | 'appearance'
  | 'metadata'
  | 'extensions'
  | 'dss'
  | 'page-content'
  | 'back'
  | 'other';

export type Contexts = ReadonlyMap<number, ReadonlySet<Context>>;

const maxVisits = 400_000;

/** Under these keys a page or a field is only pointed at; what it is does not change by that. */
const pointers: ReadonlySet<string> = new Set(
  'P Pg Parent Obj Dest Dests D SD OpenAction Names Kids CO Popup IRT Data Fields Annots First Last Next Prev A'.split(
    ' ',
  ),
);

const catalogKeys: Readonly<Record<string, Context>> = {
  Pages: 'pages',
  AcroForm: 'form',
  DSS: 'dss',
  Metadata: 'metadata',
  Extensions: 'extensions',
};

/** Walks everything reachable in a view and notes from where each object is reached. */
export function contextsOf(view: PdfView, landmarks: ReadonlySet<number>): Contexts {
  const found = new Map<number, Set<Context>>();
  const walked = new Set<string>();
  const queue: (readonly [PdfValue, Context, string])[] = [];
  let visits = 0;

  function meet(value: PdfValue, context: Context, key: string): void {
    if (!isRef(value)) {
      descend(value, context);
      return;
    }
    const isPointer = landmarks.has(value.num) && pointers.has(key) && !ownersOf.has(context);
    const actual = isPointer ? 'back' : context;
    let contexts = found.get(value.num);
    if (contexts === undefined) found.set(value.num, (contexts = new Set()));
    contexts.add(actual);
    // An array means the same whether it stands here or in an object of its own: what it lists is under the same key.
    // One that is reached under a pointing key and under another is walked under both.
    const under = pointers.has(key) ? key : '';
    const walk = `${value.num} ${actual} ${under === '' ? 'held' : 'pointed'}`;
    if (walked.has(walk)) return;
    walked.add(walk);
    if (++visits > maxVisits) throw new PdfError('too-complex');
    if (actual !== 'back') queue.push([view.load(value.num), actual, under]);
  }

  function descend(value: PdfValue, context: Context, key = ''): void {
    if (typeof value !== 'object' || value === null) return;
    if (value.kind === 'ref') meet(value, context, key);
    else if (value.kind === 'array') for (const item of value.items) descend(item, inArray(context), key);
    else if (value.kind === 'stream') enter(value.dict, context === 'dss' ? 'dss' : 'other', false);
    else if (value.kind === 'dict') enter(value, context, true);
  }

  function enter(dict: PdfDict, context: Context, isPlain: boolean): void {
    for (const [key, value] of dict.entries) {
      const next = isPlain ? contextUnder(context, key, dict) : context;
      if (next !== null) descend(value, next, key);
    }
  }

  for (const [key, value] of view.trailer.entries) {
    if (key === 'Root') descend(value, 'catalog', key);
    else if (key === 'Info') descend(value, 'info', key);
    else if (key !== 'Prev' && key !== 'XRefStm') descend(value, 'other', key);
  }
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) descend(...next);
  return found;
}

/** Contexts in which a page or field is held, not merely pointed at. */
const ownersOf: ReadonlySet<Context> = new Set(['catalog', 'pages', 'annot', 'field', 'form']);

function inArray(context: Context): Context {
  return context === 'annots' ? 'annot' : context;
}

function contextUnder(context: Context, key: string, dict: PdfDict): Context | null {
  switch (context) {
    case 'catalog':
      return catalogKeys[key] ?? 'other';
    case 'pages':
      if (key === 'Kids') return 'pages';
      if (key === 'Parent') return null;
      return key === 'Annots' && nameOf(dict.entries.get('Type')) === 'Page' ? 'annots' : 'page-content';
    case 'form':
      return key === 'Fields' ? 'field' : 'other';
    case 'field':
    case 'annot':
      return fieldContext(key, dict);
    case 'appearance':
      return 'appearance';
    case 'dss':
    case 'extensions':
      return context;
    case 'page-content':
      return 'page-content';
    default:
      return 'other';
  }
}

function fieldContext(key: string, dict: PdfDict): Context | null {
  const isForm =
    nameOf(dict.entries.get('Subtype')) === 'Widget' || dict.entries.has('T') || dict.entries.has('FT');
  if (key === 'P' || key === 'Parent') return null;
  if (!isForm) return 'other';
  if (key === 'Kids') return 'field';
  if (key === 'AP') return 'appearance';
  return key === 'V' ? 'value' : 'other';
}
