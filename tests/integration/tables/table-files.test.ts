import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InstantSchema } from '#shared/kernel/public.ts';
import { tableFile } from '#shared/node/tables/public.ts';
import type { PrintedTable } from '#shared/node/typesetting/public.ts';
import { officeFilesIn } from '../../support/office-files.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-bang-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = [
  ['007', '05/01/2026', 'Quyết định ủy quyền ký thừa lệnh; đường Nguyễn Huệ', ''],
  ['0012', '2026-02-30', '=HYPERLINK("http://x";"bấm")', '@SUM(A1)'],
  ['1E5', '+84 28', 'Ke\u0302\u0301 hoạch < & > "trích"', '-1'],
];
const table: PrintedTable = {
  title: 'Mục lục văn bản trong hồ sơ',
  agency: 'Sở Khoa học và Công nghệ',
  superior: 'Ủy ban nhân dân tỉnh An Bình',
  cover: null,
  about: ['Hồ sơ 01.VP: Hội nghị', 'Năm 2026'],
  columns: ['Số', 'Ngày tháng', 'Trích yếu', 'Ghi chú'],
  shares: [1, 1, 4, 1],
  rows,
  after: ['Mục lục này có 3 văn bản.'],
  frozenAt: InstantSchema.parse('2026-11-23T02:00:00.000Z'),
};
const shown = rows.map((row) => row.map((cell) => cell.normalize('NFC')));
const head = [table.columns, ['(1)', '(2)', '(3)', '(4)']];

test('the four forms have the same cells: letters, days, leading zeros, and nothing that would be computed', async () => {
  const read = officeFilesIn(folder);
  expect(read.docx(await tableFile(table, 'docx'))).toEqual([...head, ...shown]);
  const sheet = read.xlsx(await tableFile(table, 'xlsx'));
  expect(sheet.slice(-6)).toEqual([...head, ...shown, ['Mục lục này có 3 văn bản.']]);
  expect(sheet[2]?.[0]).toBe('MỤC LỤC VĂN BẢN TRONG HỒ SƠ');
  const [columns, ...cells] = read.csv(await tableFile(table, 'csv'));
  expect(columns).toEqual(table.columns);
  // CSV has no types, so what a spreadsheet would run carries the sign that makes it text.
  expect(cells).toEqual(shown.map((row) => row.map((cell) => (/^[=+\-@]/u.test(cell) ? `'${cell}` : cell))));
  const page = read.pdf(await tableFile(table, 'pdf')).replaceAll(/\s+/gu, ' ');
  for (const said of ['007', '0012', '=HYPERLINK', 'Kế hoạch < & > "trích"', 'ủy quyền ký thừa lệnh']) {
    expect(page).toContain(said);
  }
});

test('office files are A4 landscape, and their heading stands on every printed page', async () => {
  const { part } = officeFilesIn(folder);
  const text = part('hình.docx', await tableFile(table, 'docx'), 'word/document.xml');
  expect(/<w:pgSz [^>]*>/u.exec(text)?.[0]).toBe('<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>');
  expect(text.split('<w:tblHeader/>')).toHaveLength(3);
  const workbook = await tableFile(table, 'xlsx');
  expect(part('hình.xlsx', workbook, 'xl/worksheets/sheet1.xml')).toMatch(
    /<pageSetup paperSize="9" orientation="landscape"\/>/u,
  );
  // Superior, agency, title, two lines of what it is of, a blank one; then the heading and its numbers.
  expect(part('hình.xlsx', workbook, 'xl/workbook.xml')).toContain(
    `<definedName name="_xlnm.Print_Titles" localSheetId="0">'Mục lục văn bản trong hồ sơ'!$7:$8</definedName>`,
  );
});

test('a register has its cover in front of the table, in a text file as on paper', async () => {
  const register = { ...table, cover: ['Năm: 2026', 'Từ số 007 đến số 1E5'], about: [] };
  const read = officeFilesIn(folder);
  const file = await tableFile(register, 'docx');
  expect(read.docx(file)).toEqual([...head, ...shown]);
  const text = read.part('bìa.docx', file, 'word/document.xml');
  expect(text.indexOf('Từ số 007')).toBeLessThan(text.indexOf('w:tbl>'));
  const [cover, ...pages] = read.pdf(await tableFile(register, 'pdf')).split('\f');
  expect(cover).toContain('Từ số 007 đến số 1E5');
  expect(pages.join('')).not.toContain('Từ số 007 đến');
});

test('signs that no XML may hold are left out, and an empty table is a whole file', async () => {
  const { docx, xlsx } = officeFilesIn(folder);
  const dirty = { ...table, rows: [['\u0000a\uD800b', '\uFFFEc', 'd\u000Be', '\u202Ef']] };
  const clean = [['ab', 'c', 'de', 'f']];
  expect(docx(await tableFile(dirty, 'docx')).slice(2)).toEqual(clean);
  expect(xlsx(await tableFile(dirty, 'xlsx')).slice(-2, -1)).toEqual(clean);
  expect(docx(await tableFile({ ...table, rows: [] }, 'docx'))).toEqual(head);
  expect(xlsx(await tableFile({ ...table, rows: [] }, 'xlsx')).slice(-3, -1)).toEqual(head);
});
