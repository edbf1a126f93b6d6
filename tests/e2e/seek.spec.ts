import { expect, test } from '@playwright/test';
import { lookAt } from './support/looking.ts';
import { signIn } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

test('a question of several conditions is asked, kept under a name, asked again and taken out', async ({
  page,
}) => {
  const faults: string[] = [];
  await signIn(page, 'clerk');
  await page.goto(new URL('/tra-cuu', page.url()).href);
  await expect(page.getByRole('heading', { level: 1, name: 'Tra cứu' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Giá trị' }).fill('kiem tra');
  await expect(page.getByText('Lịch kiểm tra công tác kiểm soát thủ tục hành chính')).toBeVisible();
  await page.getByRole('button', { name: 'Và' }).click();
  await page.getByRole('combobox', { name: 'Trường' }).nth(1).click();
  await page.getByRole('option', { name: 'Loại', exact: true }).click();
  await page.getByRole('combobox', { name: 'Phép so' }).nth(1).click();
  await page.getByRole('option', { name: 'bằng', exact: true }).click();
  await page.getByRole('combobox', { name: 'Giá trị' }).click();
  await page.getByRole('option', { name: 'Văn bản đi' }).click();
  await expect(page.getByText('Lịch kiểm tra công tác kiểm soát thủ tục hành chính')).toBeHidden();
  await page.getByRole('combobox', { name: 'Phép so' }).nth(1).click();
  await page.getByRole('option', { name: 'khác', exact: true }).click();
  await expect(page.getByText('Lịch kiểm tra công tác kiểm soát thủ tục hành chính')).toBeVisible();
  await lookAt(page, 'seek-asked', faults);

  await page.getByRole('button', { name: 'Câu hỏi đã lưu' }).click();
  await page.getByRole('menuitem', { name: 'Lưu câu hỏi này' }).click();
  await page.getByRole('dialog').getByLabel('Tên câu hỏi').fill('Kiểm tra, trừ văn bản đi');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.reload();
  await page.getByRole('button', { name: 'Câu hỏi đã lưu' }).click();
  await page.getByRole('menuitem', { name: 'Kiểm tra, trừ văn bản đi', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Giá trị' }).first()).toHaveValue('kiem tra');
  await page.getByRole('button', { name: 'Xuất', exact: true }).click();
  const going = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /Word/ }).click();
  expect((await going).suggestedFilename()).toBe('Kết quả tra cứu.docx');
  expect(faults).toEqual([]);
});
