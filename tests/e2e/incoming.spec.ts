import { expect, test, type Page } from '@playwright/test';
import { confirm } from './support/act.ts';
import { go } from './support/go.ts';
import { morningPost } from './support/morning-post.ts';
import { signIn, signOut } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';
import { showOnly } from './support/show-only.ts';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

test('a clerk takes in sixty letters, and each waits beside its page to be registered', async ({ page }) => {
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Văn bản đến/ }).click();
  await page.getByLabel('Chọn tệp').setInputFiles([...morningPost(60)]);
  await expect(page.getByText('60/60 xong')).toBeVisible({ timeout: 240_000 });
  await expect(page.getByText(/Đã nhận, nhưng có thể trùng/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Ẩn danh sách này' }).click();
  await showOnly(page, 'Chờ vào sổ');
  await expect(page.getByText('63 mục')).toBeVisible();

  // What the file itself says stands in the form; Ctrl+Enter registers, and the next one is there.
  await page.getByRole('searchbox', { name: /Tìm số/ }).fill('21/ct-ttg');
  await page
    .getByRole('option', { name: /21\/CT-TTg/ })
    .first()
    .click();
  await expect(page.getByLabel('Số, ký hiệu')).toHaveValue('21/CT-TTg');
  await expect(page.getByRole('combobox', { name: 'Cơ quan ban hành' })).toHaveValue('Thủ tướng Chính phủ');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Số đến 11 · 21/CT-TTg');
  await expect(page.getByLabel('Số, ký hiệu')).not.toHaveValue('21/CT-TTg');
});

test('what is not a PDF is turned away with a sentence that says what to do', async ({ page }) => {
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Văn bản đến/ }).click();
  const buffer = Buffer.from('Đây là thư viết bằng chữ thường.');
  await page
    .getByLabel('Chọn tệp')
    .setInputFiles([{ name: 'cong-van.pdf', mimeType: 'application/pdf', buffer }]);
  await expect(page.getByText(/“cong-van.pdf” không phải là PDF/)).toBeVisible();
  await expect(page.getByText('Chờ vào sổ')).toBeVisible();
});

test('a leader directs, takes it back, directs again, and the officer reports', async ({ page }) => {
  await signIn(page, 'leader');
  await openFirst(page);
  await directTo(page, 'thi ngoc');
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await told(page, 'Đã rút chỉ đạo. Văn bản trở về chờ chỉ đạo.');
  await expect(page.getByText('Đã vào sổ').first()).toBeVisible();
  await directTo(page, 'thi ngoc');
  await page.getByRole('tab', { name: /Diễn biến/ }).click();
  await expect(page.getByRole('list', { name: 'Diễn biến' })).toContainText('chỉ đạo, giao Bùi Thị Ngọc');
  const path = new URL(page.url()).pathname.replace('/viec-cua-toi', '/van-ban-den');
  await signOut(page);

  await signIn(page, 'officer');
  await page.goto(new URL(path, page.url()).href);
  await page.getByRole('button', { name: 'Nhận việc' }).click();
  await told(page, 'Đã nhận việc.');
  await page.getByRole('button', { name: 'Báo cáo tiến độ' }).click();
  await page.getByLabel('Đã làm được gì').fill('Đã xin ý kiến các phòng.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('tab', { name: /Diễn biến/ }).click();
  await expect(page.getByRole('list', { name: 'Diễn biến' })).toContainText('Đã xin ý kiến các phòng.');
  await page.getByRole('button', { name: 'Báo xong' }).click();
  await confirm(page);
  await told(page, 'Đã báo xong, chờ duyệt.');
  await signOut(page);

  await signIn(page, 'leader');
  await page.goto(new URL(path, page.url()).href);
  await page.getByRole('button', { name: 'Duyệt kết quả' }).click();
  await confirm(page);
  await expect(page.getByText('Hoàn thành').first()).toBeVisible();
});

test('the same morning with the keyboard alone', async ({ page }) => {
  const { keyboard } = page;
  // Choosers are caught from the beginning: a key is quicker than turning that on when it is wanted.
  page.on('filechooser', () => undefined);
  await signIn(page, 'clerk');
  await go(page, 'gd', 'Văn bản đến');
  const chooser = page.waitForEvent('filechooser');
  await keyboard.press('n');
  await (await chooser).setFiles(morningPost(24).slice(21, 24));
  await told(page, 'Đã nhận 3 tệp, chờ vào sổ.');
  await expect(page.getByRole('option').nth(2)).toContainText('vừa xong');
  await expect(page.getByRole('listbox', { name: 'Văn bản đến' })).toBeFocused();
  await keyboard.press('Home');
  await keyboard.press('Enter');
  await expect(page.getByLabel('Số, ký hiệu')).toBeFocused();
  // Enter walks from field to field; the last one leads to the act itself.
  for (let field = 0; field < 12; field += 1) await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Vào sổ/ })).toBeFocused();
  await keyboard.press('Enter');
  await told(page, /Số đến 11 · /);
  await expect(page.getByLabel('Số, ký hiệu')).toBeFocused();
  await keyboard.press('Control+Enter');
  await told(page, /Số đến 12 · /);
});

async function openFirst(page: Page): Promise<void> {
  await page.getByRole('listbox', { name: 'Chờ tôi' }).press('Enter');
  await expect(page.getByRole('button', { name: /Cho ý kiến chỉ đạo/ })).toBeVisible();
}

async function directTo(page: Page, letters: string): Promise<void> {
  await page.getByRole('button', { name: /Cho ý kiến chỉ đạo/ }).click();
  const lead = page.getByRole('textbox', { name: /Chủ trì/ });
  await lead.fill(letters);
  await lead.press('Enter');
  await page.getByLabel('Hạn: Bùi Thị Ngọc').fill('+3');
  await page.keyboard.press('Control+Enter');
  await told(page, /^Đã chỉ đạo /);
}
