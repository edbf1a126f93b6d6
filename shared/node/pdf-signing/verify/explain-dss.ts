import type { PdfView } from '../pdf/document.ts';
import { isArray, isDict, isRef, isStream, type PdfDict, type PdfValue } from '../pdf/values.ts';
import { explain, raise, type Change, type Notes } from './changes.ts';
import { sameValue } from './same-value.ts';

type Pair = readonly [before: PdfValue | undefined, after: PdfValue | undefined];

const lists = ['Certs', 'CRLs', 'OCSPs'] as const;
const vriLists = ['Cert', 'CRL', 'OCSP'] as const;

/** Judges the validation data of EN 319 142-1: it may grow, and what was there stays. */
export function explainDss(change: Change, notes: Notes, [old, now]: Pair): void {
  const [before, after] = [change.before.resolve(old), change.after.resolve(now)];
  if (before === null && after === null) return;
  if (!isDict(after) || (before !== null && !isDict(before))) {
    notes.faults.push('validation-data-malformed');
    return;
  }
  const known = new Set<string>(['Type', 'VRI', ...lists]);
  // An empty one says nothing and only takes the place of what was there.
  const isEmpty = ![...lists, 'VRI'].some((key) => after.entries.has(key));
  if (isEmpty) notes.faults.push('validation-data-malformed');
  if ([...after.entries.keys()].some((key) => !known.has(key))) {
    notes.faults.push('validation-data-malformed');
  }
  for (const key of lists) {
    const oldEntry = isDict(before) ? before.entries.get(key) : undefined;
    explainList(change, notes, [oldEntry, after.entries.get(key)]);
  }
  const oldVri = isDict(before) ? before.entries.get('VRI') : undefined;
  explainVri(change, notes, [oldVri, after.entries.get('VRI')]);
  explain(notes, old, ['dss']);
  if (!sameValue(before, after)) raise(notes, 'archival');
}

function explainList(change: Change, notes: Notes, [old, now]: Pair): void {
  const before = streamRefs(change.before, old);
  const after = streamRefs(change.after, now);
  if (before === null || after === null) notes.faults.push('validation-data-malformed');
  else if (before.some((num) => !after.includes(num))) notes.faults.push('validation-data-removed');
  explain(notes, old, ['dss']);
}

function explainVri(change: Change, notes: Notes, [old, now]: Pair): void {
  const [before, after] = [change.before.resolve(old), change.after.resolve(now)];
  if (before === null && after === null) return;
  if (!isDict(after)) {
    notes.faults.push(before === null ? 'validation-data-malformed' : 'validation-data-removed');
    return;
  }
  explain(notes, old, ['dss']);
  const oldEntries: PdfDict['entries'] = isDict(before) ? before.entries : new Map();
  for (const key of oldEntries.keys()) {
    if (!after.entries.has(key)) notes.faults.push('validation-data-removed');
  }
  for (const [key, entry] of after.entries) {
    if (key === 'Type') continue;
    if (!/^[0-9A-F]{40}$/.test(key)) notes.faults.push('validation-data-malformed');
    const oldEntry = oldEntries.get(key);
    if (oldEntry === undefined) checkVriEntry(change.after, notes, change.after.resolve(entry));
    else compareVriEntry(change, notes, [oldEntry, entry]);
  }
}

function checkVriEntry(view: PdfView, notes: Notes, entry: PdfValue): void {
  const known = new Set<string>(['Type', 'TU', 'TS', ...vriLists]);
  const isSound =
    isDict(entry) &&
    entry.entries.size > 0 &&
    [...entry.entries.keys()].every((key) => known.has(key)) &&
    vriLists.every((key) => streamRefs(view, entry.entries.get(key)) !== null) &&
    (!entry.entries.has('TS') || isStream(view.resolve(entry.entries.get('TS'))));
  if (!isSound) notes.faults.push('validation-data-malformed');
}

/** What a signature was validated with stays; its own time-stamp may be added. */
function compareVriEntry(change: Change, notes: Notes, [old, now]: Pair): void {
  const [before, after] = [change.before.resolve(old), change.after.resolve(now)];
  checkVriEntry(change.after, notes, after);
  if (!isDict(before) || !isDict(after)) return;
  for (const [key, value] of before.entries) {
    if (!sameValue(change.before.resolve(value), change.after.resolve(after.entries.get(key)))) {
      notes.faults.push('validation-data-removed');
    }
  }
  explain(notes, old, ['dss']);
}

function streamRefs(view: PdfView, value: PdfValue | undefined): readonly number[] | null {
  const list = view.resolve(value);
  if (list === null) return [];
  if (!isArray(list)) return null;
  const numbers = list.items.map((item) => (isRef(item) && isStream(view.resolve(item)) ? item.num : -1));
  return numbers.includes(-1) ? null : numbers;
}
