import { readFileSync } from 'node:fs';
import type { Point, Polygon } from './raster.ts';

export type Glyph = Readonly<{ contours: readonly Polygon[]; advance: number }>;

/** Shapes of a TrueType font's letters in font units, y upwards; `unitsPerEm` of them make one type size. */
export type Outlines = Readonly<{ unitsPerEm: number; glyph: (letter: string) => Glyph }>;

const mostNested = 8;

/** Opens one of our own fonts: TrueType outlines, Unicode character map of format 4 (OpenType 1.9). */
export function openOutlines(path: string): Outlines {
  const bytes = readFileSync(path);
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < bytes.readUInt16BE(4); index += 1) {
    const at = 12 + index * 16;
    const start = bytes.readUInt32BE(at + 8);
    tables.set(
      bytes.toString('latin1', at, at + 4),
      bytes.subarray(start, start + bytes.readUInt32BE(at + 12)),
    );
  }
  const table = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (found === undefined) throw new Error(`The font has no table ${tag}`);
    return found;
  };
  const [head, hmtx, loca, glyf] = [table('head'), table('hmtx'), table('loca'), table('glyf')];
  const long = head.readInt16BE(50) === 1;
  const measured = table('hhea').readUInt16BE(34);
  const indexOf = characterMap(table('cmap'));
  const placeOf = (index: number) => (long ? loca.readUInt32BE(index * 4) : loca.readUInt16BE(index * 2) * 2);
  const contoursOf = (index: number, depth = 0): Polygon[] => {
    const data = glyf.subarray(placeOf(index), placeOf(index + 1));
    if (data.length === 0 || depth > mostNested) return [];
    const count = data.readInt16BE(0);
    if (count >= 0) return simpleContours(data, count);
    return components(data).flatMap(({ part, shift }) =>
      contoursOf(part, depth + 1).map((points) =>
        points.map(([x, y]): Point => [x + shift[0], y + shift[1]]),
      ),
    );
  };
  return {
    unitsPerEm: head.readUInt16BE(18),
    glyph: (letter) => {
      const index = indexOf(letter.codePointAt(0) ?? 0);
      return { contours: contoursOf(index), advance: hmtx.readUInt16BE(Math.min(index, measured - 1) * 4) };
    },
  };
}

function characterMap(cmap: Buffer): (code: number) => number {
  for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
    const map = cmap.subarray(cmap.readUInt32BE(8 + index * 8));
    if (map.readUInt16BE(0) === 4) return (code) => indexInFormat4(map, code);
  }
  throw new Error('The font has no character map of format 4');
}

function indexInFormat4(map: Buffer, code: number): number {
  const span = map.readUInt16BE(6);
  const [ends, starts, deltas, offsets] = [14, 16 + span, 16 + 2 * span, 16 + 3 * span];
  for (let at = 0; at < span; at += 2) {
    if (map.readUInt16BE(ends + at) < code) continue;
    const start = map.readUInt16BE(starts + at);
    if (start > code) return 0;
    const delta = map.readInt16BE(deltas + at);
    const offset = map.readUInt16BE(offsets + at);
    if (offset === 0) return (code + delta) & 0xff_ff;
    const index = map.readUInt16BE(offsets + at + offset + 2 * (code - start));
    return index === 0 ? 0 : (index + delta) & 0xff_ff;
  }
  return 0;
}

type Component = Readonly<{ part: number; shift: Point }>;

/** Letters with marks are made of parts that are shifted; our fonts do not scale them. */
function components(data: Buffer): Component[] {
  const found: Component[] = [];
  let at = 10;
  let flags: number;
  do {
    flags = data.readUInt16BE(at);
    const part = data.readUInt16BE(at + 2);
    const words = (flags & 1) !== 0;
    const shift: Point = words
      ? [data.readInt16BE(at + 4), data.readInt16BE(at + 6)]
      : [data.readInt8(at + 4), data.readInt8(at + 5)];
    found.push({ part, shift });
    at += words ? 8 : 6;
    if ((flags & 8) !== 0) at += 2;
    else if ((flags & 64) !== 0) at += 4;
    else if ((flags & 128) !== 0) at += 8;
  } while ((flags & 32) !== 0);
  return found;
}

type Corner = Readonly<{ x: number; y: number; on: boolean }>;

function simpleContours(data: Buffer, count: number): Polygon[] {
  const ends = Array.from({ length: count }, (_none, index) => data.readUInt16BE(10 + index * 2));
  const total = (ends.at(-1) ?? -1) + 1;
  let at = 12 + count * 2 + data.readUInt16BE(10 + count * 2);
  const flags: number[] = [];
  while (flags.length < total) {
    const flag = data.readUInt8(at++);
    const times = (flag & 8) === 0 ? 1 : data.readUInt8(at++) + 1;
    for (let time = 0; time < times; time += 1) flags.push(flag);
  }
  const axis = (short: number, same: number) => {
    let value = 0;
    return flags.map((flag) => {
      if ((flag & short) !== 0) value += data.readUInt8(at++) * ((flag & same) === 0 ? -1 : 1);
      else if ((flag & same) === 0) {
        value += data.readInt16BE(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = axis(2, 16);
  const ys = axis(4, 32);
  const corners = flags.map((flag, index) => ({
    x: xs[index] ?? 0,
    y: ys[index] ?? 0,
    on: (flag & 1) === 1,
  }));
  return ends.map((end, index) =>
    flattened(corners.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end + 1)),
  );
}

const stepsOfCurve = 4;

/** Quadratic curves as short lines; between two corners off the curve there is one on it. */
function flattened(corners: readonly Corner[]): Polygon {
  const points: Point[] = [];
  const at = (index: number) =>
    corners[(index + corners.length) % corners.length] ?? { x: 0, y: 0, on: true };
  const middle = (a: Corner, b: Corner): Corner => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true });
  for (const [index, corner] of corners.entries()) {
    if (corner.on) {
      points.push([corner.x, corner.y]);
      continue;
    }
    const [before, after] = [at(index - 1), at(index + 1)];
    const from = before.on ? before : middle(before, corner);
    const to = after.on ? after : middle(corner, after);
    for (let step = 1; step <= stepsOfCurve; step += 1) {
      const t = step / stepsOfCurve;
      const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
      points.push([a * from.x + b * corner.x + c * to.x, a * from.y + b * corner.y + c * to.y]);
    }
  }
  return points;
}
