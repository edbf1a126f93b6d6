import { catalogOf, type PdfView } from '../pdf/document.ts';
import type { AcroForm, FormField } from '../pdf/fields.ts';
import {
  isArray,
  isDict,
  isRef,
  isStream,
  nameOf,
  textOf,
  type PdfDict,
  type PdfValue,
} from '../pdf/values.ts';
import { explain, isUsed, raise, type Change, type Notes } from './changes.ts';
import { displayedText } from './displayed-text.ts';
import { differingKeys, sameValue } from './same-value.ts';

/** Form entries that may come or change when a field is filled or a signature added. */
const formKeys: ReadonlySet<string> = new Set(['Fields', 'SigFlags', 'DR', 'DA', 'NeedAppearances']);

export type Forms = Readonly<{ before: AcroForm | null; after: AcroForm | null }>;

/** Judges the form: fields stay, are filled with what they show, or are signed; only signature fields may be new. */
export function explainForm(change: Change, notes: Notes, forms: Forms): void {
  const { before, after } = forms;
  if (after === null) {
    if (before !== null) notes.faults.push('form-removed');
    return;
  }
  if (before !== null) explainFormDict(notes, { before, after });
  for (const [fieldName, old] of before?.fields ?? []) {
    const now = after.fields.get(fieldName);
    if (now === undefined) notes.faults.push('field-removed');
    else explainField(change, notes, { old, now });
  }
  for (const [fieldName, now] of after.fields) {
    if (before?.fields.has(fieldName) !== true) explainNewField(change, notes, now);
  }
}

function explainFormDict(notes: Notes, forms: { before: AcroForm; after: AcroForm }): void {
  const { before, after } = forms;
  for (const key of differingKeys(before.dict, after.dict)) {
    if (!formKeys.has(key)) notes.faults.push('form-changed');
    // Existing resources and defaults stay; they may only be given where there were none.
    const isDrawnAnew = after.dict.entries.get('NeedAppearances') === true;
    const isStyle = key === 'DR' || key === 'DA';
    // And not where every reader draws the fields for itself, in whatever it finds there.
    if (isStyle && (before.dict.entries.has(key) || isDrawnAnew)) notes.faults.push('form-changed');
    if (key === 'NeedAppearances' && after.dict.entries.get(key) === true) notes.faults.push('form-changed');
  }
  // Signatures exist, and later saves must append: neither is ever taken back.
  const [oldFlags, newFlags] = [before, after].map(({ dict }) => Number(dict.entries.get('SigFlags') ?? 0));
  if (((oldFlags ?? 0) & ~(newFlags ?? 0)) !== 0) notes.faults.push('form-changed');
  if (before.ref !== null) explain(notes, before.ref, ['form']);
  explain(notes, before.dict.entries.get('Fields'), ['field']);
}

type FieldPair = Readonly<{ old: FormField; now: FormField }>;

function explainField(change: Change, notes: Notes, { old, now }: FieldPair): void {
  if (!sameValue(old.ref, now.ref) || old.type !== now.type) {
    notes.faults.push('field-changed');
    return;
  }
  explain(notes, old.ref, ['field', 'annot', 'back']);
  for (const { ref } of old.widgets) explain(notes, ref, ['field', 'annot', 'back']);
  explain(notes, old.dict.entries.get('Kids'), ['field']);
  if (!isDict(change.after.load(old.ref.num)) || !sameKids(old, now)) notes.faults.push('field-changed');
  if (!onlyAllowedKeys({ old, now })) notes.faults.push('field-changed');
  const isMerged = old.widgets.some((widget) => widget.ref.num === old.ref.num);
  const appearanceChanged = widgetsChanged(change, notes, { old, now }, isMerged);
  const valueChanged = !sameValue(old.value, now.value) || isChangedObject(change, old.value);
  if (!appearanceChanged && !valueChanged) return;
  notes.touched.push(old.name);
  if (old.type === 'Sig') judgeSigning(change, notes, { old, now });
  else {
    raise(notes, 'filling');
    if (old.type === 'Tx') judgeText(change, notes, now);
    else if (old.type !== 'Btn' || appearanceChanged) notes.faults.push('field-changed');
  }
}

function onlyAllowedKeys({ old, now }: FieldPair): boolean {
  const allowed = allowedKeys(old);
  return differingKeys(old.dict, now.dict).every((key) => {
    const isLonger = key === 'Kids' && old.dict.entries.has('Kids') && now.kids.length > old.kids.length;
    return isLonger || (key === 'Type' ? isNamedAnnotation(now.dict) : allowed.has(key));
  });
}

/** Kids that are fields stay in their order; new ones may follow and are judged as new fields. */
function sameKids(old: FormField, now: FormField): boolean {
  return (
    old.kids.every((kid, i) => sameValue(kid, now.kids[i])) &&
    old.widgets.length === now.widgets.length &&
    old.widgets.every((widget, i) => sameValue(widget.ref, now.widgets[i]?.ref))
  );
}

function allowedKeys(field: FormField): ReadonlySet<string> {
  return field.type === 'Btn' ? new Set(['V', 'AS']) : new Set(['V', 'AP']);
}

/** The type may be said where it went without saying; under any other name viewers would draw it no more. */
function isNamedAnnotation({ entries }: PdfDict): boolean {
  return nameOf(entries.get('Type')) === 'Annot';
}

function widgetsChanged(change: Change, notes: Notes, pair: FieldPair, isMerged: boolean): boolean {
  let isChanged = false;
  for (const [i, widget] of pair.old.widgets.entries()) {
    const now = pair.now.widgets[i]?.dict;
    if (now === undefined) continue;
    const differing = differingKeys(widget.dict, now);
    if (differing.includes('Type') && !isNamedAnnotation(now)) notes.faults.push('field-changed');
    if (!isMerged && differing.some((key) => !['AP', 'AS', 'Type'].includes(key))) {
      notes.faults.push('field-changed');
    }
    if (appearanceChanged(change, notes, [widget.dict.entries.get('AP'), now.entries.get('AP')])) {
      isChanged = true;
    }
    if (differing.includes('AS') && pair.old.type !== 'Btn') notes.faults.push('field-changed');
  }
  return isChanged;
}

/** An appearance may be exchanged for new streams, or written over where nothing else uses it. */
function appearanceChanged(
  change: Change,
  notes: Notes,
  [old, now]: readonly [PdfValue | undefined, PdfValue | undefined],
): boolean {
  const [before, after] = [change.before.resolve(old), change.after.resolve(now)];
  explain(notes, old, ['appearance']);
  for (const entry of entriesOf(before).values()) explain(notes, entry, ['appearance']);
  // Exchanging an appearance that something else uses too may be a change to that something.
  if (isRef(old) && !sameValue(old, now) && isShared(change, old.num)) notes.faults.push('appearance-shared');
  if (isRef(now) && !sameValue(old, now) && isUsed(change.before, now.num)) {
    notes.faults.push('appearance-not-new');
  }
  const oldEntries = entriesOf(before);
  for (const [key, entry] of entriesOf(after)) {
    const isReused =
      isRef(entry) && isUsed(change.before, entry.num) && !sameValue(entry, oldEntries.get(key));
    if (isReused) notes.faults.push('appearance-not-new');
  }
  return (
    !sameValue(before, after) || [...oldEntries.values()].some((entry) => isChangedObject(change, entry))
  );
}

function entriesOf(value: PdfValue): PdfDict['entries'] {
  return isDict(value) ? value.entries : new Map<string, PdfValue>();
}

function isShared(change: Change, num: number): boolean {
  return [...(change.contexts.get(num) ?? [])].some((context) => context !== 'appearance');
}

function isChangedObject(change: Change, value: PdfValue | undefined): boolean {
  return isRef(value) && change.changed.has(value.num);
}

function judgeSigning(change: Change, notes: Notes, { old, now }: FieldPair): void {
  if (change.before.resolve(old.value) !== null) {
    notes.faults.push('signature-replaced');
    return;
  }
  const value = change.after.resolve(now.value);
  // Another look without a signature would be drawing over the page.
  if (!isRef(now.value) || isUsed(change.before, now.value.num) || !isDict(value)) {
    notes.faults.push('signature-not-new');
    return;
  }
  raise(notes, isDocumentTimestamp(change.after, now, value) ? 'archival' : 'filling');
}

function judgeText(change: Change, notes: Notes, now: FormField): void {
  const value = textOf(change.after.resolve(now.value)) ?? '';
  for (const widget of now.widgets) {
    const appearance = change.after.resolve(widget.dict.entries.get('AP'));
    const shown = displayedText({
      view: change.after,
      appearance: isDict(appearance) ? change.after.resolve(appearance.entries.get('N')) : null,
      rect: widget.dict.entries.get('Rect') ?? null,
      fontNamed: (fontName, entry) => fontBefore(change, fontName, entry),
    });
    const isSame = shown !== null && squeeze(shown) === squeeze(value);
    // Nothing else while the pointer is over it or presses it.
    const isSteady = [...entriesOf(appearance).keys()].every((state) => state === 'N');
    if (!isSame || !isSteady) notes.faults.push('shown-text-differs');
  }
}

/** A font that stood in the signed document; undefined when there is none of that name at all. */
function fontBefore(change: Change, fontName: string, entry: PdfValue | undefined): PdfValue | undefined {
  const { before, changed } = change;
  const ofForm = formFonts(before).get(fontName);
  // Some viewers look the name up in the form and some do not: nobody knows what they show.
  if (entry === undefined) return ofForm === undefined ? undefined : null;
  if (!isRef(entry)) return sameValue(entry, ofForm) ? entry : null;
  return isUsed(before, entry.num) && !changed.has(entry.num) ? entry : null;
}

function formFonts(view: PdfView): PdfDict['entries'] {
  const form = view.resolve(catalogOf(view).entries.get('AcroForm'));
  const resources = isDict(form) ? view.resolve(form.entries.get('DR')) : null;
  return entriesOf(isDict(resources) ? view.resolve(resources.entries.get('Font')) : null);
}

function squeeze(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}

/** What a new field may have: a name, a place, a look and a signature; no acts, no layers. */
const plainFieldKeys: ReadonlySet<string> = new Set(
  'Type Subtype FT T TU TM F Ff Rect P V AP Kids Parent Lock SV DA Q H M NM StructParent DR'.split(' '),
);

/** Only signature fields may be new, on objects never used before, and signed at once. */
function explainNewField(change: Change, notes: Notes, field: FormField): void {
  const dicts = [field.dict, ...field.widgets.map((widget) => widget.dict)];
  if (dicts.some(({ entries }) => [...entries.keys()].some((key) => !plainFieldKeys.has(key)))) {
    notes.faults.push('field-added');
    return;
  }
  if (field.type === null && field.kids.length > 0 && field.widgets.length === 0) return; // a group of new fields
  const value = change.after.resolve(field.value);
  const refs = [field.ref, ...field.widgets.map((widget) => widget.ref)];
  if (isRef(field.value)) refs.push(field.value);
  const isSound =
    field.type === 'Sig' &&
    isDict(value) &&
    isRef(field.value) &&
    refs.every((ref) => !isUsed(change.before, ref.num));
  if (!isSound || !isDict(value)) {
    notes.faults.push('field-added');
    return;
  }
  if (isDocumentTimestamp(change.after, field, value)) {
    raise(notes, 'archival'); // no lock on fields keeps anybody from proving the document longer
    return;
  }
  notes.touched.push(field.name);
  if (field.widgets.some((widget) => !isInvisible(change.after, widget.dict))) notes.placed.push(field.name);
  raise(notes, 'filling');
}

/** A document time-stamp shows nothing (EN 319 142-1 5.4.3). */
function isDocumentTimestamp(view: PdfView, field: FormField, value: PdfDict): boolean {
  const isToken = nameOf(view.resolve(value.entries.get('SubFilter'))) === 'ETSI.RFC3161';
  return isToken && field.widgets.every((widget) => isInvisible(view, widget.dict));
}

export function isInvisible(view: PdfView, widget: PdfDict): boolean {
  const rect = view.resolve(widget.entries.get('Rect'));
  const sides = isArray(rect) ? rect.items.map((side) => view.resolve(side)) : [];
  const isFlat = sides.length === 4 && (sides[0] === sides[2] || sides[1] === sides[3]);
  const flags = view.resolve(widget.entries.get('F'));
  return isFlat || (typeof flags === 'number' && (flags & 0x22) !== 0) || !hasLook(view, widget);
}

function hasLook(view: PdfView, widget: PdfDict): boolean {
  const appearance = view.resolve(widget.entries.get('AP'));
  return isDict(appearance) && isStream(view.resolve(appearance.entries.get('N')));
}
