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
  const printing = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'In', exact: true }).press('Enter');
  expect(words(await (await printing).path())).toMatch(/In từ hệ thống Ấn Tín · .* · \d\d:\d\d \d\d\//u);
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Xuất bản gốc' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toContain('lúc Nguyễn Văn Minh ký.pdf');
  // The leader signed a page whose number was still to come.
  expect(words(await saved.path())).toMatch(/Số:\s+\/SKHCN-CĐS/u);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a clerk puts what the signatures say on paper, under the seal or without it', async ({ page }) => {
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await page.getByRole('option').filter({ hasText: '01/SKHCN-CĐS' }).click();
  await page.getByRole('tab', { name: /Chữ ký/ }).click();
  await page.getByRole('button', { name: 'Lập báo cáo chưa đóng dấu' }).press('Enter');
  const report = page.getByRole('dialog', { name: /Báo cáo kiểm tra chữ ký –/ });
  await expect(report).toContainText('Chưa đóng dấu, chỉ để tham khảo');
  await expect(report.locator('.pdf-text').first()).toContainText('Chưa đóng dấu');
  await page.keyboard.press('Escape');
  await expect(report).toBeHidden();

  await page.getByRole('button', { name: 'Lập báo cáo có đóng dấu' }).press('Enter');
  const moment = page.getByRole('dialog', { name: 'Lập báo cáo có đóng dấu' });
  await moment.getByLabel('Mã PIN', { exact: true }).fill('000000');
  await page.keyboard.press('Control+Enter');
  await expect(moment).toContainText('Mã PIN không đúng');
  await moment.getByLabel('Mã PIN', { exact: true }).fill('246810');
  await page.keyboard.press('Control+Enter');
  await expect(report).toContainText('Đã đóng dấu của Sở Khoa học và Công nghệ tỉnh An Bình');
  await expect(report.locator('.pdf-text').first()).toContainText('Mọi chữ ký đều hợp lệ');
  const saving = page.waitForEvent('download');
  await report.getByRole('button', { name: 'Lưu tệp' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/^Báo cáo kiểm tra chữ ký – .*\.pdf$/u);
  expect(words(await saved.path())).toMatch(/Nguyễn Văn Minh ký, cho Sở Khoa học/u);
  expect(execFileSync('pdfsig', ['-nocert', await saved.path()], { encoding: 'utf8' })).toContain(
    'Signature is Valid',
  );
});

test('a leader, who has no seal, is offered the report without it', async ({ page }) => {
  await signIn(page, 'leader');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await page.getByRole('option').filter({ hasText: '01/SKHCN-CĐS' }).click();
  await page.getByRole('tab', { name: /Chữ ký/ }).click();
  await expect(page.getByRole('button', { name: 'Lập báo cáo chưa đóng dấu' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lập báo cáo có đóng dấu' })).toBeHidden();
});

function words(path: string): string {
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
}
