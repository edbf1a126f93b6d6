import { expect, test } from '@playwright/test';
import { go } from './support/go.ts';
import { lookAt } from './support/looking.ts';
import { signIn, signOut } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

test('what one opens another finds in the log, and a changed right waits for a second pair of eyes', async ({
  page,
}) => {
  const faults: string[] = [];
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /^Văn bản đến/ }).click();
  await page.locator('.dense-list .dense-row').first().click();
  await page.getByRole('tab', { name: 'Liên quan' }).click();
  await expect(page.getByText(/1 lượt truy cập, 1 người/)).toBeVisible();
  await lookAt(page, 'paper-history', faults);
  await signOut(page);

  await signIn(page, 'administrator');
  await go(page, 'gn', 'Nhật ký');
  // Who reads no papers sees that one was opened, and not which.
  await expect(page.getByText(/Văn bản ngoài quyền đọc/).first()).toBeVisible();
  await page.goto(new URL('/quan-tri/nguoi-dung', page.url()).href);
  await page.getByText('Bùi Thị Ngọc').first().click();
  await page.getByRole('button', { name: /^Sửa/ }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: 'Văn thư' }).check();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await page.goto(new URL('/nhat-ky', page.url()).href);
  await page.getByText('Thay đổi quyền (1 chờ xác nhận)').click();
  await expect(page.getByText('Chờ người khác')).toBeVisible();
  await signOut(page);

  await signIn(page, 'chief');
  await go(page, 'gn', 'Nhật ký');
  await lookAt(page, 'access-log-lines', faults);
  await page.getByText('Theo văn bản').click();
  await lookAt(page, 'access-log-counts', faults);
  await page.getByText('Thay đổi quyền (1 chờ xác nhận)').click();
  await lookAt(page, 'access-log-rights', faults);
  await page.getByRole('button', { name: 'Xác nhận', exact: true }).click();
  await expect(page.getByText('Mọi thay đổi quyền đã được xác nhận')).toBeVisible();
  expect(faults).toEqual([]);
});
