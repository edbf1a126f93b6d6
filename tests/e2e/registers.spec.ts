import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { signIn, signOut } from './support/people.ts';
import { startOffice } from './support/start-office.ts';

/** NĐ 30 PL4: exactly these, in this order. */
const arrivalColumns = [
  'Ngày đến',
  'Số đến',
  'Tác giả',
  'Số, ký hiệu văn bản',
  'Ngày tháng văn bản',
  'Tên loại và trích yếu',
  'Đơn vị hoặc người nhận',
  'Ngày chuyển',
  'Ký nhận',
  'Ghi chú',
];

test('a clerk reads the register in the columns of the law, prints it and takes it away', async ({
  page,
}) => {
  const office = await startOffice();
  await page.goto(office.url);
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: 'Sổ đăng ký' }).click();
  await expect(page.getByRole('columnheader')).toHaveText(arrivalColumns);
  await expect(page.getByRole('row')).toHaveCount(11);
  await page.getByRole('combobox', { name: 'Thêm cột' }).click();
  await page.getByRole('option', { name: 'Người đang giữ' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader')).toHaveCount(11);

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Xuất', exact: true }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const csv = readFileSync(await (await saving).path(), 'utf8');
  // A mark first, so that spreadsheets read the letters as they are.
  expect(csv.startsWith('\uFEFF')).toBe(true);
  const [head = '', first = ''] = csv.slice(1).split(/\r?\n/u);
  for (const column of arrivalColumns) expect(head).toContain(column);
  expect(first).toContain('482/UBND-KGVX');

  // By keyboard alone, as the same table for a text program.
  const writing = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Xuất', exact: true }).press('Enter');
  await expect(page.getByRole('menuitem', { name: 'PDF (để in)' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const written = await writing;
  expect(written.suggestedFilename()).toMatch(/^Sổ đăng ký văn bản đến \d{4}\.docx$/u);
  expect(
    execFileSync('unzip', ['-p', await written.path(), 'word/document.xml'], { encoding: 'utf8' }),
  ).toContain('482/UBND-KGVX');

  await page.getByRole('button', { name: 'Xuất', exact: true }).click();
  await page.getByRole('menuitem', { name: 'PDF (để in)' }).click();
  await expect(page.locator('.pdf-text').first()).toContainText('SỔ ĐĂNG KÝ VĂN BẢN ĐẾN');
  const printing = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Lưu tệp PDF' }).click();
  const path = await (await printing).path();
  expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain(
    'No syntax or stream encoding errors',
  );
  expect(execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })).toContain('1156/STC-NS');
  await page.getByRole('button', { name: 'Về sổ' }).click();
  await expect(page.getByRole('row')).toHaveCount(11);

  // The report on how they are dealt with is another book of the same screen (NĐ 30 PL4 V).
  await page.getByRole('combobox', { name: 'Sổ', exact: true }).click();
  await page.getByRole('option', { name: 'Báo cáo tình hình giải quyết văn bản đến' }).click();
  await expect(page.getByRole('columnheader')).toHaveText([
    'Số đến',
    'Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản',
    'Đơn vị hoặc người nhận',
    'Thời hạn giải quyết',
    'Tiến độ giải quyết',
    'Số, ký hiệu văn bản trả lời',
    'Ghi chú',
  ]);
  await expect(page.getByRole('row')).toHaveCount(11);

  // A leader reads it and does not take it away.
  await signOut(page);
  await signIn(page, 'leader');
  await page.getByRole('link', { name: 'Sổ đăng ký' }).click();
  await expect(page.getByRole('row')).toHaveCount(11);
  await expect(page.getByRole('button', { name: 'Xuất', exact: true })).toHaveCount(0);
  await office.close();
});
