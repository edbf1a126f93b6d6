import { AppError } from '#shared/kernel/public.ts';
import type { PdfView } from '../pdf/document.ts';
import type { AcroForm, FormField } from '../pdf/fields.ts';
import { readFont, type LineFont } from '../pdf/font.ts';
import { isArray, isDict, textOf, type PdfDict, type PdfValue } from '../pdf/values.ts';

/** How a field's text is set: its font by name and dictionary, size in points, and colour operators. */
export type LineStyle = Readonly<{
  fontName: string;
  font: LineFont;
  fontEntry: PdfValue;
  sizePt: number;
  colour: string;
}>;

/** Reads a field's /DA, or the form's, and finds its font in the form's /DR. */
export function lineStyleOf(view: PdfView, form: AcroForm, field: FormField | null): LineStyle {
  const appearance = defaultAppearance(view, form, field);
  const fonts = fontsOf(view, form);
  const named = /\/(\S+)\s+(\d*\.?\d+)\s+Tf/.exec(appearance);
  const fontName = named?.[1] ?? [...fonts.keys()][0] ?? '';
  const fontEntry = fonts.get(fontName);
  const font = readFont(view, fontEntry);
  if (font === null || fontEntry === undefined) {
    throw new AppError('signing.field-without-font', { field: field?.name ?? '' });
  }
  const size = Number(named?.[2] ?? 0);
  return { fontName, font, fontEntry, sizePt: size > 0 ? size : 10, colour: colourIn(appearance) };
}

function fontsOf(view: PdfView, form: AcroForm): ReadonlyMap<string, PdfValue> {
  const resources = view.resolve(form.dict.entries.get('DR'));
  const fonts = isDict(resources) ? view.resolve(resources.entries.get('Font')) : null;
  return isDict(fonts) ? fonts.entries : new Map<string, PdfValue>();
}

function colourIn(appearance: string): string {
  return /((?:\d*\.?\d+\s+){1,4}(?:g|rg|k))\b/.exec(appearance.replace(/.*Tf/, ''))?.[1] ?? '0 g';
}

function defaultAppearance(view: PdfView, form: AcroForm, field: FormField | null): string {
  const own = textOf(view.resolve(field?.dict.entries.get('DA')));
  return own ?? textOf(view.resolve(form.dict.entries.get('DA'))) ?? '';
}

/** The codes of a line as hex digits, with its width in points. */
export function encodeLine(line: string, style: LineStyle): Readonly<{ hex: string; widthPt: number }> {
  let hex = '';
  let width = 0;
  for (const letter of line.normalize('NFC')) {
    const code = style.font.encode(letter);
    if (code === null) throw new AppError('signing.letter-missing', { letter });
    hex += code;
    width += style.font.widthOf(code);
  }
  return { hex, widthPt: (width * style.sizePt) / 1000 };
}

/** Width and height of a widget's rectangle in points. */
export function sizeOf(view: PdfView, widget: PdfDict): Readonly<{ width: number; height: number }> {
  const rect = view.resolve(widget.entries.get('Rect'));
  if (!isArray(rect)) return { width: 0, height: 0 };
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = rect.items.map((side) => {
    const value = view.resolve(side);
    return typeof value === 'number' ? value : 0;
  });
  return { width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
}
