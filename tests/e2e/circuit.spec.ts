import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { killHard } from '../support/started-office.ts';
import { morningPost } from './support/morning-post.ts';
import { confirm, doAct } from './support/act.ts';
import { signIn, signOut, type people } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';
import { showOnly } from './support/show-only.ts';

const samplePin = '246810';
const waiting = 'Phê duyệt kế hoạch tập huấn kỹ năng số cho cán bộ cơ sở';
const signed = 'Phân công trực ứng cứu sự cố an toàn thông tin dịp cuối năm';
const returned = 'Thành lập Tổ công tác rà soát dữ liệu dùng chung';

test.describe.configure({ mode: 'serial' });
let office: Office;
let page: Page;
// One office for the whole file: what one person leaves, the next one finds.
test.beforeAll(async ({ browser }) => {
  office = await startOffice();
  page = await browser.newPage();
  await page.goto(office.url);
});
test.afterAll(async () => {
  await page.close();
  await office.close();
});

test('a paper goes with its attachments, and one that was a mistake is taken away', async () => {
  await signIn(page, 'officer');
  await row(returned).click();
  await doAct(page, 'Sửa lại');
  await page.getByRole('tab', { name: /Tệp kèm theo/ }).click();
  const names = ['bang-tong-hop.pdf', 'nham.pdf'];
  await page
    .getByRole('tabpanel', { name: /Tệp kèm theo/ })
    .locator('input[type="file"]')
    .setInputFiles(
      morningPost(2).map((path, place) => ({
        name: names[place] ?? '',
        mimeType: 'application/pdf',
        buffer: readFileSync(path),
      })),
    );
  const list = page.getByRole('list', { name: 'Tệp kèm theo' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Bỏ tệp nham.pdf' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list).toContainText('bang-tong-hop.pdf');
});

test('the writer gives the draft up with a reason', async () => {
  await page.getByRole('button', { name: 'Đóng', exact: true }).click();
  await doAct(page, 'Bỏ dự thảo');
  await reason('Đã có quyết định khác.');
  await told(page, 'Đã bỏ dự thảo.');
});

test('a paper comes back to an earlier step, and its writer takes it back altogether', async () => {
  await sitDown('unitHead');
  await row(waiting).click();
  await doAct(page, 'Duyệt');
  await confirm(page);
  await told(page, 'Đã duyệt.');

  await sitDown('chief');
  await row(waiting).click();
  await doAct(page, 'Trả lại');
  await page
    .getByRole('combobox', { name: 'Trả lại cho' })
    .or(page.getByRole('textbox', { name: 'Trả lại cho' }))
    .click();
  await page.getByRole('option', { name: /Hoàng Minh Tuấn, bước/ }).click();
  await reason('Xin xem lại số lớp.');
  await told(page, 'Đã trả lại.');

  await sitDown('officer');
  await showOnly(page, 'Tôi đang chờ', 'Ai chờ ai');
  await expect(row(waiting)).toContainText('Đang chờ Hoàng Minh Tuấn');
  await row(waiting).click();
  await doAct(page, 'Rút lại để sửa');
  await reason('Bổ sung kinh phí.');
  await told(page, 'Đã rút lại; dự thảo mở để sửa.');
});

test('the clerk numbers, seals and issues in single steps', async () => {
  await sitDown('clerk');
  await row(signed).click();
  await doAct(page, /^Cấp số$/u);
  await expect(page.getByRole('dialog', { name: 'Cấp số', exact: true })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã cấp số.');
  await doAct(page, /^Đóng dấu$/u);
  await expect(page.getByRole('dialog', { name: 'Đóng dấu', exact: true })).toBeVisible();
  await page.getByLabel('Mã PIN của con dấu', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã đóng dấu.');
  await doAct(page, /^Phát hành$/u);
  await expect(page.getByRole('dialog', { name: 'Phát hành', exact: true })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã phát hành.');
});

test('when the core is gone the page says so, and what was being written is still there', async () => {
  await sitDown('officer');
  await row(waiting).click();
  await doAct(page, 'Soạn tiếp');
  await expect(page.getByRole('textbox', { name: 'Trích yếu' })).toHaveValue(waiting);
  await killHard(office.child);
  await page.getByRole('textbox', { name: 'Trích yếu' }).fill('Những chữ chưa kịp lưu');
  await expect(page.getByText(/Mất liên lạc với phần lưu trữ/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lưu lại' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Trích yếu' })).toHaveValue('Những chữ chưa kịp lưu');
});

test('when the program itself does not come, the window says what to do', async ({ browser }) => {
  const fresh = await startOffice();
  const window = await browser.newPage();
  await window.route(/\.js$/u, (route) => route.abort());
  await window.goto(fresh.url);
  await expect(window.getByText(/Nếu dòng này không mất đi, hãy đóng Ấn Tín rồi mở lại/)).toBeVisible();
  await window.close();
  await fresh.close();
});

async function sitDown(who: keyof typeof people): Promise<void> {
  await signOut(page);
  await signIn(page, who);
}

function row(subject: string) {
  return page.getByRole('option').filter({ hasText: subject });
}

async function reason(words: string): Promise<void> {
  await page.getByRole('dialog').getByRole('textbox', { name: 'Lý do' }).fill(words);
  await page.keyboard.press('Control+Enter');
}
