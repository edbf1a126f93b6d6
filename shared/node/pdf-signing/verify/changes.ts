import type { PdfFile, PdfView } from '../pdf/document.ts';
import type { XrefEntry } from '../pdf/xref.ts';
import { isRef, isStream, nameOf, type PdfValue } from '../pdf/values.ts';
import type { Context, Contexts } from './contexts.ts';
import { sameValue } from './same-value.ts';

/** What a later revision did, judged against the signed one. */
export type Change = Readonly<{
  before: PdfView;
  after: PdfView;
  /** Objects of the signed revision whose value is another one now. */
  changed: ReadonlySet<number>;
  /** Objects that were used in the signed revision and are free now. */
  freed: readonly number[];
  contexts: Contexts;
}>;

/** The finding of one rule: how much was changed, and what it cannot explain. */
export type Finding = Readonly<{
  /** Objects whose change this rule explains, with the only contexts in which they may be reached. */
  explained: ReadonlyMap<number, ReadonlySet<Context>>;
  /** archival: validation data, document time-stamps; filling: fields and further signatures. */
  level: 'none' | 'archival' | 'filling';
  /** Names of fields that were filled or signed. */
  touched: readonly string[];
  /** Reasons that make it wrong, or that cannot be explained. */
  faults: readonly string[];
}>;

/** Collects what a rule finds. */
export type Notes = {
  explained: Map<number, ReadonlySet<Context>>;
  level: Finding['level'];
  touched: string[];
  /** Names of fields that were added where people see them. */
  placed: string[];
  faults: string[];
};

export function newNotes(): Notes {
  return { explained: new Map(), level: 'none', touched: [], placed: [], faults: [] };
}

/** Allows an object to have changed, as long as it is reached only in these contexts. */
export function explain(notes: Notes, value: PdfValue | undefined, contexts: readonly Context[]): void {
  if (isRef(value)) notes.explained.set(value.num, new Set(contexts));
}

export function raise(notes: Notes, level: Finding['level']): void {
  if (level === 'filling' || notes.level === 'none') notes.level = level;
}

/** Containers whose change would change objects that no section lists again. */
function isContainer(value: PdfValue): boolean {
  return isStream(value) && ['ObjStm', 'XRef'].includes(nameOf(value.dict.entries.get('Type')) ?? '');
}

/** The objects that revisions after `signed` up to `later` changed or freed. */
export function changedObjects(
  file: PdfFile,
  span: Readonly<{ signed: number; later: number }>,
  contexts: Contexts,
): Readonly<{ changed: ReadonlySet<number>; freed: readonly number[] }> {
  const { signed, later } = span;
  const before = file.viewAt(signed);
  const after = file.viewAt(later);
  const changed = new Set<number>();
  const freed: number[] = [];
  for (const revision of file.revisions.slice(signed + 1, later + 1)) {
    for (const section of revision.sections) {
      for (const num of section.entries.keys()) {
        const wasUsed = isUsed(before, num);
        // What pointed into nothing when it was signed must go on pointing into nothing.
        if (!wasUsed && !contexts.has(num)) continue;
        if (!isUsed(after, num)) {
          if (wasUsed) freed.push(num);
          continue;
        }
        const isLost = isContainer(before.load(num)) || isRenewed(before.find(num), after.find(num));
        if (isLost) freed.push(num);
        else if (!sameValue(before.load(num), after.load(num))) changed.add(num);
      }
    }
  }
  return { changed, freed };
}

/** Under another generation it is another object: whatever led to it leads nowhere now. */
function isRenewed(before: XrefEntry | null, after: XrefEntry | null): boolean {
  const generationOf = (entry: XrefEntry | null): number => (entry?.kind === 'offset' ? entry.gen : 0);
  return before !== null && generationOf(before) !== generationOf(after);
}

export function isUsed(view: PdfView, num: number): boolean {
  const entry = view.find(num);
  return entry !== null && entry.kind !== 'free';
}
