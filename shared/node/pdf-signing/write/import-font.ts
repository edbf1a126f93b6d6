import { openPdf, type PdfView } from '../pdf/document.ts';
import { firstPage } from '../pdf/first-page.ts';
import { readFont, type LineFont } from '../pdf/font.ts';
import {
  PdfError,
  isArray,
  isDict,
  isRef,
  isStream,
  ref,
  type PdfDict,
  type PdfRef,
  type PdfValue,
} from '../pdf/values.ts';

export type ImportedFont = Readonly<{
  font: LineFont;
  entry: PdfRef;
  objects: ReadonlyMap<number, PdfValue>;
}>;

const maxObjects = 1_000;

/** Takes the first font of a PDF's first page, as new objects from `firstNum` on. */
export function importFont(carrier: Uint8Array, firstNum: number): ImportedFont {
  const view = openPdf(carrier).latest;
  const resources = firstPage(view).attribute('Resources');
  const fonts = isDict(resources) ? view.resolve(resources.entries.get('Font')) : null;
  const [source] = isDict(fonts) ? [...fonts.entries.values()] : [];
  const font = readFont(view, source);
  if (font === null || !isRef(source)) throw new PdfError('pdf-malformed', 'no font to take');
  const objects = copyTree(view, source, firstNum);
  return { font, entry: ref(firstNum), objects };
}

function copyTree(view: PdfView, root: PdfRef, firstNum: number): ReadonlyMap<number, PdfValue> {
  const known = new Map<number, number>([[root.num, firstNum]]);
  const copies = new Map<number, PdfValue>();
  const waiting = [root.num];
  for (let num = waiting.pop(); num !== undefined; num = waiting.pop()) {
    copies.set(known.get(num) ?? firstNum, copy(view.load(num)));
  }
  return copies;

  function copy(value: PdfValue): PdfValue {
    if (isRef(value)) return renumber(value);
    if (isArray(value)) return { kind: 'array', items: value.items.map(copy) };
    if (isDict(value)) return copyDict(value);
    return isStream(value) ? { kind: 'stream', dict: copyDict(value.dict), raw: value.raw } : value;
  }

  function copyDict({ entries }: PdfDict): PdfDict {
    return { kind: 'dict', entries: new Map([...entries].map(([key, value]) => [key, copy(value)])) };
  }

  function renumber({ num }: PdfRef): PdfRef {
    const found = known.get(num) ?? firstNum + known.size;
    if (!known.has(num)) {
      if (known.size >= maxObjects) throw new PdfError('pdf-malformed', 'font');
      known.set(num, found);
      waiting.push(num);
    }
    return ref(found);
  }
}
