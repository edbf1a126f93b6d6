import { deflateSync, inflateSync } from 'node:zlib';
import { AppError } from '#shared/kernel/public.ts';
import { unfilterRows } from '../pdf/filters.ts';
import { dict, name, type PdfStream } from '../pdf/values.ts';

/** A picture ready for a PDF: its colours and, where it has any, its transparency. Sizes in pixels. */
export type PngImage = Readonly<{
  width: number;
  height: number;
  colours: PdfStream;
  transparency: PdfStream | null;
}>;

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const maxPixels = 16_000_000;

/** Pictures read before, so that thirty signatures by one hand read theirs once. */
const known = new WeakMap<Uint8Array, PngImage>();

/** Reads an 8-bit PNG (grey, RGB, palette, with or without alpha, not interlaced). */
export function readPng(bytes: Uint8Array): PngImage {
  const before = known.get(bytes);
  if (before !== undefined) return before;
  const image = imageIn(bytes);
  known.set(bytes, image);
  return image;
}

function imageIn(bytes: Uint8Array): PngImage {
  const chunks = readChunks(Buffer.from(bytes));
  const header = chunks.find(([type]) => type === 'IHDR')?.[1];
  if (header === undefined || header.length !== 13) throw new AppError('signing.unreadable-image');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colourType, interlace] = [header[8], header[9] ?? 0, header[12]];
  const channels = channelsOf[colourType];
  if (
    depth !== 8 ||
    interlace !== 0 ||
    channels === undefined ||
    width * height > maxPixels ||
    width * height === 0
  ) {
    throw new AppError('signing.unreadable-image');
  }
  const data = chunks.filter(([type]) => type === 'IDAT').map(([, body]) => body);
  const pixels = inflate(Buffer.concat(data), { width, height, channels });
  const palette = chunks.find(([type]) => type === 'PLTE')?.[1] ?? Buffer.alloc(0);
  const paletteAlpha = chunks.find(([type]) => type === 'tRNS')?.[1] ?? Buffer.alloc(0);
  return split({ width, height, colourType, channels, pixels, palette, paletteAlpha });
}

const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

type Pixels = Readonly<{
  width: number;
  height: number;
  colourType: number;
  channels: number;
  pixels: Uint8Array;
  palette: Buffer;
  paletteAlpha: Buffer;
}>;

function readChunks(bytes: Buffer): readonly (readonly [string, Buffer])[] {
  if (!bytes.subarray(0, 8).equals(signature)) throw new AppError('signing.unreadable-image');
  const chunks: (readonly [string, Buffer])[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    chunks.push([bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  return chunks;
}

function inflate(
  data: Buffer,
  size: Readonly<{ width: number; height: number; channels: number }>,
): Uint8Array {
  const row = size.width * size.channels;
  const expected = (row + 1) * size.height;
  try {
    const out = inflateSync(data, { maxOutputLength: expected + 1024 });
    if (out.length < expected) throw new RangeError('cut short');
    return unfilterRows(out.subarray(0, expected), row, size.channels);
  } catch (error) {
    throw new AppError('signing.unreadable-image', {}, error);
  }
}

function split(image: Pixels): PngImage {
  const { width, height, colourType, channels, pixels } = image;
  const count = width * height;
  const isGrey = colourType === 0 || colourType === 4;
  const perPixel = isGrey ? 1 : 3;
  const colours = new Uint8Array(count * perPixel);
  const alpha = new Uint8Array(count).fill(255);
  const hasAlpha = channels === 2 || channels === 4;
  let isTransparent = false;
  // A value at a time: a picture has more pixels than objects should be made.
  for (let i = 0; i < count; i++) {
    const at = i * channels;
    if (colourType === 3) takeFromPalette(image, i, { colours, alpha });
    else for (let part = 0; part < perPixel; part++) colours[i * perPixel + part] = pixels[at + part] ?? 0;
    if (hasAlpha) alpha[i] = pixels[at + channels - 1] ?? 255;
    if (alpha[i] !== 255) isTransparent = true;
  }
  return {
    width,
    height,
    colours: picture({ width, height, space: isGrey ? 'DeviceGray' : 'DeviceRGB', bytes: colours }),
    transparency: isTransparent ? picture({ width, height, space: 'DeviceGray', bytes: alpha }) : null,
  };
}

function takeFromPalette(
  { pixels, palette, paletteAlpha }: Pixels,
  i: number,
  into: Readonly<{ colours: Uint8Array; alpha: Uint8Array }>,
): void {
  const entry = pixels[i] ?? 0;
  for (let part = 0; part < 3; part++) into.colours[i * 3 + part] = palette[entry * 3 + part] ?? 0;
  into.alpha[i] = paletteAlpha[entry] ?? 255;
}

function picture(
  plan: Readonly<{ width: number; height: number; space: string; bytes: Uint8Array }>,
): PdfStream {
  return {
    kind: 'stream',
    dict: dict({
      Type: name('XObject'),
      Subtype: name('Image'),
      Width: plan.width,
      Height: plan.height,
      ColorSpace: name(plan.space),
      BitsPerComponent: 8,
      Filter: name('FlateDecode'),
    }),
    raw: deflateSync(plan.bytes),
  };
}
