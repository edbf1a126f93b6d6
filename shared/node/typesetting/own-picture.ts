import { inflateSync } from 'node:zlib';
import { AppError } from '../../kernel/public.ts';
import { readPng } from '../pdf-signing/public.ts';
import { writePng, type Rgba } from './png.ts';

/** Whose picture: a person's signature, or the agency's seal. */
export type PictureUse = 'person' | 'seal';

export type OwnPicture = Readonly<{ png: Uint8Array; width: number; height: number }>;

const smallestPx: Readonly<Record<PictureUse, number>> = { person: 200, seal: 300 };
const leastClear = 0.1;
const faint = 16;
const mostPixels = 6_000_000; // a seal scanned at 1200 dpi has three million

/**
 * A picture as the decree wants it on a page (NĐ 30 PL1 II.7d, II.8a): the signature blue, the seal red, on a transparent
 * ground. What is clear round it is cut off, so that the seal is drawn as large as it really is.
 */
export function ownPicture(png: Uint8Array, use: PictureUse): OwnPicture {
  if (sizeOf(png) > mostPixels) throw new AppError('signing.picture-too-large');
  const image = pixelsOf(png);
  const { clear, colour } = lookOf(image);
  if (clear < leastClear) throw new AppError('signing.picture-not-transparent');
  const [red, green, blue] = colour;
  if (use === 'person' && !(blue > red + 30 && blue >= green)) throw new AppError('signing.picture-not-blue');
  if (use === 'seal' && !(red > green + 60 && red > blue + 60)) throw new AppError('signing.picture-not-red');
  const cut = withoutMargin(image);
  const smallest = smallestPx[use];
  if (cut.width < smallest) throw new AppError('signing.picture-too-small', { pixels: smallest });
  const fine = noFinerThanNeeded(cut);
  return { png: writePng(fine), width: fine.width, height: fine.height };
}

const neededPx = 600; // 36 mm at more than 400 dpi, 52 mm at 300

/** Whole pixels of a finer picture made one, so that every paper it goes on stays small and is quickly signed. */
function noFinerThanNeeded(image: Rgba): Rgba {
  const step = Math.floor(image.width / neededPx);
  if (step < 2) return image;
  const [width, height] = [Math.floor(image.width / step), Math.max(1, Math.floor(image.height / step))];
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    const [left, top] = [(at % width) * step, Math.floor(at / width) * step];
    pixels.set(meanOf(image, { left, top, step }), at * 4);
  }
  return { width, height, pixels };
}

type Block = Readonly<{ left: number; top: number; step: number }>;

/** The mean of a block of pixels; what is clear has no colour to give. */
function meanOf({ width, height, pixels }: Rgba, { left, top, step }: Block): readonly number[] {
  let [red, green, blue, opacity] = [0, 0, 0, 0];
  for (let n = 0; n < step * step; n += 1) {
    const [x, y] = [left + (n % step), Math.min(height - 1, top + Math.floor(n / step))];
    const at = (y * width + x) * 4;
    const alpha = pixels[at + 3] ?? 0;
    red += (pixels[at] ?? 0) * alpha;
    green += (pixels[at + 1] ?? 0) * alpha;
    blue += (pixels[at + 2] ?? 0) * alpha;
    opacity += alpha;
  }
  if (opacity === 0) return [0, 0, 0, 0];
  return [...[red, green, blue].map((sum) => Math.round(sum / opacity)), Math.round(opacity / (step * step))];
}

/** Width by height as the file's head says, before anything of it is unpacked. */
function sizeOf(png: Uint8Array): number {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  return bytes.length < 24 ? 0 : bytes.readUInt32BE(16) * bytes.readUInt32BE(20);
}

function pixelsOf(png: Uint8Array): Rgba {
  const { width, height, colours, transparency } = readPng(png);
  const shades = inflateSync(colours.raw);
  const opacity = transparency === null ? null : inflateSync(transparency.raw);
  const each = shades.length / (width * height);
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    const first = shades[at * each] ?? 0;
    const [green, blue] = each === 1 ? [first, first] : [shades[at * 3 + 1] ?? 0, shades[at * 3 + 2] ?? 0];
    pixels.set([first, green, blue, opacity?.[at] ?? 255], at * 4);
  }
  return { width, height, pixels };
}

/** How much of it is clear, and the mean colour of what is drawn, the strong strokes counting most. */
function lookOf({ width, height, pixels }: Rgba) {
  let [clear, weight, red, green, blue] = [0, 0, 0, 0, 0];
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0;
    if (alpha < faint) {
      clear += 1;
      continue;
    }
    weight += alpha;
    red += (pixels[at] ?? 0) * alpha;
    green += (pixels[at + 1] ?? 0) * alpha;
    blue += (pixels[at + 2] ?? 0) * alpha;
  }
  const mean = [red, green, blue].map((sum) => (weight === 0 ? 0 : sum / weight));
  return { clear: clear / (width * height), colour: mean as [number, number, number] }; // three went in
}

function withoutMargin({ width, height, pixels }: Rgba): Rgba {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let at = 0; at < width * height; at += 1) {
    if ((pixels[at * 4 + 3] ?? 0) < faint) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  }
  const cut = { width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
  const kept = new Uint8Array(cut.width * cut.height * 4);
  for (let y = 0; y < cut.height; y += 1) {
    const from = ((top + y) * width + left) * 4;
    kept.set(pixels.subarray(from, from + cut.width * 4), y * cut.width * 4);
  }
  return { ...cut, pixels: kept };
}
