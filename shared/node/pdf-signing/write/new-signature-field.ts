import { AppError } from '#shared/kernel/public.ts';
import { catalogOf, type PdfView } from '../pdf/document.ts';
import type { AcroForm, FormField } from '../pdf/fields.ts';
import {
  array,
  dict,
  isArray,
  isDict,
  isRef,
  name,
  ref,
  text,
  withEntries,
  type PdfRef,
  type PdfValue,
} from '../pdf/values.ts';

export type NewField = Readonly<{
  form: AcroForm;
  field: FormField;
  /** What has to change beside the field itself: the form's list and the first page's annotations. */
  changes: ReadonlyMap<number, PdfValue>;
}>;

/** Plans an invisible signature field on page 1 for a document that came without one. */
export function newSignatureField(
  view: PdfView,
  form: AcroForm | null,
  plan: Readonly<{ name: string; num: number }>,
): NewField {
  const page = firstPage(view);
  const fieldRef = ref(plan.num);
  const fieldDict = dict({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name('Sig'),
    T: text(plan.name),
    F: 132, // print and locked
    Rect: array([0, 0, 0, 0]),
    P: page,
  });
  const listed = form === null ? null : view.resolve(form.dict.entries.get('Fields'));
  const fields = array([...(isArray(listed) ? listed.items : []), fieldRef]);
  const grown = withEntries(form?.dict ?? dict({}), { Fields: fields, SigFlags: 3 });
  const changes = new Map<number, PdfValue>();
  if (isRef(form?.ref)) changes.set(form.ref.num, grown);
  else changes.set(rootOf(view).num, withEntries(catalogOf(view), { AcroForm: grown }));
  addToPage(view, page, { widget: fieldRef, changes });
  return {
    form: { dict: grown, ref: form?.ref ?? null, fields: form?.fields ?? new Map() },
    field: {
      name: plan.name,
      ref: fieldRef,
      dict: fieldDict,
      type: 'Sig',
      value: null,
      widgets: [{ ref: fieldRef, dict: fieldDict }],
      kids: [],
    },
    changes,
  };
}

function addToPage(
  view: PdfView,
  page: PdfRef,
  plan: Readonly<{ widget: PdfRef; changes: Map<number, PdfValue> }>,
): void {
  const pageDict = view.resolve(page);
  if (!isDict(pageDict)) throw new AppError('signing.unreadable-pdf');
  const entry = pageDict.entries.get('Annots');
  const listed = view.resolve(entry);
  const grown = array([...(isArray(listed) ? listed.items : []), plan.widget]);
  if (isRef(entry) && isArray(listed)) plan.changes.set(entry.num, grown);
  else plan.changes.set(page.num, withEntries(pageDict, { Annots: grown }));
}

function firstPage(view: PdfView): PdfRef {
  let current = catalogOf(view).entries.get('Pages');
  for (let depth = 0; depth < 50; depth++) {
    const node = view.resolve(current);
    if (!isRef(current) || !isDict(node)) break;
    const kids = view.resolve(node.entries.get('Kids'));
    if (!isArray(kids)) return current;
    current = kids.items[0];
  }
  throw new AppError('signing.unreadable-pdf');
}

function rootOf(view: PdfView): PdfRef {
  const root = view.trailer.entries.get('Root');
  if (!isRef(root)) throw new AppError('signing.unreadable-pdf');
  return root;
}
