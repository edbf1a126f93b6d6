import { AppError } from '#shared/kernel/public.ts';
import { catalogOf, type PdfView } from '../pdf/document.ts';
import type { AcroForm, FormField } from '../pdf/fields.ts';
import { firstPage, type FirstPage } from '../pdf/first-page.ts';
import {
  array,
  dict,
  isArray,
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

export type NewFieldPlan = Readonly<{
  name: string;
  num: number;
  /** Where it is seen on the page; without it, nowhere. */
  rect?: readonly number[];
}>;

/** Plans a signature field on page 1 for a document that came without one. */
export function newSignatureField(view: PdfView, form: AcroForm | null, plan: NewFieldPlan): NewField {
  const page = firstPage(view);
  const fieldRef = ref(plan.num);
  const fieldDict = dict({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name('Sig'),
    T: text(plan.name),
    F: 132, // print and locked
    Rect: array(plan.rect ?? [0, 0, 0, 0]),
    P: page.ref,
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
  page: FirstPage,
  plan: Readonly<{ widget: PdfRef; changes: Map<number, PdfValue> }>,
): void {
  const entry = page.dict.entries.get('Annots');
  const listed = view.resolve(entry);
  const grown = array([...(isArray(listed) ? listed.items : []), plan.widget]);
  if (isRef(entry) && isArray(listed)) plan.changes.set(entry.num, grown);
  else plan.changes.set(page.ref.num, withEntries(page.dict, { Annots: grown }));
}

/** A name that no field of the form has: the role's own, or with a number. */
export function freeFieldName(form: AcroForm | null, role: string): string {
  let name = role;
  for (let number = 2; form?.fields.has(name) === true; number += 1) name = `${role}-${number}`;
  return name;
}

function rootOf(view: PdfView): PdfRef {
  const root = view.trailer.entries.get('Root');
  if (!isRef(root)) throw new AppError('signing.unreadable-pdf');
  return root;
}
