import type { PdfView } from '../pdf/document.ts';
import type { AcroForm, FormField } from '../pdf/fields.ts';
import { array, dict, name, ref, withEntries, type PdfStream, type PdfValue } from '../pdf/values.ts';
import { encodeLine, lineStyleOf, sizeOf } from './line-style.ts';
import { readPng } from './png-image.ts';

/** What a signature shows in its field: a picture centred in it, or lines of text (NĐ 30 Phụ lục I). */
export type Appearance = Readonly<{ png?: Uint8Array; lines?: readonly string[] }>;

export type AppearanceObjects = Readonly<{ root: number; objects: ReadonlyMap<number, PdfValue> }>;

type Place = Readonly<{ view: PdfView; form: AcroForm; field: FormField; firstNum: number }>;

/** The new objects of a signature's appearance; the page itself is never drawn on. */
export function signatureAppearance(appearance: Appearance, place: Place): AppearanceObjects {
  const { view, form, field } = place;
  const widget = field.widgets[0]?.dict ?? field.dict;
  const { width, height } = sizeOf(view, widget);
  const objects = new Map<number, PdfValue>();
  let next = place.firstNum;
  let content = '';
  let resources = dict({});
  if (appearance.png !== undefined && width > 0 && height > 0) {
    const image = readPng(appearance.png);
    const picture = next++;
    let colours: PdfStream = image.colours;
    if (image.transparency !== null) {
      objects.set(next, image.transparency);
      colours = { ...colours, dict: withEntries(colours.dict, { SMask: ref(next++) }) };
    }
    objects.set(picture, colours);
    const scale = Math.min(width / image.width, height / image.height);
    const [w, h] = [image.width * scale, image.height * scale];
    content += `q ${round(w)} 0 0 ${round(h)} ${round((width - w) / 2)} ${round((height - h) / 2)} cm /Im0 Do Q\n`;
    resources = withEntries(resources, { XObject: dict({ Im0: ref(picture) }) });
  }
  if (appearance.lines !== undefined && appearance.lines.length > 0) {
    const style = lineStyleOf(view, form, field);
    const leading = style.sizePt * 1.2;
    let y = height - style.sizePt;
    for (const line of appearance.lines) {
      const { hex } = encodeLine(line, style);
      content += `BT /${style.fontName} ${style.sizePt} Tf ${style.colour} 0 ${round(y)} Td <${hex}> Tj ET\n`;
      y -= leading;
    }
    resources = withEntries(resources, { Font: dict({ [style.fontName]: style.fontEntry }) });
  }
  const root = next;
  objects.set(root, {
    kind: 'stream',
    dict: dict({
      Type: name('XObject'),
      Subtype: name('Form'),
      BBox: array([0, 0, width, height]),
      Resources: resources,
    }),
    raw: Buffer.from(content, 'latin1'),
  });
  return { root, objects };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
