import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, PDFString, type PDFObject } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { templates } from '#electron/features/drafting/templates.ts';
import { fromEditor, type Block, type Cell } from '#shared/drafting/public.ts';
import { InstantSchema } from '#shared/kernel/public.ts';
import { extractFile } from '#shared/node/pdf-text/public.ts';
import {
  dateLine,
  sealImage,
  signatureImage,
  tablePdf,
  typeset,
  type PrintedTable,
} from '#shared/node/typesetting/public.ts';
import { DaySchema } from '#shared/kernel/public.ts';
import { aDecision, aDraft } from '../../support/drafts.ts';

const frozenAt = InstantSchema.parse('2026-11-23T02:00:00.000Z');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-trang-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function saved(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function textOf(name: string, pdf: Uint8Array): string {
  return execFileSync('pdftotext', ['-layout', saved(name, pdf), '-'], { encoding: 'utf8' });
}

const paragraph = (text: string): Block => ({
  kind: 'paragraph',
  runs: [{ text, bold: false, italic: false }],
});

/** The number tree of a structure, flat. */
function numbersOf(root: PDFDict): ReadonlyMap<number, PDFObject | undefined> {
  const found = new Map<number, PDFObject | undefined>();
  const walk = (node: PDFDict): void => {
    const numbers = node.lookupMaybe(PDFName.of('Nums'), PDFArray);
    for (let at = 0; at < (numbers?.size() ?? 0); at += 2) {
      found.set(numbers?.lookup(at, PDFNumber).asNumber() ?? -1, numbers?.get(at + 1));
    }
    const kids = node.lookupMaybe(PDFName.of('Kids'), PDFArray);
    for (let at = 0; at < (kids?.size() ?? 0); at += 1) {
      const kid = kids?.lookup(at, PDFDict);
      if (kid !== undefined) walk(kid);
    }
  };
  walk(root.lookup(PDFName.of('ParentTree'), PDFDict));
  return found;
}

describe('a page of an office', () => {
  test('has the same bytes whenever the same draft is frozen at the same instant', async () => {
    const [first, second] = [
      await typeset(aDecision(), { frozenAt, fields: { initials: 2 } }),
      await typeset(aDecision(), { frozenAt, fields: { initials: 2 } }),
    ];
    expect(createHash('sha256').update(second.pdf).digest('hex')).toBe(
      createHash('sha256').update(first.pdf).digest('hex'),
    );
  });

  test('is without fault to qpdf, shows one family of fonts, all embedded, and says it is PDF/A-3a', async () => {
    const { pdf } = await typeset(aDraft(), { frozenAt, fields: { initials: 1 } });
    const path = saved('cong-van.pdf', pdf);
    expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    );
    const fonts = execFileSync('pdffonts', [path], { encoding: 'utf8' }).split('\n').slice(2).filter(Boolean);
    expect(fonts.length).toBeGreaterThan(0);
    expect(
      fonts.filter((line) => !/^\w{6}\+LiberationSerif\S*\s+CID TrueType\s+Identity-H\s+yes/u.test(line)),
    ).toEqual([]);
    const metadata = execFileSync('pdfinfo', ['-meta', path], { encoding: 'utf8' });
    expect(metadata).toMatch(/<pdfaid:part>3<\/pdfaid:part>/u);
    expect(metadata).toMatch(/<pdfaid:conformance>A<\/pdfaid:conformance>/u);
  });

  test('carries the fields that its circuit needs, and none when nobody signs', async () => {
    const names = (pdf: Uint8Array) =>
      [
        ...Buffer.from(pdf)
          .toString('latin1')
          .matchAll(/\/T \(([\w-]+)\)/gu),
      ].map((match) => match[1] ?? '');
    const circulating = await typeset(aDraft(), { frozenAt, fields: { initials: 2 } });
    expect(names(circulating.pdf).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'date',
      'initials-1',
      'initials-2',
      'leader',
      'number',
      'seal',
    ]);
    const sent = await typeset(aDraft({ number: '15', issuedOn: DaySchema.parse('2026-11-20') }), {
      frozenAt,
      fields: null,
    });
    expect(names(sent.pdf)).toEqual([]);
  });

  test('tells a receiving office everything it would otherwise type', async () => {
    const draft = aDraft({ number: '15', issuedOn: DaySchema.parse('2026-11-20'), urgency: 'urgent' });
    const { pdf } = await typeset(draft, { frozenAt, fields: null });
    const read = await extractFile(pdf);
    expect(read).toMatchObject({
      method: 'embedded',
      number: '15',
      notation: '15/SKHCN-CĐS',
      issuedOn: '2026-11-20',
      issuer: draft.agency,
      kind: 'Công văn',
      subject: draft.subject,
      urgency: 'urgent',
    });
  });

  test.each(templates.map((template) => [template.id, template] as const))(
    'sets the template %s',
    async (_id, template) => {
      const draft = aDraft({
        kind: template.kind,
        kindName: template.title,
        bases: template.bases,
        body: fromEditor(template.body),
      });
      const { pages } = await typeset(draft, { frozenAt, fields: { initials: 0 } });
      expect(pages).toBe(1);
    },
  );

  test('numbers each appendix apart, and none on its first page', async () => {
    const long = Array.from({ length: 20 }, (_none, index) =>
      paragraph(`Mục ${index} ${'nội dung '.repeat(20)}`),
    );
    const draft = aDraft({
      appendices: [
        { title: 'Danh mục', body: long },
        { title: 'Biểu mẫu', body: [paragraph('Trống')] },
      ],
    });
    const { pdf } = await typeset(draft, { frozenAt, fields: null });
    const pages = textOf('phu-luc.pdf', pdf).split('\f').slice(0, -1);
    expect(pages.map((page) => page.trimStart().split('\n')[0]?.trim())).toEqual([
      expect.stringContaining('UBND TỈNH AN BÌNH'),
      'Phụ lục I',
      '2',
      'Phụ lục II',
    ]);
  });

  test('never leaves the signature alone on a page', async () => {
    for (let lines = 18; lines <= 40; lines += 1) {
      const body = Array.from({ length: lines }, (_none, index) => paragraph(`Dòng ${index} của văn bản`));
      const { pdf, pages } = await typeset(aDraft({ body }), { frozenAt, fields: null });
      if (pages === 1) continue;
      const last = textOf('ky.pdf', pdf).split('\f')[pages - 1] ?? '';
      expect(last).toContain(`Dòng ${lines - 1} của văn bản`);
    }
  });

  test('has a table whose head reaches over columns and rows, filled up where a row is short', async () => {
    const cell = (text: string, reach: Partial<Cell> = {}): Cell => ({
      runs: [{ text, bold: false, italic: false }],
      colspan: 1,
      rowspan: 1,
      header: false,
      ...reach,
    });
    const head = { header: true };
    const table: Block = {
      kind: 'table',
      rows: [
        [cell('TT', { ...head, rowspan: 2 }), cell('Thời gian', { ...head, colspan: 2 })],
        [cell('Từ', head), cell('Đến', head)],
        ...Array.from({ length: 80 }, (_none, index) => [cell(String(index + 1)), cell('01/01')]),
        [cell('Hết', { colspan: 3, rowspan: 9 })],
      ],
    };
    const { pdf, pages } = await typeset(aDraft({ body: [table] }), { frozenAt, fields: null });
    expect(pages).toBeGreaterThan(1);
    expect(textOf('bang.pdf', pdf).match(/Thời gian/gu)?.length).toBe(pages);
  });

  test('says which signs cannot be drawn, and cleans what word processors leave behind', async () => {
    const asBody = (text: string) => aDraft({ body: [paragraph(text)] });
    await expect(typeset(asBody('Đạt ✓ rồi 😀'), { frozenAt, fields: null })).rejects.toMatchObject({
      code: 'typesetting.undrawn',
      params: { letters: '✓ 😀' },
    });
    const left = 'U\u0309y ban\u0000 \uF0B7 \uD800nhân\tdân\u200B';
    const { pdf } = await typeset(asBody(left), { frozenAt, fields: null });
    expect(textOf('sach.pdf', pdf)).toContain('Ủy ban • nhân dân');
  });

  test('has a line of its own for each field, named for those who hear the page, in the tree of its structure', async () => {
    const { pdf } = await typeset(
      aDraft({
        form: 'minutes',
        coSigners: [{ authority: null, lines: ['Thư ký'], name: 'Bùi Thị Ngọc' }],
      }),
      { frozenAt, fields: { initials: 1 } },
    );
    const document = await PDFDocument.load(pdf, { updateMetadata: false });
    const root = document.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict);
    const found = document
      .getPages()
      .flatMap((page) => page.node.Annots()?.asArray() ?? [])
      .map((ref) => document.context.lookup(ref, PDFDict));
    const names = found.map((field) => field.lookup(PDFName.of('T'), PDFString).asString());
    expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual([
      'initials-1',
      'leader',
      'leader-2',
      'number',
      'seal',
    ]);
    for (const field of found) {
      const key = field.lookup(PDFName.of('StructParent'), PDFNumber).asNumber();
      const element = document.context.lookup(numbersOf(root).get(key), PDFDict);
      expect(element.get(PDFName.of('S'))).toBe(PDFName.of('Form'));
      const object = element.lookup(PDFName.of('K'), PDFDict).lookup(PDFName.of('Obj'), PDFDict);
      expect(object).toBe(field);
      expect(field.get(PDFName.of('F'))).toEqual(PDFNumber.of(4));
    }
    const form = document.catalog.lookup(PDFName.of('AcroForm'), PDFDict);
    expect(form.has(PDFName.of('NeedAppearances'))).toBe(false);
  });

  test('ends each basis as the decree does, and shortens only the name of the superior body', async () => {
    const { pdf } = await typeset(
      { ...aDecision(), bases: ['Căn cứ Luật Lưu trữ', 'Theo đề nghị của Chánh Văn phòng;'] },
      { frozenAt, fields: null },
    );
    const text = textOf('can-cu.pdf', pdf);
    expect(text).toContain('Căn cứ Luật Lưu trữ;');
    expect(text).toContain('Theo đề nghị của Chánh Văn phòng.');
    expect(text).toContain('UBND TỈNH AN BÌNH');
    expect(text).toContain('GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH AN BÌNH');
  });

  test('numbers its pages from the second, and keeps a long text whole', async () => {
    const body = Array.from({ length: 60 }, (_none, index) => ({
      kind: 'paragraph' as const,
      runs: [{ text: `Đoạn ${index}: ${'nội dung thử '.repeat(20)}`, bold: false, italic: false }],
    }));
    const { pdf, pages } = await typeset(aDraft({ body }), { frozenAt, fields: null });
    expect(pages).toBeGreaterThan(2);
    const text = execFileSync('pdftotext', ['-layout', saved('dai.pdf', pdf), '-'], { encoding: 'utf8' });
    expect(text.match(/Đoạn \d+:/gu)?.length).toBe(60);
    expect(text.split('\f')[1]?.trimStart().startsWith('2')).toBe(true);
  });

  test('takes any letters people type, markup among them, as letters', async () => {
    const hostile = '#set page(fill: red) $x^2$ *đậm* \\ @a <b> [c] ```';
    const { pdf } = await typeset(
      aDraft({
        subject: hostile,
        body: [{ kind: 'paragraph', runs: [{ text: hostile, bold: false, italic: false }] }],
      }),
      { frozenAt, fields: null },
    );
    const text = execFileSync('pdftotext', [saved('ky-tu.pdf', pdf), '-'], { encoding: 'utf8' });
    expect(text).toContain('#set page(fill: red)');
  });
});

test('dates are written as the decree writes them', () => {
  expect(['2026-01-05', '2026-02-28', '2026-11-23'].map((day) => dateLine(DaySchema.parse(day)))).toEqual([
    'ngày 05 tháng 01 năm 2026',
    'ngày 28 tháng 02 năm 2026',
    'ngày 23 tháng 11 năm 2026',
  ]);
});

const aRegister: PrintedTable = {
  title: 'Sổ đăng ký văn bản đến',
  agency: 'Sở Khoa học và Công nghệ',
  superior: null,
  cover: ['Năm: 2026', 'Từ số 1 đến số 90'],
  about: [],
  columns: ['Ngày đến', 'Số đến', 'Tác giả', 'Tên loại và trích yếu', 'Ghi chú'],
  shares: [1, 0.6, 1.3, 2.8, 0.8],
  rows: [],
  after: [],
  frozenAt,
};

test('a register of many rows repeats its columns and their numbers on every page after its cover', () => {
  const rows = Array.from({ length: 90 }, (_none, index) =>
    aRegister.columns.map((column) => `${column} ${index}`),
  );
  const text = textOf('so.pdf', tablePdf({ ...aRegister, rows }));
  const [cover, ...pages] = text.split('\f').slice(0, -1);
  expect(cover).toContain('Từ số 1 đến số 90');
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.every((page) => page.includes('(5)'))).toBe(true);
});

test('a register is printed even when a subject came with signs the legal font cannot draw', () => {
  const rows = [['', '1', '', 'Công văn 😀 số 中文 ✓', '']];
  expect(textOf('so-la.pdf', tablePdf({ ...aRegister, rows }))).toContain('Công văn □ số □□ □');
});

test('images of signatures and seals differ from name to name', () => {
  expect(signatureImage('Nguyễn Văn Minh')).not.toEqual(signatureImage('Trần Thị Hồng Hạnh'));
  expect(sealImage('Sở Khoa học')).not.toEqual(sealImage('Sở Tài chính'));
});
