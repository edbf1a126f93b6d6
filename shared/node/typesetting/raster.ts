import { writePng } from './png.ts';

export type Point = readonly [x: number, y: number];
export type Polygon = readonly Point[];
export type Colour = readonly [red: number, green: number, blue: number];

export type Picture = Readonly<{
  width: number;
  height: number;
  colour: Colour;
  /** Filled by the non-zero rule, so that what overlaps is drawn once and counter-turning contours are holes. */
  polygons: readonly Polygon[];
}>;

const finer = 4;
const strongest = 235;

/** One colour on a transparent ground, edges smoothed, as PNG. */
export function drawn(picture: Picture): Uint8Array {
  const { width, height, colour } = picture;
  const cover = coverage(picture);
  const pixels = new Uint8Array(width * height * 4);
  for (const [place, covered] of cover.entries()) {
    const at = place * 4;
    pixels[at] = colour[0];
    pixels[at + 1] = colour[1];
    pixels[at + 2] = colour[2];
    pixels[at + 3] = Math.round((covered / (finer * finer)) * strongest);
  }
  return writePng({ width, height, pixels });
}

/** How many of a pixel's `finer` × `finer` samples lie inside. */
function coverage({ width, height, polygons }: Picture): Uint8Array {
  const cover = new Uint8Array(width * height);
  const lines = crossings(polygons, height * finer);
  for (const [line, found] of lines.entries()) {
    found.sort((a, b) => a.x - b.x);
    let winding = 0;
    for (const [index, { x, turn }] of found.entries()) {
      winding += turn;
      const next = found[index + 1];
      if (winding === 0 || next === undefined) continue;
      const from = Math.max(0, Math.ceil(x * finer - 0.5));
      const to = Math.min(width * finer, Math.ceil(next.x * finer - 0.5));
      const row = Math.floor(line / finer) * width;
      for (let sample = from; sample < to; sample += 1) {
        const at = row + Math.floor(sample / finer);
        cover[at] = (cover[at] ?? 0) + 1;
      }
    }
  }
  return cover;
}

type Crossing = Readonly<{ x: number; turn: 1 | -1 }>;

function crossings(polygons: readonly Polygon[], count: number): Crossing[][] {
  const lines = Array.from({ length: count }, (): Crossing[] => []);
  for (const polygon of polygons) {
    for (const [index, from] of polygon.entries()) {
      const to = polygon[(index + 1) % polygon.length] ?? from;
      const [upper, lower] = from[1] < to[1] ? [from, to] : [to, from];
      const turn = from[1] < to[1] ? 1 : -1;
      const last = Math.min(count, Math.ceil(lower[1] * finer - 0.5));
      for (let line = Math.max(0, Math.ceil(upper[1] * finer - 0.5)); line < last; line += 1) {
        const share = ((line + 0.5) / finer - upper[1]) / (lower[1] - upper[1]);
        lines[line]?.push({ x: upper[0] + share * (lower[0] - upper[0]), turn });
      }
    }
  }
  return lines;
}
