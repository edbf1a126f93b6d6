import { catalogOf, type PdfView } from '../pdf/document.ts';
import { readForm, type FormField } from '../pdf/fields.ts';
import { PdfError, isDict, isStream, textOf, type PdfValue } from '../pdf/values.ts';
import { displayedText } from './displayed-text.ts';

/**
 * Whether a text field of this state shows other words than it keeps, so that people read one and programs the other.
 * An appearance that draws more than words is left alone: forms have borders, and it was signed as it is.
 */
export function showsOtherValues(view: PdfView): boolean {
  return [...(readForm(view)?.fields.values() ?? [])].some((field) => {
    return field.type === 'Tx' && field.widgets.some(({ dict }) => differs(view, field, dict));
  });
}

function differs(view: PdfView, field: FormField, widget: FormField['dict']): boolean {
  const appearance = view.resolve(widget.entries.get('AP'));
  const normal = isDict(appearance) ? view.resolve(appearance.entries.get('N')) : null;
  if (!isStream(normal)) return false;
  const shown = shownBy(view, normal, widget.entries.get('Rect') ?? null);
  return shown !== null && bare(shown) !== bare(textOf(view.resolve(field.value)) ?? '');
}

function shownBy(view: PdfView, appearance: PdfValue, rect: PdfValue): string | null {
  try {
    return displayedText({
      view,
      appearance,
      rect,
      fontNamed: (name, entry) => entry ?? formFont(view, name),
    });
  } catch (error) {
    if (error instanceof PdfError) return null;
    throw error;
  }
}

function formFont(view: PdfView, name: string): PdfValue | undefined {
  const form = view.resolve(catalogOf(view).entries.get('AcroForm'));
  const resources = isDict(form) ? view.resolve(form.entries.get('DR')) : null;
  const fonts = isDict(resources) ? view.resolve(resources.entries.get('Font')) : null;
  return isDict(fonts) ? fonts.entries.get(name) : undefined;
}

/** Lines are broken on the page and not in the value. */
function bare(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, '');
}
