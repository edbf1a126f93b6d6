import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName, PDFString, degrees } from 'pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HashSchema, hashBytes } from '#shared/kernel/public.ts';
import { extractPages } from '#shared/node/pdf-pages/public.ts';
import { fillTextFields, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { cornerMark, footMark, sealImage } from '#shared/node/typesetting/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { signedAt, signingOffice } from '../../support/signing-office.ts';
import { refusalOf } from '../../support/store.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-trich-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Three pages that lead to each other: links, a field with a kid on another page, an action. */
async function bound(): Promise<Uint8Array> {
  const made = await PDFDocument.create();
  const { context } = made;
  const pages = ['TRANG MOT', 'TRANG HAI BI MAT', 'TRANG BA'].map((words) => {
    const page = made.addPage([595, 842]);
    page.drawText(words, { x: 60, y: 600 });
    return page;
  });
  const link = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Link',
      Rect: [60, 500, 160, 520],
      Dest: [pages[1]?.ref ?? null, 'Fit'],
    }),
  );
  pages[0]?.node.set(PDFName.of('Annots'), context.obj([link]));
  pages[0]?.node.set(
    PDFName.of('AA'),
    context.obj({ O: { S: 'JavaScript', JS: PDFString.of('app.alert(1)') } }),
  );
  const field = made.getForm().createTextField('o-chung');
  for (const page of pages.slice(0, 2)) field.addToPage(page, { x: 60, y: 400, width: 200, height: 20 });
  field.setText('DIEN TRONG O');
  return made.save();
}

function orderOf(pdf: Uint8Array, pages: readonly number[]) {
  return { pdf, pages, source: HashSchema.parse(hashBytes(pdf)), at: signedAt };
}

function judge(pdf: Uint8Array, program: string, ...args: readonly string[]): string {
  writeFileSync(join(folder, 'trich.pdf'), pdf);
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

test('an extract has the chosen pages as they are seen, and nothing of the others', async () => {
  const source = await bound();
  const pdf = await extractPages(orderOf(source, [1, 3]));
  expect(judge(pdf, 'qpdf', '--check', 'trich.pdf')).toContain('No syntax or stream encoding errors');
  const said = judge(pdf, 'pdftotext', 'trich.pdf', '-');
  expect([said.includes('TRANG MOT'), said.includes('TRANG BA'), said.includes('DIEN TRONG O')]).toEqual([
    true,
    true,
    true,
  ]);
  const unpacked = judge(pdf, 'qpdf', '--qdf', '--object-streams=disable', 'trich.pdf', '-');
  expect(unpacked).toContain('TRANG MOT');
  expect(unpacked).not.toContain('TRANG HAI');
  expect(unpacked).not.toMatch(/JavaScript|\/AcroForm|\/Annots|\/AA\b/u);
  expect(judge(pdf, 'pdfinfo', 'trich.pdf')).toContain(`sha256:${hashBytes(source)}`);
  // The same search finds the page when it is taken.
  const whole = await extractPages(orderOf(source, [1, 2]));
  expect(judge(whole, 'qpdf', '--qdf', 'trich.pdf', '-')).toContain('TRANG HAI');
});

test('number, date and seal stay on the page as they are seen, and no signature is carried', async () => {
  const { seal } = signingOffice();
  const filled = fillTextFields({
    pdf: fieldedPdf(),
    values: { number: '136', date: 'ngày 23 tháng 11 năm 2026' },
  });
  const png = sealImage('UBND tỉnh Đồng Nai');
  const signed = await signField({
    pdf: filled,
    field: 'seal',
    key: seal.key,
    signedAt,
    signerName: 'x',
    appearance: { png },
  });
  const pdf = await extractPages(orderOf(signed, [1]));
  expect(judge(pdf, 'pdftotext', 'trich.pdf', '-')).toMatch(/136[\s\S]*ngày 23 tháng 11 năm 2026/u);
  expect(judge(pdf, 'pdfimages', '-list', 'trich.pdf').split('\n').length).toBeGreaterThan(3);
  expect(verifyPdf(pdf, { trust: [], at: signedAt }).verdict).toBe('unsigned');
  const [before, after] = [looks(signed), looks(pdf)];
  expect(after.equals(before)).toBe(true);
});

test('a file that hides layers is refused, and so is one that cannot be read', async () => {
  const made = await PDFDocument.load(await bound());
  const { context, catalog } = made;
  const layer = context.register(context.obj({ Type: 'OCG', Name: PDFString.of('an') }));
  const layers = context.obj({ OCGs: [layer], D: { OFF: [layer] } });
  catalog.set(PDFName.of('OCProperties'), layers);
  expect(await refusalOf(async () => extractPages(orderOf(await made.save(), [1])))).toBe(
    'documents.copy-has-layers',
  );
  expect(await refusalOf(() => extractPages(orderOf(new TextEncoder().encode('khong phai PDF'), [1])))).toBe(
    'documents.copy-unreadable',
  );
});

function looks(pdf: Uint8Array): Buffer {
  writeFileSync(join(folder, 'nhin.pdf'), pdf);
  execFileSync('pdftoppm', ['-r', '60', '-gray', '-singlefile', 'nhin.pdf', 'nhin'], { cwd: folder });
  return execFileSync('cat', [join(folder, 'nhin.pgm')]);
}

test.each([0, 90, 180, 270])(
  'marks stand in the corner and at the foot of a page turned by %i degrees, as it is seen, and shrink where they are too wide',
  async (turn) => {
    const made = await PDFDocument.create();
    made.addPage([300, 400]).setRotation(degrees(turn));
    const source = await made.save();
    const long = `In từ hệ thống Ấn Tín · ${'Ủy ban nhân dân '.repeat(9)}CUỐI`;
    const marks = [cornerMark('BẢN SAO'), footMark(long)];
    const pdf = await extractPages({ ...orderOf(source, [1]), pages: 'all', marks });
    const seen = judge(pdf, 'pdftotext', '-bbox', 'trich.pdf', '-');
    const [width, height] = turn % 180 === 0 ? [300, 400] : [400, 300];
    const boxOf = (word: string) =>
      [...(new RegExp(`<word (.*)>${word}</word>`, 'u').exec(seen)?.[1] ?? '').matchAll(/"([\d.]+)"/gu)].map(
        ([, number]) => Math.round(Number(number)),
      );
    const [, cornerTop = 0, cornerRight = 0] = boxOf('SAO');
    expect([Math.abs(width - 14 - cornerRight) < 6, Math.abs(cornerTop - 14) < 6]).toEqual([true, true]);
    const [, , footRight = 0, footBottom = 0] = boxOf('CUỐI');
    expect([Math.abs(width - 14 - footRight) < 6, Math.abs(height - 14 - footBottom) < 6]).toEqual([
      true,
      true,
    ]);
  },
);
