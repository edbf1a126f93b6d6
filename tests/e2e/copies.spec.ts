import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { PDFDocument } from 'pdf-lib';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import { InstantSchema } from '#shared/kernel/public.ts';
import { doAct } from './support/act.ts';
import { lookAt } from './support/looking.ts';
import { signIn } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';
import { showOnly } from './support/show-only.ts';

const samplePin = '246810';
const notation = '77/QĐ-SYT';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

test('the clerk copies a digitised letter whole and in part, keeps the copies, and voids one', async ({
  page,
}) => {
  const faults: string[] = [];
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Văn bản đến/ }).click();
  await page
    .getByLabel('Chọn tệp')
    .setInputFiles([{ name: 'ban-quet.pdf', mimeType: 'application/pdf', buffer: await scanned() }]);
  await told(page, 'Đã nhận 1 tệp, chờ vào sổ.');
  await showOnly(page, 'Chờ vào sổ');
  await page.getByRole('option').filter({ hasText: notation }).click();
  await expect(page.getByRole('textbox', { name: 'Số, ký hiệu' })).toHaveValue(notation);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('option').filter({ hasText: notation })).toHaveCount(0);
  await showOnly(page, 'Tất cả');
  await page.getByRole('option').filter({ hasText: notation }).click();

  await doAct(page, 'Sao văn bản');
  const dialog = page.getByRole('dialog', { name: /^Sao văn bản/ });
  await expect(dialog).toContainText('từ 200 dpi');
  await expect(dialog.getByRole('radio', { name: 'Sao y' })).toBeChecked();
  await dialog.getByRole('textbox', { name: 'Nơi nhận bản sao' }).fill('Phòng Văn hóa – Xã hội xã Tân An');
  await dialog.getByLabel('Mã PIN của con dấu', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã làm bản sao.');

  await doAct(page, 'Sao văn bản');
  await dialog.getByText('Trích sao', { exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Trang trích sao' }).fill('2-3');
  await dialog.getByRole('textbox', { name: 'Nơi nhận bản sao' }).fill('Ủy ban nhân dân xã Tân An');
  await dialog.getByLabel('Mã PIN của con dấu', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText('Hãy thêm trang 1.');
  await dialog.getByRole('textbox', { name: 'Trang trích sao' }).fill('1, 3');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();

  const copies = page.getByRole('region', { name: 'Bản sao' });
  await expect(copies).toContainText('01/SY-SKHCN');
  await expect(copies).toContainText(/02\/TrS-SKHCN.*trang 1, 3/);
  await copies.getByRole('button', { name: /^trich-sao-/ }).click();
  const sheet = page.getByRole('dialog', { name: /^trich-sao-/ });
  await expect(sheet).toContainText('Mọi chữ ký đều hợp lệ');
  const saved = page.waitForEvent('download');
  await sheet.getByRole('button', { name: 'Xuất bản gốc' }).click();
  const said = execFileSync('pdftotext', [await (await saved).path(), '-'], { encoding: 'utf8' });
  expect(said.replaceAll('\n', ' ')).toMatch(
    /Trích sao \(chuyển từ văn bản giấy\); Sở Khoa học và Công nghệ tỉnh An Bình; \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d \+07:00/u,
  );
  expect([said.includes('QĐ-SYT'), said.includes('TO SO 2'), said.includes('TO SO 3')]).toEqual([
    true,
    false,
    true,
  ]);
  await page.keyboard.press('Escape');

  // Onto paper: no key, the number at once, and the pages with the sheet of a copy behind them.
  await doAct(page, 'Sao văn bản');
  await dialog.getByRole('radio', { name: 'Giấy, in rồi ký tay và đóng dấu' }).press('Space');
  await expect(dialog.getByLabel('Mã PIN của con dấu', { exact: true })).toHaveCount(0);
  await dialog.getByRole('textbox', { name: 'Nơi nhận bản sao' }).fill('Ủy ban nhân dân xã Tân An');
  await lookAt(page, 'copy-on-paper', faults);
  await page.keyboard.press('Control+Enter');
  await expect(copies).toContainText('03/SY-SKHCN');
  await lookAt(page, 'copies-list', faults);
  const printing = page.waitForEvent('download');
  await copies.getByRole('button', { name: 'In bản sao 03/SY-SKHCN' }).press('Enter');
  const printed = execFileSync('pdftotext', [await (await printing).path(), '-'], { encoding: 'utf8' });
  expect([printed.includes('TO SO 3'), printed.includes('Số: 03/SY-SKHCN')]).toEqual([true, true]);

  await copies.getByRole('button', { name: 'Hủy bản sao 01/SY-SKHCN' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Lý do' }).fill('Sao nhầm văn bản.');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã hủy bản sao 01/SY-SKHCN.');
  await expect(copies).toContainText('Đã hủy: Sao nhầm văn bản.');
  await page.getByRole('tab', { name: /Diễn biến/ }).click();
  await expect(page.getByRole('list', { name: 'Diễn biến' })).toContainText('hủy bản sao số 01/SY-SKHCN');

  await page.getByRole('link', { name: 'Sổ đăng ký' }).click();
  await page.getByRole('combobox', { name: 'Sổ', exact: true }).click();
  await page.getByRole('option', { name: 'Sổ đăng ký bản sao' }).click();
  await expect(page.getByText('01/SY-SKHCN', { exact: true })).toBeVisible();
  await expect(page.getByText('Đã hủy: Sao nhầm văn bản.')).toBeVisible();
  expect(faults).toEqual([]);
});

/** A letter whose paper was digitised, with two sheets more behind it; it carries no signature. */
async function scanned(): Promise<Buffer> {
  const [first] = sampleLetters;
  if (first === undefined) throw new Error('there are no sample letters');
  const at = InstantSchema.parse(new Date().toISOString());
  const made = await PDFDocument.load(await letterPdf({ ...first, number: '77', symbol: 'QĐ-SYT' }, at));
  for (const sheet of ['TO SO 2', 'TO SO 3']) {
    made.addPage([595, 842]).drawText(sheet, { x: 250, y: 600, size: 20 });
  }
  return Buffer.from(await made.save());
}
