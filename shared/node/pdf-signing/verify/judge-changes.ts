import type { PdfFile } from '../pdf/document.ts';
import { readForm, type AcroForm } from '../pdf/fields.ts';
import type { Lock } from '../pdf/locks.ts';
import { isRef } from '../pdf/values.ts';
import { catalogOf } from '../pdf/document.ts';
import { isArray, isDict, type PdfDict, type PdfValue } from '../pdf/values.ts';
import { changedObjects, newNotes, type Change, type Notes } from './changes.ts';
import { contextsOf, type Context, type Contexts } from './contexts.ts';
import { explainDocument, explainPages } from './explain-document.ts';
import { explainForm } from './explain-form.ts';

/** What was done to a file after a signature, in the words of the report. */
export type ChangeVerdict = Readonly<{
  outcome: 'none' | 'allowed' | 'unexplained' | 'forbidden';
  reasons: readonly string[];
}>;

/** Faults that are a change to what was signed, not merely something we cannot explain. */
const forbidden: ReadonlySet<string> = new Set([
  'page-content-changed',
  'pages-changed',
  'locked-field-changed',
  'changed-after-closing',
  'signature-replaced',
]);

/** Judges every revision after a signature, one at a time, against the signed one; what no rule explains is denied. */
export function judgeChanges(file: PdfFile, signed: number, lock: Lock): ChangeVerdict {
  if (signed === file.revisions.length - 1) return { outcome: 'none', reasons: [] };
  const before = file.viewAt(signed);
  const form = readForm(before);
  const contexts = contextsOf(before, landmarksOf(file, signed, form));
  const faults = new Set<string>();
  const seen = { isTouched: false };
  for (let later = signed + 1; later < file.revisions.length; later++) {
    const after = file.viewAt(later);
    const { changed, freed } = changedObjects(file, { signed, later }, contexts);
    const change: Change = { before, after, changed, freed, contexts };
    const notes = newNotes();
    judgeOne(change, notes, form);
    applyLock(notes, lock);
    if (!areSectionsPlain(file, { signed, later })) notes.faults.push('trailer-changed');
    for (const fault of notes.faults) faults.add(fault);
    if (notes.level !== 'none' || changed.size > 0) seen.isTouched = true;
  }
  if (faults.size === 0) return { outcome: seen.isTouched ? 'allowed' : 'none', reasons: [] };
  const isForbidden = [...faults].some((fault) => forbidden.has(fault));
  return { outcome: isForbidden ? 'forbidden' : 'unexplained', reasons: [...faults] };
}

/** Later sections that all readers read alike: none shrinks the file, none lists what its size leaves out, none hides a table. */
function areSectionsPlain(
  file: PdfFile,
  { signed, later }: Readonly<{ signed: number; later: number }>,
): boolean {
  const sizeOf = (entries: PdfDict['entries']): number => Number(entries.get('Size'));
  const isHybrid = file.revisions
    .slice(0, signed + 1)
    .some(({ sections }) => sections.some(({ trailer }) => trailer.entries.has('XRefStm')));
  const before = sizeOf(file.revisions[signed]?.trailer.entries ?? new Map());
  const sections = file.revisions[later]?.sections ?? [];
  return sections.every(({ trailer: { entries }, entries: rows, isExact }) => {
    const size = sizeOf(entries);
    const hides = entries.has('XRefStm') && !isHybrid;
    return isExact && !hides && size >= before && [...rows.keys()].every((num) => num < size);
  });
}

function judgeOne(change: Change, notes: Notes, before: AcroForm | null): void {
  const after = readForm(change.after);
  explainDocument(change, notes);
  explainForm(change, notes, { before, after });
  explainPages(change, notes, newWidgetsOf(before, after));
  if (change.freed.length > 0) notes.faults.push('object-removed');
  for (const num of change.changed) {
    const fault = faultOf(num, notes, change.contexts);
    if (fault !== null) notes.faults.push(fault);
  }
}

function faultOf(num: number, notes: Notes, contexts: Contexts): string | null {
  const reached = contexts.get(num);
  // Nothing in the signed document led there, and whatever leads there now was judged itself.
  if (reached === undefined) return null;
  const allowed: ReadonlySet<Context> = notes.explained.get(num) ?? new Set();
  if ([...reached].every((context) => allowed.has(context))) return null;
  return reached.has('page-content') ? 'page-content-changed' : 'unexplained-change';
}

function applyLock(notes: Notes, lock: Lock): void {
  // Who certified a page said where one may sign; a look of its own anywhere else could cover what was certified.
  if ((lock.level ?? 1) > 1 && notes.placed.length > 0) notes.faults.push('field-added');
  if (notes.level === 'filling' && lock.level === 1) notes.faults.push('changed-after-closing');
  if (notes.level === 'filling' && notes.touched.some((field) => lock.locks(field))) {
    notes.faults.push('locked-field-changed');
  }
}

function newWidgetsOf(before: AcroForm | null, after: AcroForm | null): ReadonlySet<number> {
  const widgets = [...(after?.fields.values() ?? [])]
    .filter((field) => before?.fields.has(field.name) !== true)
    .flatMap((field) => field.widgets.map((widget) => widget.ref.num));
  return new Set(widgets);
}

/** Pages and fields: things that others may point at without using them as something else. */
function landmarksOf(file: PdfFile, signed: number, form: AcroForm | null): ReadonlySet<number> {
  const view = file.viewAt(signed);
  const found = new Set<number>();
  const visit = (value: PdfValue | undefined): void => {
    if (!isRef(value) || found.has(value.num)) return;
    found.add(value.num);
    const node = view.resolve(value);
    const kids = isDict(node) ? view.resolve(node.entries.get('Kids')) : null;
    if (isArray(kids)) for (const kid of kids.items) visit(kid);
  };
  const root = view.trailer.entries.get('Root');
  if (isRef(root)) found.add(root.num);
  visit(catalogOf(view).entries.get('Pages'));
  for (const field of form?.fields.values() ?? []) {
    found.add(field.ref.num);
    for (const widget of field.widgets) found.add(widget.ref.num);
  }
  return found;
}
