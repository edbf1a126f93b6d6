import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { instantFrom } from '#shared/kernel/public.ts';
import { writeMail } from '#shared/node/mail/public.ts';
import { lookAt } from './support/looking.ts';
import { morningPost } from './support/morning-post.ts';
import { signIn } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.goto(office.url);
  await signIn(page, 'clerk');
});
test.afterEach(async () => {
  await office.close();
});

test('the clerk sees by day what goes to the post, prints it and takes it away', async ({ page }) => {
  const faults: string[] = [];
  await page.getByRole('link', { name: 'Sổ đăng ký' }).click();
  await page.getByRole('combobox', { name: 'Sổ', exact: true }).click();
  await page.getByRole('option', { name: 'Sổ gửi văn bản đi bưu điện' }).click();
  await page.getByRole('textbox', { name: 'Từ ngày' }).fill('1/1');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('columnheader')).toHaveText([
    'Ngày chuyển',
    'Số, ký hiệu',
    'Nơi nhận',
    'Số lượng bì',
    'Ký nhận và dấu bưu điện',
    'Ghi chú',
  ]);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await lookAt(page, 'post-register', faults);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Xuất', exact: true }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const csv = readFileSync(await (await saving).path(), 'utf8');
  expect(csv).toContain('Ký nhận và dấu bưu điện');
  await page.getByRole('button', { name: 'Xuất', exact: true }).click();
  await page.getByRole('menuitem', { name: 'PDF (để in)' }).click();
  await expect(page.locator('.pdf-text').first()).toContainText('SỔ GỬI VĂN BẢN ĐI BƯU ĐIỆN');
  await page.screenshot({ path: 'test-results/screens/post-register-printed.png' });
  await page.getByRole('button', { name: 'Về sổ' }).click();
  expect(faults).toEqual([]);
});

test('a letter dropped at the door becomes a paper to register, and what is no PDF is named', async ({
  page,
}) => {
  const [first] = [...morningPost(1)];
  if (first === undefined) throw new Error('There is no post');
  const letter = writeMail({
    from: { name: 'Văn phòng Ủy ban nhân dân tỉnh An Bình', address: 'vanphong@anbinh.example' },
    to: [],
    subject: 'Gửi công văn',
    text: 'Kính gửi',
    sentAt: instantFrom(Date.now()),
    id: '1',
    attachments: [
      { name: 'công văn số 1.pdf', type: 'application/pdf', bytes: readFileSync(first) },
      { name: 'số liệu.xlsx', type: 'application/octet-stream', bytes: new Uint8Array([1, 2, 3]) },
    ],
  });
  await page.getByRole('link', { name: /Văn bản đến/ }).click();
  const choose = page.getByLabel('Chọn tệp');
  await choose.setInputFiles([
    { name: 'thư của tỉnh.eml', mimeType: 'message/rfc822', buffer: Buffer.from(letter) },
    { name: 'cụt.eml', mimeType: 'message/rfc822', buffer: Buffer.from(letter.subarray(0, 2000)) },
  ]);
  const progress = page.getByRole('region', { name: 'Nhận tệp' });
  await expect(progress).toContainText('2/3 xong');
  await expect(progress).toContainText('Không phải PDF nên không nhận: số liệu.xlsx.');
  await expect(progress).toContainText('công văn số 1.pdf');
  await expect(progress).toContainText('Thư “cụt.eml” bị cắt cụt');
  const faults: string[] = [];
  await lookAt(page, 'letter-at-the-door', faults);
  // The e-mail itself is kept with the paper: taken away as a file, never shown.
  await page.getByRole('button', { name: 'Ẩn danh sách này' }).click();
  await page.getByRole('option').first().click();
  await expect(page.getByText('Thư điện tử', { exact: true })).toBeVisible();
  await expect(page.getByText('nguyên thư như khi đến')).toBeVisible();
  await lookAt(page, 'letter-kept', faults);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'thư của tỉnh.eml' }).click();
  const saved = readFileSync(await (await saving).path());
  expect(Buffer.compare(saved, letter)).toBe(0);
  expect(faults).toEqual([]);
});

test('the letter of an issued document wants to know where it comes from, and says where to write it', async ({
  page,
}) => {
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await page.getByRole('option').filter({ hasText: 'Đã phát hành' }).first().click();
  await page.getByRole('button', { name: 'Lập thư điện tử (.eml)' }).click();
  await expect(page.getByText('Chưa biết địa chỉ thư điện tử của cơ quan mình.')).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/letter-out.png' });
});
