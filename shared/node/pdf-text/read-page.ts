import type { TextLine } from '../../intake/public.ts';
import { loadEngine, type PdfDocument } from './engine.ts';
import { fieldPieces } from './field-pieces.ts';
import { joinLines, type Piece } from './lines.ts';
import { matrixOf, multiply } from './matrix.ts';

export type PageText = Readonly<{
  lines: readonly TextLine[];
  width: number;
  height: number;
  letters: number;
}>;

const mostPieces = 60_000;

/** The text of one page (numbered from 1), as lines from top to bottom. */
export async function readPage(document: PdfDocument, number: number): Promise<PageText> {
  const page = await document.getPage(number);
  try {
    const { width, height, transform } = page.getViewport({ scale: 1 });
    const content = await page.getTextContent();
    const view = matrixOf(transform);
    const pieces: Piece[] = [];
    for (const item of content.items.slice(0, mostPieces)) {
      if (!('str' in item) || item.str === '') continue;
      const [a, b, c, d, x, y] = multiply(view, matrixOf(item.transform));
      const size = Math.hypot(c, d) || Math.hypot(a, b);
      if (!Number.isFinite(x + y + size) || size <= 0) continue;
      pieces.push({
        text: item.str,
        x,
        baseline: y,
        width: item.width,
        size,
        bold: isBold(page, item.fontName),
        upright: Math.abs(b) <= 0.1 * Math.abs(a),
      });
    }
    pieces.push(...fieldPieces(await page.getAnnotations(), { view, pieces }));
    const letters = pieces.reduce((sum, piece) => sum + piece.text.trim().length, 0);
    return { lines: joinLines(pieces, number), width, height, letters };
  } finally {
    page.cleanup();
  }
}

/** The share, 0 to 1, of a page's letters that are printed invisibly, as OCR programs do over a picture of the page. */
export async function hiddenShare(document: PdfDocument, number: number): Promise<number> {
  const { OPS } = await loadEngine();
  const page = await document.getPage(number);
  try {
    const { fnArray, argsArray } = await page.getOperatorList();
    const modes: number[] = [];
    let mode = 0;
    let shown = 0;
    let hidden = 0;
    for (const [index, operation] of fnArray.entries()) {
      const args: unknown = argsArray[index];
      const first: unknown = Array.isArray(args) ? args[0] : undefined;
      if (operation === OPS.save) modes.push(mode);
      else if (operation === OPS.restore) mode = modes.pop() ?? 0;
      else if (operation === OPS.setTextRenderingMode) mode = typeof first === 'number' ? first : 0;
      else if (operation === OPS.showText) {
        const letters = Array.isArray(first) ? first.length : 1;
        shown += letters;
        if (mode === 3 || mode === 7) hidden += letters;
      }
    }
    return shown === 0 ? 0 : hidden / shown;
  } finally {
    page.cleanup();
  }
}

/** Null where the page's fonts were not looked at. */
function isBold(page: Awaited<ReturnType<PdfDocument['getPage']>>, fontName: string): boolean | null {
  if (!page.commonObjs.has(fontName)) return null;
  const font: unknown = page.commonObjs.get(fontName);
  if (typeof font !== 'object' || font === null) return null;
  if ('bold' in font && font.bold === true) return true;
  return 'name' in font && typeof font.name === 'string' ? /bold|black|heavy/iu.test(font.name) : null;
}
