import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
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

test('the signatures of an issued paper are told in plain words, and what the leader signed can be seen', async ({
  page,
}) => {
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await page.getByRole('option').filter({ hasText: '01/SKHCN-CĐS' }).click();
  await page.getByRole('tab', { name: /Chữ ký/ }).click();
  const leader = page.getByRole('region', { name: /Nguyễn Văn Minh ký/ });
  await expect(leader).toContainText('cho Sở Khoa học và Công nghệ tỉnh An Bình');
  await expect(leader).toContainText('Hợp lệ');
  await expect(leader).toContainText(/Sau đó: điền số 01; ghi ngày .*; đóng dấu Sở Khoa học và Công nghệ/);
  await expect(leader.getByText('TOTAL-PASSED')).toBeHidden();
  await leader.getByText('Chi tiết kỹ thuật').click();
  await expect(leader.getByText('TOTAL-PASSED')).toBeVisible();

  await leader.getByRole('button', { name: 'Xem bản lúc ký' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: /lúc Nguyễn Văn Minh ký/ });
  await expect(dialog).toContainText('đúng từng byte những gì Nguyễn Văn Minh đã ký');
  await expect(dialog.locator('.pdf-text').first()).toContainText('/SKHCN-CĐS');
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Lưu tệp' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toContain('lúc Nguyễn Văn Minh ký.pdf');
  // The leader signed a page whose number was still to come.
  expect(words(await saved.path())).toMatch(/Số:\s+\/SKHCN-CĐS/u);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

function words(path: string): string {
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
}
