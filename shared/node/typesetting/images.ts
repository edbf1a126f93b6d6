import { join } from 'node:path';
import { openOutlines, type Outlines } from './glyph-outlines.ts';
import { drawn, type Colour, type Point, type Polygon } from './raster.ts';

// NĐ 30 PL1 II.7d, 8a: the signature is blue, the seal red, both PNG on a transparent ground.
const blue: Colour = [20, 50, 160];
const red: Colour = [214, 20, 30];

/** A signature-like stroke for the invented people of the sample; a real office uses the person's own image. */
export function signatureImage(name: string): Uint8Array {
  return drawnOnce(`signature ${name}`, () => drawSignature(name));
}

/** A round red seal with the agency's name round a star, for the invented agencies of the sample. */
export function sealImage(name: string): Uint8Array {
  return drawnOnce(`seal ${name}`, () => drawSeal(name));
}

const maxKept = 32;
const kept = new Map<string, Uint8Array>();

/** The same bytes for the same name, so that who signs thirty papers is drawn once. */
function drawnOnce(of: string, draw: () => Uint8Array): Uint8Array {
  const before = kept.get(of);
  if (before !== undefined) return before;
  const image = draw();
  if (kept.size >= maxKept) kept.clear();
  kept.set(of, image);
  return image;
}

function drawSignature(name: string): Uint8Array {
  const [width, height] = [480, 240];
  const random = sequenceOf(name);
  const points: Point[] = [];
  const baseline = height * 0.62;
  const turns = 5 + Math.floor(random() * 3);
  let x = 50;
  for (let turn = 0; turn < turns; turn += 1) {
    // The first letter is large, the others run out towards the end.
    const tall = turn === 0 ? 110 + random() * 25 : (24 + random() * 60) * (1 - turn / (turns * 1.6));
    const wide = (turn === 0 ? 60 : 32) + random() * 24;
    const lean = 10 + random() * 26;
    for (let step = 0; step < 48; step += 1) {
      const t = step / 48;
      const rise = Math.sin(t * Math.PI);
      points.push([
        x + wide * t + lean * Math.sin(t * Math.PI * 2) + rise * tall * 0.18,
        baseline - rise * tall + 9 * Math.cos(t * Math.PI * 2),
      ]);
    }
    x += wide;
  }
  const end = 40 + random() * 30;
  for (let step = 0; step <= 60; step += 1) {
    const t = step / 60;
    points.push([
      x + end * Math.sin(t * Math.PI) - (x - 60) * t * t,
      baseline + 40 * Math.sin((t * Math.PI) / 2) - 10 * t,
    ]);
  }
  return drawn({ width, height, colour: blue, polygons: stroke(filling(points, { width, height })) });
}

const margin = 8;

/** As large as the image takes and in its middle, so that a seal over a third of the image is over a third of the ink. */
function filling(points: readonly Point[], { width, height }: Readonly<{ width: number; height: number }>) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const across = (width - 2 * margin) / (right - left);
  const down = Math.min(across, (height - 2 * margin) / (bottom - top));
  return points.map(([x, y]): Point => [
    width / 2 + (x - (left + right) / 2) * across,
    height / 2 + (y - (top + bottom) / 2) * down,
  ]);
}

/** Numbers between 0 and 1 that follow from a name alone. */
function sequenceOf(name: string): () => number {
  let seed = Array.from(name).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 4_294_967_296;
  };
}

/** A pen line: thinner where the pen is fast. */
function stroke(points: readonly Point[]): Polygon[] {
  return points.slice(1).flatMap(([x, y], index) => {
    const [fromX, fromY] = points[index] ?? [x, y];
    const length = Math.hypot(x - fromX, y - fromY);
    if (length === 0) return [];
    const half = Math.max(1.3, 3.1 - length / 6);
    const [acrossX, acrossY] = [(-(y - fromY) / length) * half, ((x - fromX) / length) * half];
    const bar: Polygon = [
      [fromX - acrossX, fromY - acrossY],
      [x - acrossX, y - acrossY],
      [x + acrossX, y + acrossY],
      [fromX + acrossX, fromY + acrossY],
    ];
    return [bar, circle([x, y], half, 10)];
  });
}

const sealSize = 420;
const centre = sealSize / 2;
const widestArc = Math.PI * 1.66;
const tallestLetters = 40;
const letterRadius = 150;

let outlines: Outlines | null = null;

function drawSeal(name: string): Uint8Array {
  outlines ??= openOutlines(join(import.meta.dirname, '../../../resources/fonts/LiberationSerif-Bold.ttf'));
  const rings = [
    [209, 203],
    [140, 137],
  ].flatMap(([outer = 0, inner = 0]) => [
    circle([centre, centre], outer, 240),
    circle([centre, centre], inner, 240).toReversed(),
  ]);
  const polygons = [
    ...rings,
    star([centre, centre], 74),
    star([centre, centre + letterRadius + 18], 15),
    ...lettersRound(name.normalize('NFC').toLocaleUpperCase('vi'), outlines),
  ];
  return drawn({ width: sealSize, height: sealSize, colour: red, polygons });
}

function lettersRound(words: string, { unitsPerEm, glyph }: Outlines): Polygon[] {
  const glyphs = Array.from(words, glyph);
  const total = glyphs.reduce((sum, { advance }) => sum + advance, 0) / unitsPerEm;
  const size = Math.min(tallestLetters, (widestArc * letterRadius) / total);
  const scale = size / unitsPerEm;
  let walked = (-total * size) / 2;
  return glyphs.flatMap(({ contours, advance }) => {
    const angle = (walked + (advance * scale) / 2) / letterRadius;
    walked += advance * scale;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    return contours.map((points) =>
      points.map(([x, y]): Point => {
        const [across, up] = [(x - advance / 2) * scale, letterRadius + y * scale];
        return [centre + up * sin + across * cos, centre - up * cos + across * sin];
      }),
    );
  });
}

function circle([x, y]: Point, radius: number, corners: number): Polygon {
  return Array.from({ length: corners }, (_none, index): Point => {
    const angle = (index / corners) * Math.PI * 2;
    return [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius];
  });
}

function star([x, y]: Point, radius: number): Polygon {
  return Array.from({ length: 10 }, (_none, index): Point => {
    const reach = index % 2 === 0 ? radius : radius * 0.39;
    const angle = (index / 10) * Math.PI * 2 - Math.PI / 2;
    return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach];
  });
}
