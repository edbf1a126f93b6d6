import type { TextLine } from '../../intake/public.ts';

/** One piece as the reader gives it, already turned to the page's top left; lengths in points. */
export type Piece = Readonly<{
  text: string;
  x: number;
  baseline: number;
  width: number;
  size: number;
  /** Null where it is not known. */
  bold: boolean | null;
  upright: boolean;
}>;

type Building = {
  text: string;
  x: number;
  right: number;
  baseline: number;
  size: number;
  bold: boolean | null;
};

// A column gap is wider than any space between words of a justified line.
const columnGap = 1.9;
const wordGap = 0.14;
const control = /[\p{Cc}\p{Cf}\u00ad]/gu;

/** Joins pieces that stand on one baseline; a gap as wide as a column starts a new line to the right of the old one. */
export function joinLines(pieces: readonly Piece[], page: number): readonly TextLine[] {
  const rows: Piece[][] = [];
  const sorted = pieces
    .flatMap(splitAtTabs)
    .filter((piece) => piece.text !== '')
    .sort((a, b) => a.baseline - b.baseline || a.x - b.x);
  for (const piece of sorted) {
    const row = rows.at(-1);
    const first = row?.[0];
    const near =
      first !== undefined &&
      piece.upright === first.upright &&
      piece.baseline - first.baseline <= 0.35 * Math.min(piece.size, first.size);
    if (row !== undefined && near) row.push(piece);
    else rows.push([piece]);
  }
  return rows.flatMap((row) => joinRow(row, page));
}

function joinRow(row: readonly Piece[], page: number): readonly TextLine[] {
  const lines: Building[] = [];
  let spaceBefore = false;
  for (const piece of [...row].sort((a, b) => a.x - b.x)) {
    if (piece.text.trim() === '') {
      spaceBefore = true;
      continue;
    }
    const { width, text, x, baseline, size, bold } = piece;
    const last = lines.at(-1);
    const gap = last === undefined ? Infinity : piece.x - last.right;
    if (last === undefined || gap > columnGap * Math.max(last.size, piece.size)) {
      lines.push({ text, x, right: x + width, baseline, size, bold });
    } else {
      // The same words printed twice at one place are a heavier type, not a repetition.
      if (gap < -0.7 * width && last.text.endsWith(text.trim())) continue;
      const space = spaceBefore || gap > wordGap * piece.size ? ' ' : '';
      last.text += space + text;
      last.right = Math.max(last.right, piece.x + width);
      last.size = Math.max(last.size, piece.size);
      last.bold = last.bold === null || bold === null ? null : last.bold && bold;
    }
    spaceBefore = false;
  }
  return lines
    .map(({ text, x, baseline, right, size, bold }) => ({
      text: text.replace(control, '').replace(/\s+/gu, ' ').normalize('NFC').trim(),
      page,
      x,
      y: baseline - size,
      width: Math.max(0, right - x),
      height: size,
      ...(bold === null ? {} : { bold }),
    }))
    .filter((line) => line.text !== '');
}

/** Offices lay out two columns with tabs and long runs of spaces inside one piece. */
function splitAtTabs(piece: Piece): readonly Piece[] {
  if (!/\S\s{4,}\S/u.test(piece.text)) return [piece];
  const perLetter = piece.width / piece.text.length;
  return [...piece.text.matchAll(/\S+(?:\s{1,3}\S+)*/gu)].map((match) => ({
    ...piece,
    text: match[0],
    x: piece.x + match.index * perLetter,
    width: match[0].length * perLetter,
  }));
}
