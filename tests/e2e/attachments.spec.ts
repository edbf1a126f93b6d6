import { execFileSync } from 'node:child_process';
import { expect, test, type Page } from '@playwright/test';
import { PDFDocument, degrees } from 'pdf-lib';
import { doAct } from './support/act.ts';
import { signIn, signOut, type people } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

const samplePin = '246810';
const subject = 'Thành lập Tổ công tác rà soát dữ liệu dùng chung';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

test('an appendix filed apart goes the whole way and comes out sealed, with number and time on its page', async ({
  page,
}) => {
  await signIn(page, 'officer');
  await page.getByRole('option', { name: subject }).click();
  await doAct(page, 'Sửa lại');
  await page.getByRole('tab', { name: /Tệp kèm theo/ }).click();
  await page
    .getByRole('tabpanel', { name: /Tệp kèm theo/ })
    .locator('input[type="file"]')
    .setInputFiles([
      { name: 'phu-luc.pdf', mimeType: 'application/pdf', buffer: await appendix() },
      { name: 'so-lieu.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') },
    ]);
  await expect(page.getByRole('list', { name: 'Tệp kèm theo' }).getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: /^Trình/ }).click();
  await expect(page.getByRole('dialog', { name: 'Trình dự thảo' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog', { name: 'Trình dự thảo' })).toBeHidden();
  await pass(page, 'unitHead', 'Duyệt');
  await pass(page, 'chief', 'Cho ý kiến');

  await open(page, 'leader');
  await page.getByRole('toolbar').getByRole('button', { name: 'Ký', exact: true }).click();
  await page.getByLabel('Mã PIN', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã ký.');

  await open(page, 'clerk');
  await page.getByRole('button', { name: 'Cấp số, đóng dấu và phát hành' }).click();
  await page.getByRole('textbox', { name: /^Phát hành đến/ }).fill('Ủy ban nhân dân tỉnh An Bình');
  await page.getByLabel('Mã PIN của con dấu', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã phát hành.');

  await expect(page.getByText('Đã ký số của cơ quan, ghi ở góc trên bên phải trang đầu')).toHaveCount(1);
  await page.getByRole('button', { name: 'phu-luc.pdf' }).click();
  const sheet = page.getByRole('dialog', { name: 'phu-luc.pdf' });
  await expect(sheet).toContainText('Mọi chữ ký đều hợp lệ');
  await expect(sheet).toContainText('Sở Khoa học và Công nghệ');
  const saved = page.waitForEvent('download');
  await sheet.getByRole('button', { name: 'Xuất bản gốc' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('phu-luc.pdf');
  const shown = execFileSync('pdftotext', [await file.path(), '-'], { encoding: 'utf8' });
  expect(shown).toMatch(/\d+\/QĐ-\S+; \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d \+07:00/u);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

async function open(page: Page, who: keyof typeof people): Promise<void> {
  await signOut(page);
  await signIn(page, who);
  await page.getByRole('option', { name: subject }).click();
}

async function pass(page: Page, who: 'unitHead' | 'chief', act: string): Promise<void> {
  await open(page, who);
  await page.getByRole('button', { name: act, exact: true }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Đồng ý.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** A table turned on its side, as they often are. */
async function appendix(): Promise<Buffer> {
  const made = await PDFDocument.create();
  const sheet = made.addPage([595, 842]);
  sheet.setRotation(degrees(90));
  sheet.drawText('PHU LUC', { x: 250, y: 400, size: 20, rotate: degrees(90) });
  return Buffer.from(await made.save());
}
