import { AppError } from '#shared/kernel/public.ts';
import type { PdfView } from '../pdf/document.ts';
import { firstPage } from '../pdf/first-page.ts';
import type { LineFont } from '../pdf/font.ts';
import { array, dict, name, ref, type PdfValue } from '../pdf/values.ts';
import { importFont } from './import-font.ts';
import { seenPage, upperRight, type Box } from './page-corner.ts';

/** A signature's mark without a picture: words in the upper right corner of page 1 (NĐ 30 PL1 II, ô 14). */
export type TextMark = Readonly<{
  text: string;
  /** A PDF whose first page carries the font with every letter of the text. */
  font: Uint8Array;
}>;

export type MarkObjects = Readonly<{ rect: Box; root: number; objects: ReadonlyMap<number, PdfValue> }>;

/** Size 10, upright, black (NĐ 30 PL1 II, ô 14). */
const sizePt = 10;
const leadingPt = 12;
const ascentPt = 8.9;
/** The decree names the corner, not the distance: within the page's margins, clear of the national title. */
const fromRightPt = 42.5;
const fromTopPt = 28.3;
/** Small pages keep a smaller distance. */
const largestMargin = 0.07;
const fontName = 'Mark';

/** Plans the mark for the first page as it is seen, whatever its size, crop or turn; nothing is drawn on the page. */
export function textMark(view: PdfView, { text, font: carrier }: TextMark, firstNum: number): MarkObjects {
  const page = seenPage(view, firstPage(view));
  const { font, entry, objects } = importFont(carrier, firstNum);
  const fromRight = Math.min(fromRightPt, page.width * largestMargin);
  const fromTop = Math.min(fromTopPt, page.height * largestMargin);
  const room = page.width - 2 * fromRight;
  const lines = linesOf(text, font, room);
  const width = Math.max(...lines.map((line) => line.widthPt), 1);
  const height = lines.length * leadingPt;
  const scale = Math.min(1, room / width, (page.height - 2 * fromTop) / height);
  const { rect, matrix } = upperRight(page, {
    width: width * scale,
    height: height * scale,
    fromRight,
    fromTop,
  });
  const content = lines.map(
    ({ hex, widthPt }, i) =>
      `BT /${fontName} ${sizePt} Tf 0 g ${round(width - widthPt)} ${round(height - i * leadingPt - ascentPt)} Td <${hex}> Tj ET\n`,
  );
  const root = firstNum + objects.size;
  const look = {
    kind: 'stream',
    dict: dict({
      Type: name('XObject'),
      Subtype: name('Form'),
      // A reader lays the turned box over the rectangle (ISO 32000-2 12.5.5), which also makes it smaller where it must.
      BBox: array([0, 0, round(width), round(height)]),
      Matrix: array(matrix),
      Resources: dict({ Font: dict({ [fontName]: ref(entry.num) }) }),
    }),
    raw: Buffer.from(content.join(''), 'latin1'),
  } as const;
  const [left, bottom, right, top] = rect;
  return {
    rect: [round(left), round(bottom), round(right), round(top)],
    root,
    objects: new Map<number, PdfValue>([...objects, [root, look]]),
  };
}

type Line = Readonly<{ hex: string; widthPt: number }>;

/** Breaks the words into lines that fit; a word alone on its line may still be too wide. */
function linesOf(text: string, font: LineFont, room: number): readonly Line[] {
  const lines: Line[] = [];
  let words = '';
  for (const word of text.normalize('NFC').split(/\s+/u)) {
    const longer = words === '' ? word : `${words} ${word}`;
    if (words !== '' && lineOf(longer, font).widthPt > room) {
      lines.push(lineOf(words, font));
      words = word;
    } else words = longer;
  }
  return [...lines, lineOf(words, font)];
}

function lineOf(words: string, font: LineFont): Line {
  let hex = '';
  let width = 0;
  for (const letter of words) {
    const code = font.encode(letter);
    if (code === null) throw new AppError('signing.letter-missing', { letter });
    hex += code;
    width += font.widthOf(code);
  }
  return { hex, widthPt: (width * sizePt) / 1000 };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
