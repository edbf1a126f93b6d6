import {
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFRef,
  PDFStream,
  concatTransformationMatrix,
  drawObject,
  popGraphicsState,
  pushGraphicsState,
  type PDFObject,
  type PDFPage,
} from 'pdf-lib';

type Box = readonly [number, number, number, number];
type Matrix = readonly [number, number, number, number, number, number];

/** Hidden, or shown on no screen (ISO 32000-2 12.5.3). */
const unseen = 2 | 32;

/** Draws the appearances of fields, stamps and signatures into the page, where a reader shows them (12.5.5). */
export function flattenAnnotations(page: PDFPage): void {
  const annotations = page.node.lookupMaybe(PDFName.of('Annots'), PDFArray);
  const looks = (annotations?.asArray() ?? []).flatMap((entry) => lookOf(page, entry));
  for (const [place, look] of looks.entries()) {
    const { ref, matrix } = look;
    const name = page.node.newXObject(`Seen${place}`, ref);
    page.pushOperators(
      pushGraphicsState(),
      concatTransformationMatrix(...matrix),
      drawObject(name),
      popGraphicsState(),
    );
  }
}

type Look = Readonly<{ ref: PDFRef; matrix: Matrix }>;

function lookOf({ doc: { context } }: PDFPage, entry: PDFObject): readonly Look[] {
  const annotation = context.lookup(entry);
  if (!(annotation instanceof PDFDict)) return [];
  const flags = annotation.lookupMaybe(PDFName.of('F'), PDFNumber)?.asNumber() ?? 0;
  const kind = annotation.lookupMaybe(PDFName.of('Subtype'), PDFName);
  if ((flags & unseen) !== 0 || kind === PDFName.of('Popup') || kind === PDFName.of('Link')) return [];
  const appearances = annotation.lookupMaybe(PDFName.of('AP'), PDFDict);
  const ref = stateOf(annotation, appearances?.get(PDFName.of('N')));
  const form = ref === null ? null : context.lookup(ref);
  const rect = boxOf(annotation.lookup(PDFName.of('Rect')));
  if (ref === null || !(form instanceof PDFStream) || rect === null) return [];
  const box = boxOf(form.dict.lookup(PDFName.of('BBox')));
  const matrix = box === null ? null : fit(box, matrixOf(form.dict.lookup(PDFName.of('Matrix'))), rect);
  return matrix === null ? [] : [{ ref, matrix }];

  /** The one appearance, or the one of the state that is on. */
  function stateOf(of: PDFDict, normal: PDFObject | undefined): PDFRef | null {
    const found = normal === undefined ? undefined : context.lookup(normal);
    if (found instanceof PDFStream) return normal instanceof PDFRef ? normal : null;
    const state = of.lookupMaybe(PDFName.of('AS'), PDFName);
    const chosen = found instanceof PDFDict && state !== undefined ? found.get(state) : undefined;
    return chosen instanceof PDFRef ? chosen : null;
  }
}

/** Lays the turned box of an appearance over its rectangle. */
function fit(box: Box, turn: Matrix, rect: Box): Matrix | null {
  const corners = [
    [box[0], box[1]],
    [box[2], box[1]],
    [box[0], box[3]],
    [box[2], box[3]],
  ].map(
    ([x = 0, y = 0]) => [turn[0] * x + turn[2] * y + turn[4], turn[1] * x + turn[3] * y + turn[5]] as const,
  );
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - bottom];
  const [wide, high] = [rect[2] - rect[0], rect[3] - rect[1]];
  if (width <= 0 || height <= 0 || wide <= 0 || high <= 0) return null;
  const [sx, sy] = [wide / width, high / height];
  return [sx, 0, 0, sy, rect[0] - left * sx, rect[1] - bottom * sy];
}

function boxOf(value: PDFObject | undefined): Box | null {
  const [a, b, c, d] = numbersIn(value);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

function matrixOf(value: PDFObject | undefined): Matrix {
  const [a, b, c, d, e, f] = numbersIn(value);
  const isWhole = a !== undefined && b !== undefined && c !== undefined && d !== undefined;
  return isWhole ? [a, b, c, d, e ?? 0, f ?? 0] : [1, 0, 0, 1, 0, 0];
}

function numbersIn(value: PDFObject | undefined): readonly (number | undefined)[] {
  if (!(value instanceof PDFArray)) return [];
  return Array.from({ length: value.size() }, (_, at) => {
    const item = value.lookup(at);
    return item instanceof PDFNumber ? item.asNumber() : undefined;
  });
}
