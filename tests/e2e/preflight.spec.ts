import { cpSync, rmSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { doAct } from './support/act.ts';
import { lookAt, measureAt } from './support/looking.ts';
import { paperToSign } from './support/papers-to-sign.ts';
import { sampleWithPeers } from './support/peers-of-sample.ts';
import { samplePin, signIn, signOut } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

let desks: string;
let office: Office;

test.beforeAll(async () => {
  desks = await sampleWithPeers();
  office = await startOffice({
    empty: true,
    before: (folder) => {
      cpSync(desks, folder, { recursive: true });
    },
  });
});
test.afterAll(async () => {
  await office.close();
  rmSync(desks, { recursive: true, force: true });
});

test('what stands against sending is said before the PIN, and nothing goes until it is mended', async ({
  page,
}) => {
  const faults: string[] = [];
  await page.goto(office.url);
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await page
    .getByRole('option')
    .filter({ hasText: paperToSign(1) })
    .first()
    .click();
  await doAct(page, 'Cấp số, đóng dấu và phát hành');
  const dialog = page.getByRole('dialog');
  // The one among the recipients is chosen by itself; an agency nobody has compared the code with is not.
  await expect(dialog.getByRole('checkbox', { name: 'Ủy ban nhân dân xã An Phú' })).toBeChecked();
  const stranger = dialog.getByRole('checkbox', { name: 'Sở Nội vụ tỉnh An Bình' });
  await expect(stranger).not.toBeChecked();
  await stranger.check();
  const checks = dialog.getByRole('region', { name: 'Kiểm tra trước khi gửi' });
  await expect(checks).toContainText('2 điều phải sửa trước');
  await expect(checks).toContainText('Ủy ban nhân dân xã An Phú không nhận loại văn bản');
  await expect(checks).toContainText('Chưa đối chiếu mã với Sở Nội vụ tỉnh An Bình.');
  await lookAt(page, 'exchange-stopped', faults);
  await measureAt(page, 'exchange-stopped-enlarged', { size: { width: 911, height: 512 }, faults });
  await page.setViewportSize({ width: 1366, height: 768 });

  await dialog.getByLabel('Mã PIN của con dấu', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('region', { name: 'Tiến trình' })).toHaveCount(0);
  await expect(checks).toBeVisible();
  for (const leaveOut of [1, 2]) {
    await expect(checks).toContainText(`${3 - leaveOut} điều phải sửa trước`);
    await checks.getByRole('button', { name: 'Không gửi nơi này' }).first().click();
  }
  // The recipients stay, on paper.
  await expect(checks).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã phát hành.');
  expect(faults).toEqual([]);
});

test('what is wrong with a signed page goes back to its drafter before it has a number', async ({
  browser,
}) => {
  const page = await (await browser.newContext()).newPage();
  const other = await startOffice();
  await page.goto(other.url);
  const faults: string[] = [];
  const wrong = 'Phân công trực ứng cứu sự cố an toàn thông tin dịp cuối năm';
  await signIn(page, 'clerk');
  await page.getByRole('option').filter({ hasText: wrong }).click();
  await doAct(page, 'Trả lại để sửa');
  const dialog = page.getByRole('dialog', { name: 'Trả lại để sửa' });
  await dialog.getByLabel('Lý do').fill('Thiếu căn cứ ban hành.');
  await lookAt(page, 'outgoing-send-back', faults);
  await dialog.getByLabel('Lý do').focus();
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã trả lại người soạn.');
  await signOut(page);
  await signIn(page, 'officer');
  await page.getByRole('option').filter({ hasText: 'Sửa lại' }).filter({ hasText: wrong }).click();
  await expect(page.getByRole('article')).toContainText('Thiếu căn cứ ban hành.');
  expect(faults).toEqual([]);
  await page.close();
  await other.close();
});
