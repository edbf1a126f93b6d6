import { describe, expect, test } from 'vitest';
import { ownPicture, sealImage, signatureImage } from '#shared/node/typesetting/public.ts';
import { writePng } from '#shared/node/typesetting/png.ts';
import { refusalOf } from '../../support/store.ts';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** A bar of a colour in the middle of a ground. */
function picture(
  bar: Colour,
  ground: Colour,
  size = { width: 600, height: 300, across: 400, down: 100 },
): Uint8Array {
  const { width, height, across, down } = size;
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const inside = Math.abs(x - width / 2) < across / 2 && Math.abs(y - height / 2) < down / 2;
    pixels.set(inside ? bar : ground, at * 4);
  }
  return writePng({ width, height, pixels });
}

const blue: Colour = [30, 60, 170, 255];
const red: Colour = [210, 20, 30, 255];
const clear: Colour = [255, 255, 255, 0];
const white: Colour = [255, 255, 255, 255];

describe('the picture of a signature or a seal', () => {
  test('is taken as the decree wants it: blue or red on a clear ground, cut to what is drawn', () => {
    const signature = ownPicture(picture(blue, clear), 'person');
    expect([signature.width, signature.height]).toEqual([399, 99]);
    expect(ownPicture(picture(red, clear), 'seal').width).toBe(399);
    // What was cut once is not cut again.
    expect(ownPicture(signatureImage('Nguyễn Văn Minh'), 'person').width).toBeGreaterThan(400);
    expect(ownPicture(sealImage('Sở Tài chính'), 'seal').width).toBeGreaterThan(400);
  });

  test('is kept no finer than a page can show it', () => {
    const scanned = { width: 2600, height: 1000, across: 2401, down: 801 };
    const { width, height } = ownPicture(picture(blue, clear, scanned), 'person');
    expect([width, height]).toEqual([600, 200]);
  });

  test('is refused on a ground that hides the page, in another colour, too small or too large', async () => {
    const refused = (png: Uint8Array, use: 'person' | 'seal') =>
      refusalOf(() => Promise.resolve().then(() => ownPicture(png, use)));
    expect(await refused(picture(blue, white), 'person')).toBe('signing.picture-not-transparent');
    expect(await refused(picture([20, 20, 20, 255], clear), 'person')).toBe('signing.picture-not-blue');
    expect(await refused(picture(red, clear), 'person')).toBe('signing.picture-not-blue');
    expect(await refused(picture(blue, clear), 'seal')).toBe('signing.picture-not-red');
    const tiny = { width: 100, height: 100, across: 60, down: 40 };
    expect(await refused(picture(blue, clear, tiny), 'person')).toBe('signing.picture-too-small');
    const huge = Uint8Array.from(picture(blue, clear));
    new DataView(huge.buffer).setUint32(16, 60_000);
    expect(await refused(huge, 'person')).toBe('signing.picture-too-large');
    expect(await refused(new TextEncoder().encode('không phải hình'), 'person')).toBe(
      'signing.unreadable-image',
    );
  });
});
