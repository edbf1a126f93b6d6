import { cpSync } from 'node:fs';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { agencyOfSample, type AgencyOfSample } from './support/agency-of-sample.ts';
import { join } from './support/join.ts';
import { lookAt } from './support/looking.ts';
import { morningPost } from './support/morning-post.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';
import { showOnly } from './support/show-only.ts';

const samplePin = '246810';
const settled = /Máy chủ đã ghi|An toàn/;

test.describe.configure({ mode: 'serial' });
let agency: AgencyOfSample;
const offices: Office[] = [];
let clerk: Page;
let leader: Page;
let administrator: Page;

test.beforeAll(async ({ browser }) => {
  agency = await agencyOfSample(20_463);
  const invitations = ['Thị Lan', 'Văn Minh', 'Đức Thắng'].map((name) => agency.invite(name));
  await agency.start();
  [clerk, leader, administrator] = (await Promise.all(
    invitations.map((invitation, place) => joined(browser, invitation, place === 0)),
  )) as [Page, Page, Page];
});
test.afterAll(async () => {
  for (const office of offices) await office.close();
  await agency.remove();
});

/** A machine that joins; the clerk's is the one of before, with the keys of before. */
async function joined(browser: Browser, invitation: string, isOld: boolean): Promise<Page> {
  const office = await startOffice({
    empty: true,
    before: (folder) => {
      if (isOld) cpSync(agency.machineOfBefore, folder, { recursive: true });
    },
  });
  offices.push(office);
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
  await page.goto(office.url);
  await join(page, invitation);
  return page;
}

const dot = (page: Page, text: RegExp) => page.locator('.sync-dot').filter({ hasText: text });

/** Takes a block at the clerk's desk, by keyboard alone. */
async function take(book: RegExp): Promise<void> {
  await clerk.getByRole('link', { name: /Sổ đăng ký/ }).click();
  await clerk.getByRole('button', { name: 'Lấy dải số' }).press('Enter');
  const dialog = clerk.getByRole('dialog', { name: 'Lấy dải số' });
  await dialog.getByRole('combobox', { name: 'Sổ' }).press('Enter');
  await clerk.getByRole('option', { name: book }).click();
  await clerk.keyboard.press('Control+Enter');
  await told(clerk, 'Đã có dải số.');
}

test('numbers are the server’s until the administrator lets clerks’ desks hold blocks', async () => {
  await clerk.getByRole('link', { name: /Sổ đăng ký/ }).click();
  await expect(clerk.getByRole('button', { name: 'Xuất', exact: true })).toBeVisible();
  await expect(clerk.getByRole('button', { name: 'Lấy dải số' })).toHaveCount(0);
  await administrator.getByRole('link', { name: 'Quản trị' }).click();
  await administrator.getByRole('link', { name: 'Máy làm việc' }).click();
  await administrator.getByRole('switch', { name: 'Cho phép máy văn thư giữ dải số' }).press('Space');
  await told(administrator, 'Máy văn thư được giữ dải số.');
  await expect(administrator.getByRole('button', { name: 'Giao dải số' }).first()).toBeVisible();
  for (const book of [/Quyết định/, /hành chính khác/, /văn bản đến/i]) await take(book);
  const faults: string[] = [];
  await lookAt(clerk, 'leases-clerk', faults);
  await expect(administrator.getByText(/số \d+–\d+/).first()).toBeVisible();
  await lookAt(administrator, 'leases-administration', faults);
  expect(faults).toEqual([]);
});

test('offline the clerk numbers from her block and seals; nothing leaves before the server has it', async () => {
  await clerk.getByRole('link', { name: /Văn bản đi/ }).click();
  await clerk.getByRole('option').filter({ hasText: 'Đã ký' }).first().click();
  const title = (await clerk.locator('.document-title').innerText()).slice(-30);
  await agency.stop();
  await clerk.getByRole('button', { name: 'Cấp số, đóng dấu và phát hành' }).click();
  await clerk.getByRole('textbox', { name: /^Phát hành đến/ }).fill('Ủy ban nhân dân tỉnh An Bình');
  await clerk.getByLabel('Mã PIN của con dấu', { exact: true }).fill(samplePin);
  await clerk.keyboard.press('Control+Enter');
  await expect(clerk.getByText(/chưa được máy chủ ghi nhận/)).toBeVisible();
  const faults: string[] = [];
  await lookAt(clerk, 'leases-not-recorded', faults);
  expect(faults).toEqual([]);
  await clerk.getByRole('dialog').getByRole('button', { name: 'Không làm nữa' }).click();
  await expect(clerk.locator('.document-head, .place').getByText('Đã đóng dấu').first()).toBeVisible();

  await agency.start();
  await expect(clerk.locator('.standing-kept')).toHaveText('Máy chủ đã ghi');
  await clerk.getByRole('button', { name: 'Phát hành', exact: true }).click();
  await clerk.getByRole('textbox', { name: /^Phát hành đến/ }).fill('Ủy ban nhân dân tỉnh An Bình');
  await clerk.keyboard.press('Control+Enter');
  await told(clerk, 'Đã phát hành.');
  await leader.getByRole('link', { name: /Văn bản đi/ }).click();
  await leader.getByRole('option').filter({ hasText: title }).first().click();
  await expect(leader.locator('.pdf-page canvas[data-drawn]').first()).toBeVisible();
});

test('a block that ran out while its desk was away: the number is refused, void in the register, and given anew', async () => {
  await agency.stop();
  await clerk.getByRole('link', { name: /Văn bản đến/ }).click();
  const letter = morningPost(40).find((path) => path.includes('quyet-dinh-so-372'));
  if (letter === undefined) throw new Error('There is no such letter');
  await clerk.getByLabel('Chọn tệp').setInputFiles([letter]);
  await told(clerk, 'Đã nhận 1 tệp, chờ vào sổ.');
  await showOnly(clerk, 'Chờ vào sổ');
  await clerk.getByRole('option').filter({ hasText: '372/QĐ-BTC' }).click();
  const subject = `Về dải số ${Date.now() % 100_000}`;
  await clerk.getByRole('textbox', { name: 'Trích yếu' }).fill(subject);
  await clerk.keyboard.press('Control+Enter');
  // A number at once, though nobody is there to ask.
  const said = await told(clerk, /^Số đến \d+ · /);
  const number = /^Số đến (\d+)/.exec(await said.innerText())?.[1] ?? '';
  // For the server five days have passed: the block is over before the desk is heard of again.
  await agency.start(5 * 24);
  await expect(dot(clerk, /cần xử lý/)).toBeVisible();
  await dot(clerk, /cần xử lý/).click();
  await clerk.getByRole('button', { name: 'Mở danh sách cần xử lý' }).click();
  await expect(clerk.getByText(/đã hết hạn; số chưa dùng đã bỏ/)).toBeVisible();
  await clerk.getByRole('button', { name: 'Làm lại' }).click();
  await expect(clerk.getByText('Không có việc nào cần xử lý')).toBeVisible();
  await expect(dot(clerk, settled)).toBeVisible();
  await clerk.getByRole('link', { name: /Sổ đăng ký/ }).click();
  const lines = clerk.getByRole('row').or(clerk.getByRole('option'));
  await expect(lines.filter({ hasText: 'dải số hết hạn' }).filter({ hasText: number }).first()).toBeVisible();
  await expect(lines.filter({ hasText: subject }).first()).toBeVisible();
  // The pointer leaves the rail, and its hint with it.
  await clerk.mouse.move(800, 30);
  const faults: string[] = [];
  await lookAt(clerk, 'leases-void-numbers', faults);
  expect(faults).toEqual([]);
});
