import { catalogOf } from '../pdf/document.ts';
import { isArray, isDict, isRef, isStream, nameOf, type PdfDict, type PdfValue } from '../pdf/values.ts';
import { explain, isUsed, raise, type Change, type Notes } from './changes.ts';
import { explainDss } from './explain-dss.ts';
import { differingKeys, sameValue } from './same-value.ts';
import { isPlainXmp } from './xmp.ts';

/** Entries of the trailer that describe the file's bytes and not its content. */
const technical: ReadonlySet<string> = new Set(
  'Size Prev XRefStm Type W Index Length Filter DecodeParms ID Root Info'.split(' '),
);

/** Judges the trailer and the catalogue; the form and the pages have rules of their own. */
export function explainDocument(change: Change, notes: Notes): void {
  explainTrailer(change, notes);
  const before = catalogOf(change.before);
  const after = catalogOf(change.after);
  explain(notes, change.before.trailer.entries.get('Root'), ['catalog', 'back']);
  for (const key of differingKeys(before, after)) {
    if (key === 'Version') {
      if (nameOf(after.entries.get(key)) === null) notes.faults.push('catalog-changed');
    } else if (!judgedElsewhere.has(key)) notes.faults.push('catalog-changed');
  }
  if (!sameValue(before.entries.get('Pages'), after.entries.get('Pages'))) notes.faults.push('pages-changed');
  explainExtensions(change, notes, [before.entries.get('Extensions'), after.entries.get('Extensions')]);
  explainMetadata(change, notes, [before.entries.get('Metadata'), after.entries.get('Metadata')]);
  explainDss(change, notes, [before.entries.get('DSS'), after.entries.get('DSS')]);
}

const judgedElsewhere: ReadonlySet<string> = new Set(['AcroForm', 'DSS', 'Extensions', 'Metadata', 'Pages']);

type Pair = readonly [before: PdfValue | undefined, after: PdfValue | undefined];

function explainTrailer({ before, after }: Change, notes: Notes): void {
  const [old, now] = [before.trailer, after.trailer];
  for (const key of differingKeys(old, now)) if (!technical.has(key)) notes.faults.push('trailer-changed');
  const [oldRoot, newRoot] = [old.entries.get('Root'), now.entries.get('Root')];
  // Some programs write the catalogue anew under another number; it is compared entry by entry like any other.
  const isMoved = isRef(newRoot) && !isUsed(before, newRoot.num);
  if (!sameValue(oldRoot, newRoot) && !isMoved) notes.faults.push('trailer-changed');
  const [oldId, newId] = [before.resolve(old.entries.get('ID')), after.resolve(now.entries.get('ID'))];
  if (isArray(oldId) && !(isArray(newId) && sameValue(oldId.items[0], newId.items[0]))) {
    notes.faults.push('trailer-changed');
  }
  const info = after.resolve(now.entries.get('Info'));
  if (info !== null && !isDict(info)) notes.faults.push('trailer-changed');
  explain(notes, old.entries.get('Info'), ['info']);
}

function explainExtensions(change: Change, notes: Notes, [old, now]: Pair): void {
  const [before, after] = [change.before.resolve(old), change.after.resolve(now)];
  if (before === null && after === null) return;
  if (!isDict(after) || (before !== null && !isDict(before))) {
    notes.faults.push('catalog-changed');
    return;
  }
  const kept = isDict(before) ? differingKeys(before, after).filter((key) => before.entries.has(key)) : [];
  if (kept.some((key) => !after.entries.has(key))) notes.faults.push('catalog-changed');
  explain(notes, old, ['extensions']);
  if (!sameValue(before, after)) raise(notes, 'archival');
}

function explainMetadata(change: Change, notes: Notes, [old, now]: Pair): void {
  const isSame = sameValue(old, now) && !(isRef(old) && change.changed.has(old.num));
  if (isSame) return;
  const after = change.after.resolve(now);
  if (!isRef(now) || !isStream(after) || !isPlainXmp(after)) {
    notes.faults.push('metadata-changed');
    return;
  }
  explain(notes, old, ['metadata']);
  raise(notes, 'archival');
}

/** Judges the page tree: the same pages in the same order, nothing but annotations added. */
export function explainPages(change: Change, notes: Notes, newWidgets: ReadonlySet<number>): void {
  const seen = new Set<number>();
  const visit = (value: PdfValue | undefined): void => {
    if (!isRef(value) || seen.has(value.num)) return;
    seen.add(value.num);
    const [old, now] = [change.before.load(value.num), change.after.load(value.num)];
    if (!isDict(old) || !isDict(now)) {
      notes.faults.push('pages-changed');
      return;
    }
    const kids = change.before.resolve(old.entries.get('Kids'));
    const isPage = nameOf(old.entries.get('Type')) === 'Page';
    const differing = differingKeys(old, now).filter((key) => !(isPage && key === 'Annots'));
    if (differing.length > 0) notes.faults.push('page-content-changed');
    notes.explained.set(value.num, new Set(['pages', 'back']));
    if (isPage) explainAnnotations(change, notes, { old, now, newWidgets });
    else if (isArray(kids)) for (const kid of kids.items) visit(kid);
  };
  visit(catalogOf(change.before).entries.get('Pages'));
}

function explainAnnotations(
  change: Change,
  notes: Notes,
  page: Readonly<{ old: PdfDict; now: PdfDict; newWidgets: ReadonlySet<number> }>,
): void {
  const [oldEntry, newEntry] = [page.old.entries.get('Annots'), page.now.entries.get('Annots')];
  const listed = (value: PdfValue): readonly PdfValue[] | null => (isArray(value) ? value.items : null);
  const old = listed(change.before.resolve(oldEntry)) ?? [];
  const now = listed(change.after.resolve(newEntry));
  if (now === null) {
    if (newEntry !== undefined || old.length > 0) notes.faults.push('annotations-changed');
    return;
  }
  const isKept = old.every((item, i) => sameValue(item, now[i]));
  const added = now.slice(old.length);
  const isSound = added.every(
    (item) => isRef(item) && page.newWidgets.has(item.num) && !isUsed(change.before, item.num),
  );
  if (!isKept || !isSound) notes.faults.push('annotations-changed');
  explain(notes, oldEntry, ['annots']);
}
