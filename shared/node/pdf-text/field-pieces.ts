import { z } from 'zod';
import type { Piece } from './lines.ts';
import { multiply, type Matrix } from './matrix.ts';

const RectSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const TextFieldSchema = z.object({
  fieldType: z.literal('Tx'),
  fieldValue: z.string().trim().min(1),
  textAlignment: z.number().nullish(),
  rect: RectSchema,
});
const FreeTextSchema = z.object({
  subtype: z.literal('FreeText'),
  contentsObj: z.object({ str: z.string().trim().min(1) }),
  rect: RectSchema,
});

type Page = Readonly<{ view: Matrix; pieces: readonly Piece[] }>;

/**
 * The words that stand in text fields and typed notes: an office that numbers after signing fills in the number and
 * the date there. Each goes to the line of print it stands on.
 */
export function fieldPieces(annotations: readonly unknown[], { view, pieces }: Page): readonly Piece[] {
  return annotations.flatMap((annotation) => {
    const field = TextFieldSchema.safeParse(annotation).data;
    const note = field === undefined ? FreeTextSchema.safeParse(annotation).data : undefined;
    const rect = field?.rect ?? note?.rect;
    const text = field?.fieldValue ?? note?.contentsObj.str;
    if (rect === undefined || text === undefined) return [];
    const box = place(view, rect);
    return text
      .split(/\r\n|\r|\n/u)
      .filter((line) => line.trim() !== '')
      .map((line, index, lines) =>
        pieceOf({ text: line, index, count: lines.length, box, pieces, align: field?.textAlignment ?? 0 }),
      );
  });
}

type Box = Readonly<{ left: number; right: number; top: number; bottom: number }>;
type Asked = Readonly<{
  text: string;
  index: number;
  count: number;
  box: Box;
  pieces: readonly Piece[];
  align: number;
}>;

function pieceOf({ text, index, count, box, pieces, align }: Asked): Piece {
  const height = (box.bottom - box.top) / count;
  const middle = box.top + height * (index + 0.5);
  const beside = pieces.find(
    (piece) =>
      piece.upright &&
      piece.text.trim() !== '' &&
      piece.baseline - piece.size < middle &&
      middle < piece.baseline + 2,
  );
  const size = Math.min(height, beside?.size ?? 13);
  const width = Math.min(box.right - box.left, text.length * size * 0.5);
  const spare = box.right - box.left - width;
  const x = box.left + (align === 2 ? spare : align === 1 ? spare / 2 : 0);
  return {
    text,
    x,
    baseline: beside?.baseline ?? middle + 0.35 * size,
    width,
    size,
    bold: null,
    upright: true,
  };
}

function place(view: Matrix, [x1, y1, x2, y2]: readonly [number, number, number, number]): Box {
  const one = multiply(view, [1, 0, 0, 1, x1, y1]);
  const other = multiply(view, [1, 0, 0, 1, x2, y2]);
  return {
    left: Math.min(one[4], other[4]),
    right: Math.max(one[4], other[4]),
    top: Math.min(one[5], other[5]),
    bottom: Math.max(one[5], other[5]),
  };
}
