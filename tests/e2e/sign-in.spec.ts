import { expect, test } from '@playwright/test';
import { people, samplePassphrase, signIn, signOut } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

test('a machine without any agency offers sample data, and says what joining one takes', async ({ page }) => {
  const office = await startOffice({ empty: true });
  await page.goto(office.url);
  await expect(page.getByText('Tham gia cơ quan của tôi')).toBeVisible();
  await page.getByRole('button', { name: 'Dùng thử với dữ liệu mẫu' }).click();
  await expect(page.getByRole('status')).toContainText('Đang lập hai cơ quan mẫu');
  await expect(page.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible({ timeout: 240_000 });
  await expect(page.getByText(samplePassphrase)).toBeVisible();
  await signIn(page, 'clerk');
  await office.close();
});

test.describe('at a desk with several people', () => {
  let office: Office;
  test.beforeEach(async ({ page }) => {
    office = await startOffice();
    await page.goto(office.url);
  });
  test.afterEach(async () => {
    await office.close();
  });

  test('one person leaves and another sits down, each with their own places', async ({ page }) => {
    await signIn(page, 'clerk');
    await expect(page.getByRole('navigation').getByText('Đỗ Thị Lan')).toBeVisible();
    await signOut(page);
    await signIn(page, 'leader');
    await expect(page.getByRole('navigation').getByText('Nguyễn Văn Minh')).toBeVisible();
  });

  test('a wrong passphrase says how many tries are left, and the fifth locks', async ({ page }) => {
    const name = page.getByRole('textbox', { name: 'Họ và tên' });
    await name.fill(people.officer);
    await name.press('Enter');
    const secret = page.getByLabel('Mật khẩu', { exact: true });
    for (const left of [4, 3, 2, 1]) {
      await secret.fill('Sai-mat-khau-1');
      await secret.press('Enter');
      await expect(page.getByText(`Còn ${left} lần thử`)).toBeVisible();
    }
    await secret.fill('Sai-mat-khau-1');
    await secret.press('Enter');
    await expect(page.getByText(/bị khóa đến/).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Vào làm việc' })).toBeDisabled();
  });

  test('a new passphrase opens the desk, and the old one does not', async ({ page }) => {
    await signIn(page, 'clerk');
    await page.getByRole('button', { name: /đổi mật khẩu, đăng xuất/ }).click();
    await page.getByRole('menuitem', { name: 'Đổi mật khẩu' }).click();
    await page.getByLabel('Mật khẩu đang dùng').fill(samplePassphrase);
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill('Van-Thu#2027');
    await page.getByLabel('Nhập lại mật khẩu mới').fill('Van-Thu#2027');
    await page.keyboard.press('Control+Enter');
    await told(page, 'Đã đổi mật khẩu.');
    await signOut(page);
    const secret = page.getByLabel('Mật khẩu', { exact: true });
    await secret.fill(samplePassphrase);
    await secret.press('Enter');
    await expect(page.getByText('Còn 4 lần thử')).toBeVisible();
    await secret.fill('Van-Thu#2027');
    await secret.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Việc của tôi' })).toBeVisible();
  });
});
