import { catalogOf, type PdfView } from './document.ts';
import {
  PdfError,
  isArray,
  isDict,
  isRef,
  nameOf,
  textOf,
  type PdfDict,
  type PdfRef,
  type PdfValue,
} from './values.ts';

/** A field of the form, by its full name; `widgets` are its places on pages (itself, when merged). */
export type FormField = Readonly<{
  name: string;
  ref: PdfRef;
  dict: PdfDict;
  /** Tx, Sig, Btn, Ch; inherited where the field does not say. */
  type: string | null;
  /** The value, inherited where the field does not say. */
  value: PdfValue;
  widgets: readonly Readonly<{ ref: PdfRef; dict: PdfDict }>[];
  kids: readonly PdfRef[];
}>;

export type AcroForm = Readonly<{
  dict: PdfDict;
  ref: PdfRef | null;
  fields: ReadonlyMap<string, FormField>;
}>;

const maxFields = 20_000;
const maxDepth = 30;

type Above = Readonly<{ name: string; type: string | null; value: PdfValue; depth: number }>;

/** Reads the form of a view; null when the document has none. Throws on names used twice and on loops. */
export function readForm(view: PdfView): AcroForm | null {
  const entry = catalogOf(view).entries.get('AcroForm');
  const dict = view.resolve(entry);
  if (!isDict(dict)) return null;
  const fields = new Map<string, FormField>();
  const seen = new Set<number>();
  const roots = view.resolve(dict.entries.get('Fields'));
  if (roots !== null && !isArray(roots)) throw new PdfError('form-malformed', 'Fields');

  function visit(value: PdfValue, above: Above): void {
    if (!isRef(value)) throw new PdfError('form-malformed', 'a direct field');
    if (seen.has(value.num) || seen.size > maxFields || above.depth > maxDepth) {
      throw new PdfError('form-malformed');
    }
    seen.add(value.num);
    const field = view.resolve(value);
    if (!isDict(field)) throw new PdfError('form-malformed', 'no dictionary');
    const own = textOf(view.resolve(field.entries.get('T')));
    if (own === null && above.name === '') throw new PdfError('form-malformed', 'no name');
    if (own?.includes('.') === true) throw new PdfError('form-malformed', 'a dot in a name');
    const full = own === null ? above.name : [above.name, own].filter((part) => part !== '').join('.');
    const type = nameOf(view.resolve(field.entries.get('FT'))) ?? above.type;
    const fieldValue = field.entries.get('V') ?? above.value;
    const kids = kidsOf(view, field);
    const named = kids.filter((kid) => isNamed(view, kid));
    const widgets = kids.filter((kid) => !named.includes(kid));
    if (fields.has(full)) throw new PdfError('form-malformed', 'a name used twice');
    fields.set(full, {
      name: full,
      ref: value,
      dict: field,
      type,
      value: fieldValue,
      widgets: widgetsOf(view, field, value, widgets),
      kids: named,
    });
    for (const kid of named) visit(kid, { name: full, type, value: fieldValue, depth: above.depth + 1 });
  }

  for (const root of roots?.items ?? []) visit(root, { name: '', type: null, value: null, depth: 0 });
  return { dict, ref: isRef(entry) ? entry : null, fields };
}

function kidsOf(view: PdfView, field: PdfDict): readonly PdfRef[] {
  const kids = view.resolve(field.entries.get('Kids'));
  if (kids === null) return [];
  if (!isArray(kids)) throw new PdfError('form-malformed', 'Kids');
  return kids.items.map((kid) => {
    if (!isRef(kid)) throw new PdfError('form-malformed', 'a direct field');
    if (!isDict(view.resolve(kid))) throw new PdfError('form-malformed', 'no dictionary');
    return kid;
  });
}

function isNamed(view: PdfView, kid: PdfRef): boolean {
  const dict = view.resolve(kid);
  return isDict(dict) && dict.entries.has('T');
}

function widgetsOf(
  view: PdfView,
  field: PdfDict,
  ref: PdfRef,
  separate: readonly PdfRef[],
): FormField['widgets'] {
  const merged =
    nameOf(view.resolve(field.entries.get('Subtype'))) === 'Widget' ? [{ ref, dict: field }] : [];
  const others = separate.flatMap((kid) => {
    const dict = view.resolve(kid);
    return isDict(dict) ? [{ ref: kid, dict }] : [];
  });
  return [...merged, ...others];
}
