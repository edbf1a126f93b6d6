import { deflateSync, crc32 } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];

// NĐ 30 PL1 II.7d, 8a: the signature is blue, the seal red, both PNG on a transparent ground.
const blue: Colour = [20, 50, 160];
const red: Colour = [214, 20, 30];

/** A signature-like stroke for the invented people of the sample; a real office uses the person's own image. */
export function signatureImage(name: string): Uint8Array {
  const width = 480;
  const height = 200;
  const canvas = blank(width, height);
  let seed = Array.from(name).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 4_294_967_296;
  };
  let x = 40;
  let y = height * 0.6;
  const loops = 5 + Math.floor(random() * 4);
  for (let loop = 0; loop < loops; loop += 1) {
    const wide = 34 + random() * 30;
    const tall = 30 + random() * 70;
    for (let step = 0; step <= 60; step += 1) {
      const turn = (step / 60) * Math.PI * 2;
      const at = {
        x: x + (wide * step) / 60 + Math.sin(turn) * 16,
        y: y - Math.sin(turn / 2) * tall + Math.cos(turn) * 8,
      };
      dot(canvas, { ...at, radius: 2.6, colour: blue });
    }
    x += wide;
    y += (random() - 0.5) * 16;
  }
  for (let step = 0; step < 200; step += 1) {
    dot(canvas, { x: x - step * 1.4, y: height * 0.8 + Math.sin(step / 40) * 6, radius: 2, colour: blue });
  }
  return png(canvas);
}

/** A round red seal with a star, for the invented agencies of the sample. */
export function sealImage(name: string): Uint8Array {
  const size = 360;
  const canvas = blank(size, size);
  const centre = size / 2;
  for (let step = 0; step < 2400; step += 1) {
    const angle = (step / 2400) * Math.PI * 2;
    for (const [radius, weight] of [
      [172, 4],
      [128, 2],
    ] as const) {
      dot(canvas, { ...around(centre, angle, radius), radius: weight, colour: red });
    }
  }
  const star = Array.from({ length: 10 }, (_none, point) => {
    const radius = point % 2 === 0 ? 60 : 24;
    const angle = (point / 10) * Math.PI * 2 - Math.PI / 2;
    return [centre + Math.cos(angle) * radius, centre + Math.sin(angle) * radius] as const;
  });
  fill(canvas, star, red);
  // One mark a letter between the rings, so that every agency's seal is its own.
  const marks = Array.from(name.normalize('NFD')).filter((letter) => /\p{L}/u.test(letter));
  for (const [index, letter] of marks.entries()) {
    const angle = (index / marks.length) * Math.PI * 2 - Math.PI / 2;
    const long = 4 + ((letter.codePointAt(0) ?? 0) % 5) * 3;
    for (let step = -long; step <= long; step += 1) {
      dot(canvas, { ...around(centre, angle, 150 + step), radius: 2, colour: red });
    }
  }
  return png(canvas);
}

type Canvas = Readonly<{ width: number; height: number; pixels: Uint8Array }>;

function blank(width: number, height: number): Canvas {
  return { width, height, pixels: new Uint8Array(width * height * 4) };
}

type Dot = Readonly<{ x: number; y: number; radius: number; colour: Colour }>;

function around(centre: number, angle: number, radius: number) {
  return { x: centre + Math.cos(angle) * radius, y: centre + Math.sin(angle) * radius };
}

function dot({ width, height, pixels }: Canvas, { x, y, radius, colour: [r, g, b] }: Dot): void {
  for (let py = Math.floor(y - radius - 1); py <= y + radius + 1; py += 1) {
    for (let px = Math.floor(x - radius - 1); px <= x + radius + 1; px += 1) {
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const cover = Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(px - x, py - y)));
      const at = (py * width + px) * 4;
      pixels[at] = r;
      pixels[at + 1] = g;
      pixels[at + 2] = b;
      pixels[at + 3] = Math.max(pixels[at + 3] ?? 0, Math.round(cover * 235));
    }
  }
}

function fill(canvas: Canvas, corners: readonly (readonly [number, number])[], colour: Colour): void {
  for (let y = 0; y < canvas.height; y += 1) {
    for (let x = 0; x < canvas.width; x += 1) {
      if (isInside(corners, x, y)) dot(canvas, { x, y, radius: 0.6, colour });
    }
  }
}

function isInside(corners: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  let [lastX, lastY] = corners.at(-1) ?? [0, 0];
  for (const [cornerX, cornerY] of corners) {
    const crosses =
      cornerY > y !== lastY > y && x < ((lastX - cornerX) * (y - cornerY)) / (lastY - cornerY) + cornerX;
    if (crosses) inside = !inside;
    [lastX, lastY] = [cornerX, cornerY];
  }
  return inside;
}

/** PNG, 8 bits a channel with alpha (RFC 2083). */
function png({ width, height, pixels }: Canvas): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let y = 0; y < height; y += 1) {
    rows.set(pixels.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1);
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}
