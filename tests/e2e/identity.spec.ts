import { expect, test, type Browser, type Page } from '@playwright/test';
import {
  clientId,
  clientSecret,
  startIdentityProvider,
  type IdentityProvider,
} from '../support/identity-provider.ts';
import { agencyOfSample, type AgencyOfSample } from './support/agency-of-sample.ts';
import { lookAt } from './support/looking.ts';
import { samplePassphrase as passphrase } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

test.describe.configure({ mode: 'serial' });
let agency: AgencyOfSample;
let provider: IdentityProvider;
const offices: Office[] = [];
const faults: string[] = [];
let administrator: Page;
let clerk: Page;
let picture: Buffer;

test.beforeAll(async ({ browser }) => {
  provider = await startIdentityProvider(20_477);
  provider.accounts.set('lan', { cccd: '079085001234' });
  agency = await agencyOfSample(20_476);
  const invitation = agency.invite('Đức Thắng');
  await agency.start();
  administrator = await machine(browser);
  await administrator.getByRole('button', { name: 'Tham gia cơ quan của tôi' }).click();
  await administrator.getByLabel('Mã mời').fill(invitation);
  await choosePassphrase(administrator);
  await expect(inOffice(administrator)).toBeVisible();
});
test.afterAll(async () => {
  for (const office of offices) await office.close();
  await agency.remove();
  await provider.stop();
});

async function machine(browser: Browser): Promise<Page> {
  const office = await startOffice({ empty: true });
  offices.push(office);
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
  await page.goto(office.url);
  return page;
}

async function choosePassphrase(page: Page): Promise<void> {
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill(passphrase);
  await page.getByLabel('Nhập lại mật khẩu mới').fill(passphrase);
  await page.keyboard.press('Control+Enter');
}

const inOffice = (page: Page) => page.getByRole('button', { name: /đổi mật khẩu, đăng xuất/ });

/** At the provider's own page, which opened in the browser. */
async function signInThere(page: Page, begin: () => Promise<void>): Promise<void> {
  const opening = page.context().waitForEvent('page');
  await begin();
  const there = await opening;
  await there.getByPlaceholder('Enter any login').fill('lan');
  await there.getByPlaceholder('and password').fill('x');
  await there.getByRole('button', { name: /sign-in/i }).click();
  await there.getByRole('button', { name: /continue/i }).click();
  await expect(there.getByText('Đã xong ở nơi định danh')).toBeVisible();
  await there.close();
}

test('the administrator tries a provider, arranges it, and notes by what number it knows somebody', async () => {
  await administrator.getByRole('link', { name: 'Quản trị' }).click();
  await administrator.getByRole('link', { name: 'Đăng nhập', exact: true }).click();
  await administrator.getByLabel('Tên hiện trên nút').fill('tài khoản tỉnh');
  await administrator.getByLabel('Địa chỉ nơi cấp (issuer)').fill(provider.issuer);
  await administrator.getByLabel('Mã ứng dụng (client ID)').fill(clientId);
  await administrator.getByLabel('Mật khẩu ứng dụng (client secret)', { exact: true }).fill(clientSecret);
  await administrator.getByRole('combobox', { name: 'Nhận ra người bằng' }).click();
  await administrator.getByRole('option', { name: 'Mã định danh ghi riêng cho từng người' }).click();
  await administrator.getByLabel('Thông tin nơi định danh trả về (claim)').fill('cccd');
  await administrator.getByRole('button', { name: 'Thử', exact: true }).click();
  await expect(administrator.getByText(/Máy chủ gặp được nơi định danh/)).toBeVisible();
  await administrator.keyboard.press('Control+Enter');
  await told(administrator, 'Đã đặt nơi định danh.');
  await administrator.getByRole('textbox', { name: 'Của ai' }).fill('thi lan');
  await administrator.getByRole('option', { name: /Thị Lan/ }).click();
  await administrator.getByLabel('Mã định danh', { exact: true }).fill('079085001234');
  await administrator.getByRole('button', { name: 'Ghi mã' }).click();
  await told(administrator, 'Đã ghi mã định danh.');
  await lookAt(administrator, 'administration-identity-on', faults);
  // A notice over the picture would be photographed with it.
  await expect(administrator.getByText('Đã ghi mã định danh.')).toBeHidden();
  const code = administrator.getByRole('img', { name: 'Mã QR của địa chỉ' });
  picture = await code.screenshot();
  expect(faults).toEqual([]);
});

test('somebody joins from a picture of the code and their account, signs out, and signs in by it again', async ({
  browser,
}) => {
  clerk = await machine(browser);
  await clerk.getByRole('button', { name: 'Tham gia cơ quan của tôi' }).click();
  const blank = { name: 'trắng.png', mimeType: 'image/png', buffer: await clerk.screenshot() };
  await clerk.locator('input[type=file]').setInputFiles(blank);
  await expect(clerk.getByText(/Không đọc được mã QR nào/)).toBeVisible();
  await clerk.locator('input[type=file]').setInputFiles({ ...blank, buffer: picture });
  await expect(clerk.getByRole('button', { name: 'Tham gia bằng tài khoản tỉnh' })).toBeVisible();
  await lookAt(clerk, 'join-by-account', faults);
  await signInThere(clerk, () => choosePassphrase(clerk));
  await expect(inOffice(clerk)).toBeVisible();
  await expect(inOffice(clerk)).toContainText('Thị Lan');
  await expect(clerk.locator('.sync-dot').filter({ hasText: /Máy chủ đã ghi|An toàn/ })).toBeVisible();
  await signOut();
  await lookAt(clerk, 'sign-in-by-account', faults);
  await signInThere(clerk, () =>
    clerk.getByRole('button', { name: 'Đăng nhập bằng tài khoản tỉnh' }).click(),
  );
  await expect(inOffice(clerk)).toBeVisible();
  expect(faults).toEqual([]);
});

async function signOut(): Promise<void> {
  await inOffice(clerk).click();
  await clerk.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await expect(clerk.getByRole('heading', { level: 1, name: 'Đăng nhập' })).toBeVisible();
}

test('with the provider away the passphrase does as ever', async () => {
  await signOut();
  await provider.stop();
  await clerk.getByRole('button', { name: 'Đăng nhập bằng tài khoản tỉnh' }).click();
  await expect(clerk.getByText(/Chưa gặp được nơi định danh/)).toBeVisible();
  await clerk.getByLabel('Mật khẩu', { exact: true }).fill(passphrase);
  await clerk.keyboard.press('Enter');
  await expect(inOffice(clerk)).toBeVisible();
  await provider.start();
});

test('the list of machines says until when each certificate holds, and an invitation is shown as a code too', async () => {
  await administrator.getByRole('link', { name: 'Máy làm việc' }).click();
  await expect(administrator.getByText(/^Chứng thư đến/)).toHaveCount(2);
  await lookAt(administrator, 'devices-certificates', faults);
  await administrator.getByRole('button', { name: 'Mời thêm máy' }).click();
  const dialog = administrator.getByRole('dialog', { name: 'Mời thêm máy' });
  await dialog.getByRole('textbox', { name: 'Máy của ai' }).fill('thi lan');
  await administrator.getByRole('option', { name: /Thị Lan/ }).click();
  await administrator.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('img', { name: 'Mã QR của mã mời' })).toBeVisible();
  await lookAt(administrator, 'invitation-code', faults);
  expect(faults).toEqual([]);
});
