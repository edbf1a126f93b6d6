import { AppError } from '#shared/kernel/public.ts';
import { decodeStream } from '../pdf/filters.ts';
import type { PdfView } from '../pdf/document.ts';
import type { AcroForm, FormField } from '../pdf/fields.ts';
import {
  array,
  dict,
  isDict,
  isStream,
  name,
  ref,
  text,
  withEntries,
  type PdfStream,
} from '../pdf/values.ts';
import { appendRevision, firstFreeNumber } from './append-revision.ts';
import { encodeLine, lineStyleOf, sizeOf, type LineStyle } from './line-style.ts';
import { openForWriting } from './open-for-writing.ts';
import { refuseIfLocked } from './locked-fields.ts';

export type FillOrder = Readonly<{ pdf: Uint8Array; values: Readonly<Record<string, string>> }>;

/**
 * Writes text into fields that are on the page already, each with a fresh appearance in the font that came embedded
 * with the form, as one revision after the given bytes.
 */
export function fillTextFields(order: FillOrder): Uint8Array {
  const { file, form } = openForWriting(order.pdf);
  const view = file.latest;
  const changes = new Map();
  let next = firstFreeNumber(file);
  for (const [fieldName, value] of Object.entries(order.values)) {
    const field = form?.fields.get(fieldName);
    if (form === null || field === undefined) {
      throw new AppError('signing.no-such-field', { field: fieldName });
    }
    if (field.type !== 'Tx' || !isMerged(field)) {
      throw new AppError('signing.not-a-text-field', { field: fieldName });
    }
    refuseIfLocked(view, form, fieldName);
    const appearance = next++;
    changes.set(appearance, textAppearance(view, form, field, value));
    changes.set(field.ref.num, withEntries(field.dict, { V: text(value), AP: dict({ N: ref(appearance) }) }));
  }
  return appendRevision(file, changes).bytes;
}

function isMerged(field: FormField): boolean {
  return field.widgets.length === 1 && field.widgets[0]?.ref.num === field.ref.num;
}

function textAppearance(view: PdfView, form: AcroForm, field: FormField, value: string): PdfStream {
  const style = lineStyleOf(view, form, field);
  const { width, height } = sizeOf(view, field.dict);
  const { hex, widthPt } = encodeLine(value, style);
  if (widthPt > width + 0.5) throw new AppError('signing.text-too-wide', { field: field.name });
  const x = { 0: 0, 1: (width - widthPt) / 2, 2: width - widthPt }[quadding(view, field)] ?? 0;
  const y = baselineOf(view, field) ?? (height - style.sizePt * 0.68) / 2;
  const show = `BT /${style.fontName} ${style.sizePt} Tf ${style.colour} ${round(x)} ${round(y)} Td <${hex}> Tj ET`;
  return formObject(`/Tx BMC q ${show} Q EMC`, { width, height, style });
}

/** The empty field's appearance already says where its baseline is: the place its maker measured. */
function baselineOf(view: PdfView, field: FormField): number | null {
  const appearance = view.resolve(field.dict.entries.get('AP'));
  const normal = isDict(appearance) ? view.resolve(appearance.entries.get('N')) : null;
  if (!isStream(normal)) return null;
  const place = /-?\d*\.?\d+\s+(-?\d*\.?\d+)\s+Td/.exec(Buffer.from(decodeStream(normal)).toString('latin1'));
  return place === null ? null : Number(place[1]);
}

function quadding(view: PdfView, field: FormField): 0 | 1 | 2 {
  const value = view.resolve(field.dict.entries.get('Q'));
  return value === 1 || value === 2 ? value : 0;
}

function formObject(
  content: string,
  box: Readonly<{ width: number; height: number; style: LineStyle }>,
): PdfStream {
  const { width, height, style } = box;
  return {
    kind: 'stream',
    dict: dict({
      Type: name('XObject'),
      Subtype: name('Form'),
      BBox: array([0, 0, width, height]),
      Resources: dict({ Font: dict({ [style.fontName]: style.fontEntry }) }),
    }),
    raw: Buffer.from(content, 'latin1'),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
