import type { PdfView } from '../pdf/document.ts';
import type { FirstPage } from '../pdf/first-page.ts';
import { PdfError, isArray, type PdfValue } from '../pdf/values.ts';

export type Box = readonly [left: number, bottom: number, right: number, top: number];

/** The part of a page that is seen, as it is seen: its turn clockwise in degrees, its sides in points of text. */
export type SeenPage = Readonly<{
  box: Box;
  turn: 0 | 90 | 180 | 270;
  width: number;
  height: number;
  /** Points of text in one unit of the page. */
  unit: number;
}>;

type Matrix = readonly [number, number, number, number, number, number];

/** Where something upright stands on the page, in the page's own units, and how its content is turned for that. */
export type Place = Readonly<{ rect: Box; matrix: Matrix }>;

/** Reads what of a page is seen: crop box within media box, turn, unit. */
export function seenPage(view: PdfView, page: FirstPage): SeenPage {
  const media = boxOf(view, page.attribute('MediaBox'));
  if (media === null) throw new PdfError('pdf-malformed', 'MediaBox');
  const crop = boxOf(view, page.attribute('CropBox'));
  const box = (crop === null ? null : shared(media, crop)) ?? media;
  const said = page.attribute('Rotate');
  const turn = typeof said === 'number' ? turnOf(said) : 0;
  const units = view.resolve(page.dict.entries.get('UserUnit'));
  const unit = typeof units === 'number' && units > 0 ? units : 1;
  const [wide, high] = [(box[2] - box[0]) * unit, (box[3] - box[1]) * unit];
  const [width, height] = turn === 90 || turn === 270 ? [high, wide] : [wide, high];
  return { box, turn, width, height, unit };
}

export type Corner = Readonly<{ width: number; height: number; fromRight: number; fromTop: number }>;

/** A rectangle in the upper right corner as the page is seen; all sizes in points of text. */
export function upperRight({ box, turn, unit }: SeenPage, corner: Corner): Place {
  const [left, bottom, right, top] = box;
  const [w, h] = [corner.width / unit, corner.height / unit];
  const [x, y] = [corner.fromRight / unit, corner.fromTop / unit];
  switch (turn) {
    case 0:
      return { rect: [right - x - w, top - y - h, right - x, top - y], matrix: [1, 0, 0, 1, 0, 0] };
    case 90:
      return { rect: [left + y, top - x - w, left + y + h, top - x], matrix: [0, 1, -1, 0, 0, 0] };
    case 180:
      return { rect: [left + x, bottom + y, left + x + w, bottom + y + h], matrix: [-1, 0, 0, -1, 0, 0] };
    case 270:
      return { rect: [right - y - h, bottom + x, right - y, bottom + x + w], matrix: [0, -1, 1, 0, 0, 0] };
    default:
      return turn satisfies never;
  }
}

function turnOf(degrees: number): SeenPage['turn'] {
  const turn = ((degrees % 360) + 360) % 360;
  return turn === 90 || turn === 180 || turn === 270 ? turn : 0;
}

function boxOf(view: PdfView, value: PdfValue): Box | null {
  const sides = isArray(value) ? value.items.map((side) => view.resolve(side)) : [];
  const [a, b, c, d] = sides;
  const isBox =
    typeof a === 'number' && typeof b === 'number' && typeof c === 'number' && typeof d === 'number';
  if (!isBox) return null;
  const box: Box = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  return box[2] > box[0] && box[3] > box[1] ? box : null;
}

/** What two boxes have in common; nothing when they do not meet. */
function shared(one: Box, other: Box): Box | null {
  const box: Box = [
    Math.max(one[0], other[0]),
    Math.max(one[1], other[1]),
    Math.min(one[2], other[2]),
    Math.min(one[3], other[3]),
  ];
  return box[2] > box[0] && box[3] > box[1] ? box : null;
}
