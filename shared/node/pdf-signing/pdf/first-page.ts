import { catalogOf, type PdfView } from './document.ts';
import { PdfError, isArray, isDict, isRef, type PdfDict, type PdfRef, type PdfValue } from './values.ts';

export type FirstPage = Readonly<{
  ref: PdfRef;
  dict: PdfDict;
  /** An attribute of the page or, where the page does not say, of the nearest node above it (ISO 32000-2 7.7.3.4). */
  attribute: (key: string) => PdfValue;
}>;

const maxNodes = 1_000;
const maxDepth = 50;

/** Walks the page tree to the first page; branches without pages are passed over. */
export function firstPage(view: PdfView): FirstPage {
  let visited = 0;

  function find(value: PdfValue | undefined, above: readonly PdfDict[]): FirstPage | null {
    visited += 1;
    const node = view.resolve(value);
    if (!isRef(value) || !isDict(node) || visited > maxNodes || above.length > maxDepth) {
      throw new PdfError('pdf-malformed', 'page tree');
    }
    const line = [node, ...above];
    const kids = view.resolve(node.entries.get('Kids'));
    if (!isArray(kids)) {
      const attribute = (key: string): PdfValue =>
        view.resolve(line.find(({ entries }) => entries.has(key))?.entries.get(key));
      return { ref: value, dict: node, attribute };
    }
    for (const kid of kids.items) {
      const found = find(kid, line);
      if (found !== null) return found;
    }
    return null;
  }

  const page = find(catalogOf(view).entries.get('Pages'), []);
  if (page === null) throw new PdfError('pdf-malformed', 'no page');
  return page;
}
