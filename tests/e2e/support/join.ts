import { expect, type Page } from '@playwright/test';
import { samplePassphrase } from './people.ts';

/** Pastes an invitation at a machine that has just been opened, and is at the desk once everything has come over. */
export async function join(page: Page, invitation: string): Promise<void> {
  await page.getByRole('button', { name: /^Tham gia cơ quan (khác bằng mã mời|của tôi)/ }).click();
  await page.getByLabel('Mã mời').fill(invitation);
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill(samplePassphrase);
  await page.getByLabel('Nhập lại mật khẩu mới').fill(samplePassphrase);
  await page.keyboard.press('Control+Enter');
  const inOffice = page.getByRole('button', { name: /đổi mật khẩu, đăng xuất/ });
  await expect(inOffice).toBeVisible({ timeout: 120_000 });
}
