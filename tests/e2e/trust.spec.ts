import { expect, test } from '@playwright/test';
import { issueAgencyCa, issueCrl } from '#shared/node/pdf-signing/public.ts';
import { instantFrom } from '#shared/kernel/public.ts';
import { pem } from '../support/pem.ts';
import { signIn } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

test('an administrator believes an authority after reading its fingerprint, loads its list, and takes it back', async ({
  page,
}) => {
  const hour = 3_600_000;
  const validFrom = instantFrom(Math.floor(Date.now() / 1000) * 1000 - hour);
  const ca = issueAgencyCa({ agencyName: 'Chứng thực công vụ', country: 'VN', validFrom, years: 5 });
  const until = instantFrom(Math.floor(Date.now() / 1000) * 1000 + 24 * hour);
  const crl = issueCrl({ ca, number: 1, at: validFrom, nextUpdate: until, revoked: [] });
  await signIn(page, 'administrator');
  await page.getByRole('link', { name: 'Nơi tin cậy' }).click();
  await expect(page.getByText('Chưa có gốc nào ngoài gốc của các cơ quan trong danh bạ.')).toBeVisible();

  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Thêm từ tệp' }).press('Enter');
  const file = {
    mimeType: 'application/x-x509-ca-cert',
    buffer: Buffer.from(pem('CERTIFICATE', ca.certificateDer)),
  };
  await (await choosing).setFiles([{ ...file, name: 'goc.pem' }]);
  const dialog = page.getByRole('dialog', { name: 'Thêm chứng thư gốc' });
  await expect(dialog).toContainText('Chứng thực công vụ');
  const fingerprint = (await dialog.locator('.trust-fingerprint').textContent()) ?? '';
  const ends = dialog.getByLabel('8 ký tự cuối của dấu vân tay');
  await expect(ends).toBeFocused();
  await page.keyboard.type('00000000');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText('Không khớp với dấu vân tay');
  await ends.fill(fingerprint.slice(-8));
  await page.keyboard.press('Control+Enter');
  await told(page, /^Đã tin “Chứng thực công vụ/);
  await expect(dialog).toBeHidden();

  await page
    .getByRole('region', { name: /Danh sách thu hồi/ })
    .locator('input[type="file"]')
    .setInputFiles([{ name: 'danh-sach.crl', mimeType: 'application/pkix-crl', buffer: Buffer.from(crl) }]);
  await expect(page.getByText(/0 chứng thư bị thu hồi/)).toBeVisible();

  await page.getByRole('button', { name: 'Thôi tin' }).press('Enter');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Lý do' }).fill('Nơi cấp ngừng dịch vụ.');
  await page.keyboard.press('Control+Enter');
  await told(page, /^Đã thôi tin “Chứng thực công vụ/);
  await expect(page.getByText('Chưa có gốc nào ngoài gốc của các cơ quan trong danh bạ.')).toBeVisible();
});
