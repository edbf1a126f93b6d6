import { dirname } from 'node:path';
import { expect, test } from '@playwright/test';
import { openAgencyFolder } from '#server/main.ts';
import { instantFrom } from '#shared/kernel/public.ts';
import { agencyOfSample } from './support/agency-of-sample.ts';
import { lookAt, measureAt } from './support/looking.ts';
import { codeWith, meetAgencies } from './support/met-agencies.ts';
import { samplePassphrase, signIn } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

const usual = { width: 1366, height: 768 };
const province = 'Ủy ban nhân dân tỉnh An Bình';
const commune = 'Ủy ban nhân dân xã An Phú';

let office: Office | null = null;
test.beforeEach(async ({ page }) => {
  await page.setViewportSize(usual);
});
test.afterEach(async () => {
  await office?.close();
});

test('the administrator confirms an agency by the code both sides read, ends another, and says what is taken', async ({
  page,
}) => {
  office = await startOffice({ before: meetAgencies });
  await page.goto(office.url);
  const faults: string[] = [];
  await signIn(page, 'administrator');
  await page.getByRole('link', { name: 'Kết nối liên thông' }).click();
  await expect(page.getByText('Chờ xác nhận')).toHaveCount(3);
  await lookAt(page, 'connections', faults);

  const rowOf = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await rowOf(province).getByRole('button', { name: 'Đối chiếu mã' }).click();
  const dialog = page.getByRole('dialog', { name: `Đối chiếu mã với ${province}` });
  // What is to be heard is not there to be copied.
  await expect(dialog).not.toContainText(codeWith(province));
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Hãy gõ mã bên kia vừa đọc.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Mã bên kia đọc' }).fill(codeWith(commune));
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText(/Mã không khớp với/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Hiện mã để đọc cho bên kia' }).click();
  await expect(dialog).toContainText(codeWith(province));
  await lookAt(page, 'connections-compare', faults);
  await dialog.getByRole('textbox', { name: 'Mã bên kia đọc' }).fill(codeWith(province).replaceAll(' ', '-'));
  await page.keyboard.press('Control+Enter');
  await told(page, `Đã xác nhận ${province}.`);
  await expect(rowOf(province)).toContainText('Đã xác nhận');

  await rowOf(commune).getByRole('button', { name: 'Ngừng kết nối' }).click();
  await page.getByRole('textbox', { name: 'Lý do' }).fill('Đơn vị đã sáp nhập.');
  await page.keyboard.press('Control+Enter');
  await told(page, `Đã ngừng kết nối với ${commune}.`);
  await expect(rowOf(commune)).toContainText('Lý do ngừng: Đơn vị đã sáp nhập.');

  await page.getByRole('button', { name: 'Sửa phiếu năng lực' }).click();
  const card = page.getByRole('dialog', { name: 'Sửa phiếu năng lực' });
  await card.getByRole('textbox', { name: 'Định dạng tệp' }).fill('docx; .xlsx');
  await page.keyboard.press('Control+Enter');
  await expect(card.getByText(/phải có pdf/)).toHaveCount(2);
  await card.getByRole('textbox', { name: 'Định dạng tệp' }).fill('pdf; .XLSX');
  await card.getByRole('checkbox', { name: 'Hạn chế' }).uncheck();
  await card.getByRole('textbox', { name: 'Dung lượng lớn nhất' }).fill('50');
  await lookAt(page, 'connections-card', faults);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã sửa phiếu năng lực.');
  const own = page.getByRole('region', { name: 'Cơ quan mình nhận gì' });
  await expect(own).toContainText('.pdf .xlsx');
  await expect(own).toContainText('Công khai, Nội bộ');
  await expect(own).toContainText('50 MB');
  await lookAt(page, 'connections-after', faults);
  await measureAt(page, 'connections-enlarged', { size: { width: 911, height: 512 }, faults });
  expect(faults).toEqual([]);
});

test('what the gateway warned of is read at an administrator’s machine, in words that say what to do', async ({
  page,
}) => {
  const agency = await agencyOfSample(20_480, { before: ({ folder }) => meetAgencies(dirname(folder)) });
  try {
    const folder = openAgencyFolder(agency.data);
    const at = (hours: number) => instantFrom(Date.now() - hours * 3_600_000);
    const warned = { key: '1', peer: null, about: '7' };
    folder.exchange.alarm({ ...warned, at: at(30), code: 'exchange.hub-went-back' });
    folder.exchange.alarm({ ...warned, key: '2', at: at(1), code: 'exchange.of-tomorrow' });
    folder.close();
    const invitation = agency.invite('Đức Thắng');
    await agency.start();
    office = await startOffice({ empty: true });
    await page.goto(office.url);
    await page.getByRole('button', { name: 'Tham gia cơ quan của tôi' }).click();
    await page.getByLabel('Mã mời').fill(invitation);
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill(samplePassphrase);
    await page.getByLabel('Nhập lại mật khẩu mới').fill(samplePassphrase);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('link', { name: 'Quản trị' }).click();
    await page.getByRole('link', { name: 'Kết nối liên thông' }).click();
    const alarms = page.getByRole('region', { name: 'Cổng liên thông cảnh báo' });
    await expect(alarms.getByRole('listitem')).toHaveCount(2);
    await expect(alarms.getByRole('listitem').first()).toContainText(
      '“exchange.of-tomorrow” về trục liên thông',
    );
    await expect(alarms.getByRole('listitem').last()).toContainText('được phục hồi từ bản cũ');
    const faults: string[] = [];
    await alarms.scrollIntoViewIfNeeded();
    await lookAt(page, 'connections-alarms', faults);

    // Without the server the rest of the page is there, and says why this is not.
    await agency.stop();
    await page.reload();
    await expect(page.getByText(/Chưa xem được cảnh báo/)).toBeVisible();
    await expect(page.getByText('Chờ xác nhận')).toHaveCount(3);
    await page.screenshot({ path: 'test-results/screens/connections-away.png' });
    expect(faults).toEqual([]);
  } finally {
    await agency.remove();
  }
});
