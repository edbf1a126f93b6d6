import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName, PDFNumber, degrees } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { markedField, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { markFont } from '#shared/node/typesetting/public.ts';
import { attachmentMark } from '#shared/signing/public.ts';
import { InstantSchema } from '#shared/kernel/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { signedAt, signingOffice, type SigningOffice } from '../../support/signing-office.ts';
import { refusalOf } from '../../support/store.ts';

let folder = '';
let office: SigningOffice;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-dau-'));
  office = signingOffice();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = attachmentMark('136/QĐ-UBND', signedAt);

async function marked(pdf: Uint8Array, words = text): Promise<Uint8Array> {
  return signField({
    pdf,
    field: markedField(pdf, 'seal'),
    role: 'seal',
    key: office.seal.key,
    signedAt,
    signerName: 'UBND tỉnh Đồng Nai',
    mark: { text: words, font: markFont(words) },
  });
}

function judge(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

type Look = Readonly<{ turn: number; size: readonly [number, number]; crop: boolean; unit: number }>;

async function onePage({ turn, size, crop, unit }: Look): Promise<Uint8Array> {
  const made = await PDFDocument.create();
  const page = made.addPage([...size]);
  page.setRotation(degrees(turn));
  if (crop) page.setCropBox(size[0] * 0.1, size[1] * 0.2, size[0] * 0.7, size[1] * 0.5);
  if (unit !== 1) page.node.set(PDFName.of('UserUnit'), PDFNumber.of(unit));
  return made.save();
}

/** Where dark pixels are on the page as it is seen, as parts of its width and height. */
function darkPart(file: string): Readonly<{ left: number; right: number; top: number; bottom: number }> {
  judge('pdftoppm', '-r', '72', '-cropbox', '-gray', '-singlefile', file, 'seen');
  const image = execFileSync('cat', [join(folder, 'seen.pgm')]);
  const [head = '', width = '0', height = '0'] =
    /^P5\s+(\d+)\s+(\d+)\s+255\s/u.exec(image.toString('latin1')) ?? [];
  const [w, h] = [Number(width), Number(height)];
  const dark = { left: w, right: 0, top: h, bottom: 0 };
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      if ((image[head.length + y * w + x] ?? 255) > 140) continue;
      dark.left = Math.min(dark.left, x);
      dark.right = Math.max(dark.right, x + 1);
      dark.top = Math.min(dark.top, y);
      dark.bottom = Math.max(dark.bottom, y + 1);
    }
  }
  return { left: dark.left / w, right: dark.right / w, top: dark.top / h, bottom: dark.bottom / h };
}

const looks = [0, 90, 180, 270].flatMap((turn): Look[] => [
  { turn, size: [595, 842], crop: false, unit: 1 },
  { turn, size: [842, 1191], crop: true, unit: 1 },
  { turn, size: [150, 100], crop: false, unit: 1 },
]);

describe('the mark of a signature without a picture', () => {
  test.each(looks)(
    'stands upright at the top right of what is seen: $turn°, $size, crop $crop',
    async (look) => {
      const before = await onePage(look);
      const pdf = await marked(before);
      expect(Buffer.from(pdf.subarray(0, before.length)).equals(Buffer.from(before))).toBe(true);
      writeFileSync(join(folder, 'marked.pdf'), pdf);
      expect(judge('qpdf', '--check', 'marked.pdf')).toContain('No syntax or stream encoding errors');
      expect(judge('pdfsig', '-nocert', 'marked.pdf')).toContain('Signature is Valid');
      expect(judge('pdftotext', '-raw', 'marked.pdf', '-').replaceAll(/\s+/gu, ' ').trim()).toBe(text);
      const { left, right, top, bottom } = darkPart('marked.pdf');
      expect([right > 0.9 && right < 1, top > 0 && top < 0.1]).toEqual([true, true]);
      // Wider than high: it reads from left to right, and from its top.
      if (look.size[0] > 500) expect([left > 0.4, bottom < 0.1]).toEqual([true, true]);
    },
  );

  test('keeps its ten points where a page is measured in larger units', async () => {
    const pdf = await marked(await onePage({ turn: 90, size: [595, 842], crop: false, unit: 2 }));
    const rect = /\/Rect \[([\d. ]+)\]/u
      .exec(Buffer.from(pdf).toString('latin1'))?.[1]
      ?.split(' ')
      .map(Number);
    const [left = 0, , right = 0] = rect ?? [];
    expect(right - left).toBeCloseTo(6, 6);
  });

  test('is small print in Times metrics, embedded, with every Vietnamese letter', async () => {
    const words = 'Sao y; Ủy ban nhân dân xã Đoàn Kết; 05/01/2026 14:30:05 +07:00';
    writeFileSync(join(folder, 'marked.pdf'), await marked(fieldedPdf(), words));
    expect(judge('pdftotext', 'marked.pdf', '-')).toContain(words);
    const fonts = judge('pdffonts', 'marked.pdf');
    expect(fonts).toMatch(/\+LiberationSerif\s+CID TrueType\s+Identity-H\s+yes yes yes/u);
  });

  test('shows the Vietnamese day and hour whatever the zone of the machine', () => {
    expect(attachmentMark('136/QĐ-UBND', InstantSchema.parse('2026-01-05T17:30:05.000Z'))).toBe(
      '136/QĐ-UBND; 06/01/2026 00:30:05 +07:00',
    );
  });

  test('leaves earlier signatures as they are, under a name of its own, and closes the file', async () => {
    const base = fieldedPdf();
    const by = { key: office.leader.key, signedAt, signerName: 'Nguyễn Văn Ấn' } as const;
    // Signed by others before, without a lock on what may come.
    const signed = await signField({ ...by, pdf: base, field: 'initials-1' });
    const pdf = await marked(signed);
    const report = verifyPdf(pdf, { trust: [office.ca.certificateDer], at: signedAt });
    expect([
      report.verdict,
      ...report.signatures.map((one) => `${one.field} ${one.role} ${one.integrity}`),
    ]).toEqual(['valid', 'initials-1 initials allowed-changes', 'seal-2 seal intact']);
    expect(await refusalOf(() => markedField(pdf, 'seal'))).toBe('signing.field-locked');
  });

  test('is not written in a field that is there already, nor with a letter its font does not have', async () => {
    const pdf = fieldedPdf();
    const order = { pdf, role: 'seal', key: office.seal.key, signedAt, signerName: 'x' } as const;
    const mark = { text, font: markFont(text) };
    expect(await refusalOf(() => signField({ ...order, field: 'seal', mark }))).toBe(
      'signing.field-already-signed',
    );
    const foreign = { text: `${text}Ω`, font: markFont(text) };
    expect(await refusalOf(() => signField({ ...order, field: 'seal-2', mark: foreign }))).toBe(
      'signing.letter-missing',
    );
  });
});
