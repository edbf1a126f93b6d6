import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { confirm, doAct } from './support/act.ts';
import { lookAt } from './support/looking.ts';
import { signIn } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

const keepers = ['Trần Thị Lan', 'Nguyễn Văn Minh', 'Lê Thu Hà'];
const pin = '246810';

test.describe.configure({ mode: 'serial' });
let office: Office;
let page: Page;
const faults: string[] = [];
const shares: string[] = [];

test.beforeAll(async ({ browser }) => {
  office = await startOffice();
  page = await (await browser.newContext()).newPage();
  await page.goto(office.url);
  await signIn(page, 'administrator');
  await page.goto(new URL('/quan-tri/cap-chung-thu', page.url()).href);
});
test.afterAll(async () => {
  await page.context().close();
  await office.close();
});

test('a ceremony that is left off writes nothing', async () => {
  await expect(page.getByRole('heading', { name: 'Cơ quan chưa có nơi cấp' })).toBeVisible();
  await page.keyboard.press('N');
  await page.keyboard.press('Control+Enter');
  await expect(dialog().getByText('Hãy ghi tên người giữ, hoặc bỏ dòng này.').first()).toBeVisible();
  await nameKeepers(['Lê An', 'lê an', 'Vũ Bình']);
  await page.keyboard.press('Control+Enter');
  await expect(dialog().getByRole('alert')).toContainText('Một người được ghi giữ hai phần.');
  await nameKeepers(keepers);
  await lookAt(page, 'certificates-ceremony-keepers', faults);
  await page.keyboard.press('Control+Enter');
  await expect(dialog().getByText('Phần 1 trong 3: Trần Thị Lan')).toBeVisible();
  // Between two keepers a key pressed by mistake loses nothing.
  await page.keyboard.press('Escape');
  await dialog().getByRole('button', { name: 'Làm tiếp' }).click();
  await dialog().getByRole('button', { name: 'Không làm nữa' }).click();
  await dialog().getByRole('button', { name: 'Bỏ và xóa khóa' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Cơ quan chưa có nơi cấp' })).toBeVisible();
});

test('three keepers take their share one after another, and the authority is there', async () => {
  await page.getByRole('button', { name: 'Lập nơi cấp chứng thư' }).click();
  await nameKeepers(keepers);
  await page.keyboard.press('Control+Enter');
  for (const [place, name] of keepers.entries()) {
    await expect(dialog().getByText(`Phần ${place + 1} trong 3: ${name}`)).toBeVisible();
    await expect(dialog().locator('.share-groups')).toHaveCount(0);
    await page.keyboard.press('Control+Enter');
    const shown = dialog().locator('.share-groups code');
    await expect(shown).toHaveCount(15);
    const groups = await shown.allTextContents();
    shares.push(groups.join('-'));
    const read = dialog().getByRole('textbox', { name: /nhóm thứ/ });
    if (place === 0) {
      await read.fill('SAI');
      await page.keyboard.press('Control+Enter');
      await expect(dialog().getByText(/đọc lại chưa khớp/)).toBeVisible();
      await lookAt(page, 'certificates-ceremony-share', faults);
      await onPaper('Người giữ: Trần Thị Lan.');
    }
    const asked = Number(/\d+/u.exec(await labelOf())?.[0]);
    await read.fill(groups[asked - 1]?.toLowerCase() ?? '');
    await page.keyboard.press('Control+Enter');
  }
  await expect(dialog().getByText('Mọi người giữ đã kiểm tra phần của mình.')).toBeVisible();
  await lookAt(page, 'certificates-ceremony-end', faults);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã lập nơi cấp chứng thư của cơ quan.');
  await expect(page.getByRole('article')).toContainText('2 trong 3 người');
  expect(new Set(shares).size).toBe(3);
});

test('a certificate is issued under its owner’s PIN, renewed and taken back', async () => {
  await expect(dialog()).toHaveCount(0);
  await page.keyboard.press('N');
  await dialog().getByRole('textbox', { name: 'Cấp cho' }).fill('van minh');
  await page.getByRole('option', { name: /Nguyễn Văn Minh/ }).click();
  await dialog().getByLabel('Mã PIN của khóa', { exact: true }).fill(pin);
  await dialog().getByLabel('Nhập lại mã PIN', { exact: true }).fill(pin);
  await dialog()
    .getByRole('checkbox', { name: /Lưu tệp khóa/ })
    .check();
  await lookAt(page, 'certificates-issue', faults);
  const saved = page.waitForEvent('download');
  await page.keyboard.press('Control+Enter');
  expect((await saved).suggestedFilename()).toMatch(/^[0-9a-f]+\.p12$/u);
  await told(page, 'Đã cấp chứng thư.');
  await expect(pane()).toContainText('Chữ ký cá nhân');

  await doAct(page, 'Gia hạn');
  await dialog().getByLabel('Mã PIN của khóa', { exact: true }).fill(pin);
  await dialog().getByLabel('Nhập lại mã PIN', { exact: true }).fill(pin);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã gia hạn.');
  await expect(page.getByRole('option', { name: /Đã thay/ })).toBeVisible();
  await lookAt(page, 'certificates-issued', faults);

  await doAct(page, 'Thu hồi');
  await confirm(page);
  await expect(dialog().getByText('Hãy ghi lý do').first()).toBeVisible();
  await dialog().getByRole('textbox', { name: 'Nói rõ' }).fill('Mất máy tính xách tay.');
  await lookAt(page, 'certificates-revoke', faults);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Danh sách thu hồi đã được làm mới/)).toBeVisible();
  await expect(pane()).toContainText('Lộ hoặc mất khóa, mã PIN');
  await expect(pane()).toContainText('Mất máy tính xách tay.');
});

test('the keepers replace the issuing level, and the list is saved', async () => {
  await doAct(page, 'Xem nơi cấp');
  await doAct(page, 'Thay cấp phát hành');
  await dialog()
    .getByLabel(/^Phần khóa 1/u)
    .fill(shares[2] ?? '');
  await dialog()
    .getByLabel(/^Phần khóa 2/u)
    .fill(shares[2] ?? '');
  await page.keyboard.press('Control+Enter');
  await expect(dialog().getByRole('alert')).toBeVisible();
  await lookAt(page, 'certificates-level', faults);
  await dialog()
    .getByLabel(/^Phần khóa 2/u)
    .fill(shares[0] ?? '');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã thay cấp phát hành.');
  await expect(page.getByRole('article')).toContainText('CA 2');
  await lookAt(page, 'certificates-authority', faults);
  const saving = page.waitForEvent('download');
  await doAct(page, 'Lưu danh sách thu hồi');
  const list = await saving;
  expect(list.suggestedFilename()).toMatch(/\.crl$/u);
  expect(readFileSync(await list.path())[0]).toBe(0x30);
});

test('all of it is fit to be seen and worked by keyboard', () => {
  expect(faults).toEqual([]);
});

const dialog = () => page.getByRole('dialog');
const pane = () => page.getByRole('article');

async function nameKeepers(names: readonly string[]): Promise<void> {
  for (const [place, name] of names.entries()) {
    await dialog()
      .getByRole('combobox', { name: `Người giữ ${place + 1}` })
      .fill(name);
  }
  await page.keyboard.press('Tab');
}

function labelOf(): Promise<string> {
  return dialog()
    .getByText(/nhóm thứ \d+/u)
    .innerText();
}

/** In print the sheet stands alone, with whose it is. */
async function onPaper(said: string): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(said)).toBeVisible();
  await expect(page.locator('.share-paper .share-groups code')).toHaveCount(15);
  await expect(page.getByRole('button', { name: 'In phần này' })).toBeHidden();
  await page.screenshot({ path: 'test-results/screens/certificates-on-paper.png' });
  await page.emulateMedia({ media: 'screen' });
}
