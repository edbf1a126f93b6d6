import { expect, type Page } from '@playwright/test';

/** The people of the sample department whom the tests sit down as, by the letters they type. */
export const people = {
  clerk: 'thi lan',
  leader: 'nguyen van minh',
  deputy: 'hong hanh',
  unitHead: 'minh tuan',
  officer: 'thi ngoc',
  chief: 'thu ha',
  archivist: 'thi bich',
  administrator: 'duc thang',
} as const;

export const samplePassphrase = 'AnTin@2026';
export const samplePin = '246810';

/** Sits down at the desk with the keyboard: two letters of the name, passphrase, Enter. */
export async function signIn(page: Page, who: keyof typeof people): Promise<void> {
  const name = page.getByRole('textbox', { name: 'Họ và tên' });
  await name.fill(people[who]);
  await expect(page.getByRole('option')).not.toHaveCount(0);
  await name.press('Enter');
  await page.getByLabel('Mật khẩu', { exact: true }).fill(samplePassphrase);
  await page.keyboard.press('Enter');
  // An administrator reads no papers and starts elsewhere.
  await expect(page.getByRole('button', { name: /đổi mật khẩu, đăng xuất/ })).toBeVisible();
  if (who !== 'administrator') {
    await expect(page.getByRole('heading', { level: 1, name: 'Việc của tôi' })).toBeVisible();
  }
}

export async function signOut(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /đổi mật khẩu, đăng xuất/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await expect(page.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible();
}
