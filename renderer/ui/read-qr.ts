import { decodeQR } from 'qr/decode.js';

/** Larger pictures are looked at in this size: a code that fills a photograph is still plain in it. */
const mostPixels = 2000;

/** The text of the QR code in a picture, read on this machine; null when there is none, or it is no picture. */
export async function readQr(picture: Blob): Promise<string | null> {
  try {
    const bitmap = await createImageBitmap(picture);
    const scale = Math.min(1, mostPixels / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((side) =>
      Math.max(1, Math.round(side * scale)),
    );
    if (width === undefined || height === undefined) return null;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (context === null) return null;
    // A code with nothing behind it is on white.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return decodeQR({ width, height, data });
  } catch {
    return null; // Nothing in it that could be read.
  }
}
