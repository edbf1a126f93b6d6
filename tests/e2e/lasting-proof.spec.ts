import { expect, test, type Page } from '@playwright/test';
import { instantFrom } from '#shared/kernel/public.ts';
import { officePki } from '../support/pki/office-pki.ts';
import { timeStampers } from '../support/pki/time-stampers.ts';
import { startTsa, type Tsa } from '../support/pki/tsa.ts';
import { signIn, signOut } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

let office: Office;
let tsa: Tsa;
test.beforeEach(async ({ page }) => {
  const stampers = timeStampers(officePki().issuing);
  tsa = await startTsa({ stampers, signer: stampers.onP256, now: () => instantFrom(Date.now()) });
  office = await startOffice();
  await page.goto(office.url);
});
test.afterEach(async () => {
  await Promise.all([office.close(), tsa.close()]);
});

test('the administrator names a time-stamping service after trying it, and does without it again', async ({
  page,
}) => {
  await signIn(page, 'administrator');
  await open(page);
  const address = page.getByRole('textbox', { name: 'Địa chỉ dịch vụ' });
  await expect(page.getByRole('button', { name: 'Thử' })).toBeDisabled();
  await address.fill('ca.gov.vn/tsa');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Địa chỉ chưa đúng.')).toBeVisible();

  await address.fill('http://127.0.0.1:9/tsa');
  await page.getByRole('button', { name: 'Thử' }).click();
  await expect(page.getByRole('alert')).toContainText('127.0.0.1:9');
  await address.fill(tsa.url);
  await page.getByRole('button', { name: 'Thử' }).click();
  const trial = page.getByRole('status').filter({ hasText: 'Giờ của dịch vụ' });
  await expect(trial).toContainText('TSA 2');
  // It belongs to another agency's authority, which nobody here trusts.
  await expect(trial).toContainText('chưa tin cậy');

  await expect(page.getByRole('combobox', { name: 'Mức cần đạt' })).toHaveValue('B-LTA, lưu trữ lâu dài');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Văn bản ký từ bây giờ được đóng dấu thời gian.');
  await page.reload();
  await expect(address).toHaveValue(tsa.url);
  await address.fill('');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Văn bản được ký mà không đóng dấu thời gian.');
});

test('what was sealed is proven for years beside what was issued, and whoever asks is told why not yet', async ({
  page,
}) => {
  await signIn(page, 'administrator');
  await open(page);
  await expect(page.getByText('1 tệp: 1 B-B')).toBeVisible();
  const begin = page.getByRole('button', { name: 'Làm ngay' });
  await begin.hover();
  await expect(page.getByRole('tooltip')).toContainText('Chưa đặt dịch vụ dấu thời gian.');
  tsa.break('error-page');
  await page.getByRole('textbox', { name: 'Địa chỉ dịch vụ' }).fill(tsa.url);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Văn bản ký từ bây giờ được đóng dấu thời gian.');
  await begin.click();
  await expect(page.getByText(/127\.0\.0\.1:\d+ từ chối yêu cầu/u)).toBeVisible();
  await expect(page.getByText('Tự thử lại')).toBeVisible();

  tsa.break(null);
  await begin.click();
  await expect(page.getByText('1 tệp: 1 B-LTA')).toBeVisible();
  await expect(page.getByText('Lần gần nhất: 1/1 tệp')).toBeVisible();
  await signOut(page);

  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await page.getByRole('option', { name: /đề xuất nhiệm vụ chuyển đổi số/ }).click();
  await expect(page.getByText(/Bản lưu đạt B-LTA, gia hạn trước/)).toBeVisible();
  await page.getByRole('tab', { name: 'Diễn biến' }).click();
  await expect(page.getByText(/bổ sung chứng cứ lâu dài vào bản lưu, mức B-LTA/)).toBeVisible();
});

async function open(page: Page): Promise<void> {
  await page.goto(new URL('/quan-tri/co-quan', page.url()).href);
  await page.getByRole('link', { name: 'Giá trị chứng minh' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Giá trị chứng minh' })).toBeVisible();
}
