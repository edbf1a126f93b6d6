import { newBudget, type Budget } from './budget.ts';
import { decodeStream } from './filters.ts';
import { readIndirect, type IndirectObject } from './indirect.ts';
import { readValue, skipSpace, takeInteger, type Cursor } from './tokens.ts';
import { findStartXref, readSection, type XrefEntry, type XrefSection } from './xref.ts';
import {
  PdfError,
  isDict,
  isRef,
  isStream,
  nameOf,
  type PdfDict,
  type PdfRef,
  type PdfValue,
} from './values.ts';

/** One saved state of the file: the sections written with it, newest first. */
export type Revision = Readonly<{ sections: readonly XrefSection[]; trailer: PdfDict; startXref: number }>;

/** The file as a reader of one revision sees it. */
export type PdfView = Readonly<{
  revision: number;
  trailer: PdfDict;
  /** Where an object is found, or null when no section knows it. */
  find: (num: number) => XrefEntry | null;
  /** The object's value; null when it is free or unknown, as the format says. */
  load: (num: number) => PdfValue;
  /** Follows references to a value that is none. */
  resolve: (value: PdfValue | undefined) => PdfValue;
}>;

export type PdfFile = Readonly<{
  bytes: Uint8Array;
  /** Oldest first. */
  revisions: readonly Revision[];
  /** The file as it stood after revision `index` (0 is the oldest). */
  viewAt: (index: number) => PdfView;
  latest: PdfView;
  indirectAt: (offset: number, view: PdfView) => IndirectObject;
}>;

const maxSections = 200;

/** Opens a PDF strictly: no repair, no guess, each loop guarded. Throws PdfError. */
export function openPdf(bytes: Uint8Array): PdfFile {
  const header = Buffer.from(bytes.subarray(0, 1024)).indexOf('%PDF-');
  if (header !== 0) throw new PdfError('pdf-unreadable', 'header');
  const budget = newBudget();
  const revisions = readRevisions(bytes, budget);
  const history = historyOf(revisions);
  const parsed = new Map<number, IndirectObject>();
  const packs = new Map<string, Pack>();
  const views = new Map<number, PdfView>();

  function indirectAt(offset: number, view: PdfView): IndirectObject {
    let object = parsed.get(offset);
    if (object === undefined) {
      object = readIndirect(bytes, offset, (length) => plainLength(view, length));
      // Objects that overlap would else be read over and over.
      budget.spend((object.end - object.start) / 32);
      parsed.set(offset, object);
    }
    return object;
  }

  function plainLength(view: PdfView, length: PdfRef): number | null {
    const entry = view.find(length.num);
    if (entry?.kind !== 'offset') return null;
    const { value } = readIndirect(bytes, entry.offset, () => null);
    return typeof value === 'number' ? value : null;
  }

  function packAt(view: PdfView, num: number): Pack {
    const entry = view.find(num);
    if (entry?.kind !== 'offset') throw new PdfError('pdf-malformed', 'object stream');
    const key = `${entry.offset}`;
    let pack = packs.get(key);
    if (pack === undefined) {
      pack = readPack(indirectAt(entry.offset, view).value, budget);
      packs.set(key, pack);
    }
    return pack;
  }

  function viewAt(index: number): PdfView {
    let view = views.get(index);
    if (view !== undefined) return view;
    const revision = revisions[index];
    if (revision === undefined) throw new PdfError('pdf-xref', 'revision');
    const loaded = new Map<number, PdfValue>();
    const made: PdfView = {
      revision: index,
      trailer: revision.trailer,
      find: (num) => {
        budget.spend(1);
        return stateOf(history.get(num), index);
      },
      load: (num) => {
        let value = loaded.get(num);
        if (value === undefined) {
          value = loadEntry(made, num, made.find(num));
          loaded.set(num, value);
        }
        return value;
      },
      resolve: (value) => {
        budget.spend(1);
        let current = value ?? null;
        for (let step = 0; isRef(current); step++) {
          if (step > 32) throw new PdfError('pdf-malformed', 'reference loop');
          current = made.load(current.num);
        }
        return current;
      },
    };
    view = made;
    views.set(index, view);
    return view;
  }

  function loadEntry(view: PdfView, num: number, entry: XrefEntry | null): PdfValue {
    if (entry === null || entry.kind === 'free') return null;
    if (entry.kind === 'packed') {
      const packed = packAt(view, entry.stream).get(num);
      // Some readers find an object by its place, others by its number: they must find the same one.
      if (packed?.place !== entry.index) throw new PdfError('pdf-malformed', 'object stream');
      return packed.value;
    }
    const object = indirectAt(entry.offset, view);
    if (object.num !== num || object.gen !== entry.gen) throw new PdfError('pdf-xref', `object ${num}`);
    return object.value;
  }

  const latest = viewAt(revisions.length - 1);
  return { bytes, revisions, viewAt, latest, indirectAt };
}

/** Walks the chain from the end; a linearised file's two first sections are one revision. */
function readRevisions(bytes: Uint8Array, budget: Budget): readonly Revision[] {
  const revisions: { sections: XrefSection[]; trailer: PdfDict; startXref: number }[] = [];
  const seen = new Set<number>();
  let offset: number | null = findStartXref(bytes, bytes.length).offset;
  let joins = false;
  while (offset !== null) {
    if (seen.has(offset) || seen.size > maxSections) throw new PdfError('pdf-xref', 'loop');
    seen.add(offset);
    const section = readSection(bytes, offset, budget);
    const current = revisions.at(-1);
    if (joins && current !== undefined) current.sections.push(section);
    else revisions.push({ sections: [section], trailer: section.trailer, startXref: offset });
    const previous: PdfValue | undefined = section.trailer.entries.get('Prev');
    if (previous !== undefined && typeof previous !== 'number') throw new PdfError('pdf-xref', 'Prev');
    joins = previous !== undefined && previous > offset;
    offset = previous ?? null;
  }
  return revisions.toReversed();
}

/** Where each object stood, by the revision that said so, oldest first. */
type History = ReadonlyMap<number, readonly (readonly [revision: number, entry: XrefEntry])[]>;

function historyOf(revisions: readonly Revision[]): History {
  const history = new Map<number, (readonly [number, XrefEntry])[]>();
  for (const [index, revision] of revisions.entries()) {
    for (const section of revision.sections.toReversed()) {
      for (const [num, entry] of section.entries) {
        const states = history.get(num);
        if (states === undefined) history.set(num, [[index, entry]]);
        else states.push([index, entry]);
      }
    }
  }
  return history;
}

function stateOf(
  states: readonly (readonly [number, XrefEntry])[] | undefined,
  revision: number,
): XrefEntry | null {
  return states?.findLast(([index]) => index <= revision)?.[1] ?? null;
}

/** Objects of an object stream by their number, each with its place in it. */
type Pack = ReadonlyMap<number, Readonly<{ value: PdfValue; place: number }>>;

function readPack(value: PdfValue, budget: Budget): Pack {
  if (!isStream(value) || nameOf(value.dict.entries.get('Type')) !== 'ObjStm') {
    throw new PdfError('pdf-malformed', 'object stream');
  }
  const count = value.dict.entries.get('N');
  const first = value.dict.entries.get('First');
  const bytes = decodeStream(value, budget.bytesLeft());
  budget.decoded(bytes.length);
  if (typeof count !== 'number' || typeof first !== 'number' || count > bytes.length) {
    throw new PdfError('pdf-malformed', 'object stream');
  }
  const header: Cursor = { bytes, at: 0 };
  const objects = new Map<number, Readonly<{ value: PdfValue; place: number }>>();
  for (let i = 0; i < count; i++) {
    skipSpace(header);
    const num = takeInteger(header);
    skipSpace(header);
    const at = takeInteger(header);
    if (num === null || at === null || objects.has(num)) throw new PdfError('pdf-malformed', 'object stream');
    objects.set(num, { value: readValue({ bytes, at: first + at }), place: i });
  }
  return objects;
}

/** The document's catalogue in a view. */
export function catalogOf(view: PdfView): PdfDict {
  const root = view.resolve(view.trailer.entries.get('Root'));
  if (!isDict(root)) throw new PdfError('pdf-unreadable', 'catalogue');
  return root;
}
