import { expect, test, type Page } from '@playwright/test';
import { go } from './support/go.ts';
import { morningPost } from './support/morning-post.ts';
import { people, samplePassphrase, signIn } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

const samplePin = '246810';
const answer = 'Trả lời đề nghị của xã bằng bàn phím';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  // Choosers are caught from the beginning: a key is quicker than turning that on when it is wanted.
  page.on('filechooser', () => undefined);
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

test('a whole day, from a letter received to its answer issued, without the mouse', async ({ page }) => {
  const { keyboard } = page;
  const say = (words: string) => told(page, words);
  const confirm = () => keyboard.press('Control+Enter');

  await sit(page, 'clerk', null);
  await go(page, 'gd', 'Văn bản đến');
  const chooser = page.waitForEvent('filechooser');
  await keyboard.press('n');
  await (await chooser).setFiles(morningPost(24).slice(23, 24));
  await say('Đã nhận 1 tệp, chờ vào sổ.');
  await expect(page.getByRole('option').first()).toContainText('vừa xong');
  await expect(page.getByRole('listbox', { name: 'Văn bản đến' })).toBeFocused();
  await keyboard.press('Home');
  await keyboard.press('Enter');
  await expect(page.getByLabel('Số, ký hiệu')).toBeFocused();
  await expect(page.getByLabel('Số, ký hiệu')).not.toHaveValue('');
  const notation = await page.getByLabel('Số, ký hiệu').inputValue();
  await confirm();
  await say('Số đến 11 · ');

  await sit(page, 'leader', 'clerk');
  await open(page, notation);
  await offered(page, 'Chỉ đạo');
  await keyboard.press('c');
  await expect(page.getByRole('textbox', { name: /Chủ trì/ })).toBeFocused();
  await keyboard.type('thi ngoc');
  await keyboard.press('Enter');
  await confirm();
  await say('Đã chỉ đạo ');

  await sit(page, 'officer', 'leader');
  await open(page, notation);
  await offered(page, 'Nhận việc');
  await keyboard.press('n');
  await say('Đã nhận việc.');
  await offered(page, 'Báo xong');
  await keyboard.press('t');
  await expect(page.getByRole('textbox', { name: 'Trích yếu' })).toBeVisible();
  await tabTo(page, 'Trích yếu');
  await keyboard.press('Control+A');
  await keyboard.type(answer);
  await page.keyboard.press('Control+Alt+t');
  await expect(page.getByRole('textbox', { name: 'Nội dung văn bản' })).toBeFocused();
  await keyboard.press('Control+End');
  await keyboard.type(' Sở thống nhất với đề nghị của quý cơ quan./.');
  await tabTo(page, 'Kính gửi');
  await keyboard.type('Ủy ban nhân dân tỉnh An Bình');
  await confirm();
  await expect(page.getByRole('dialog', { name: 'Trình dự thảo' })).toBeVisible();
  await confirm();
  await say('Đã trình Hoàng Minh Tuấn.');

  for (const [who, before] of [
    ['unitHead', 'officer'],
    ['chief', 'unitHead'],
  ] as const) {
    await sit(page, who, before);
    await open(page, answer);
    await offered(page, /^(Cho ý kiến|Duyệt)/);
    await keyboard.press('y');
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
    await keyboard.type('Đồng ý.');
    await confirm();
    await expect(page.getByRole('dialog')).toBeHidden();
  }

  await sit(page, 'leader', 'chief');
  await open(page, answer);
  await offered(page, 'Ký');
  await keyboard.press('s');
  await expect(page.getByLabel('Mã PIN', { exact: true })).toBeFocused();
  await keyboard.type(samplePin);
  await confirm();
  await say('Đã ký.');

  await sit(page, 'clerk', 'leader');
  await open(page, answer);
  await offered(page, /phát hành/i);
  await keyboard.press('p');
  const pin = page.getByLabel('Mã PIN của con dấu', { exact: true });
  await expect(pin).toBeVisible();
  await tabTo(page, 'Mã PIN của con dấu');
  await keyboard.type(samplePin);
  await confirm();
  await say('Đã phát hành.');

  await sit(page, 'officer', 'clerk');
  await open(page, notation);
  await offered(page, 'Báo xong');
  await keyboard.press('x');
  await expect(page.getByRole('dialog')).toBeVisible();
  await confirm();
  await say('Đã báo xong, chờ duyệt.');

  await sit(page, 'leader', 'officer');
  await open(page, notation);
  await offered(page, 'Duyệt kết quả');
  await keyboard.press('d');
  await expect(page.getByRole('dialog')).toBeVisible();
  await confirm();
  await say('Đã duyệt kết quả.');
});

/** The next person sits down: whoever was there leaves through the palette, the new one types name and passphrase. */
async function sit(page: Page, who: keyof typeof people, before: keyof typeof people | null): Promise<void> {
  const { keyboard } = page;
  if (before !== null) {
    await keyboard.press('Escape');
    await keyboard.press('Control+k');
    await keyboard.type('dang xuat');
    await expect(page.getByRole('dialog').getByRole('option').first()).toContainText('Đăng xuất');
    await keyboard.press('Enter');
  }
  const name = page.getByRole('textbox', { name: 'Họ và tên' });
  await expect(
    name.or(page.getByLabel('Mật khẩu', { exact: true })).and(page.locator(':focus')),
  ).toBeVisible();
  // Who sat here last is still named; somebody else goes one field back.
  if (before !== null) await keyboard.press('Shift+Tab');
  await expect(name).toBeFocused();
  await keyboard.press('Control+A');
  await keyboard.type(people[who]);
  await keyboard.press('Enter');
  await expect(page.getByLabel('Mật khẩu', { exact: true })).toBeFocused();
  await keyboard.type(samplePassphrase);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Việc của tôi' })).toBeVisible();
}

/** Finds a paper in the list by walking it, and opens it. */
async function open(page: Page, text: string): Promise<void> {
  const list = page.getByRole('listbox', { name: 'Chờ tôi' });
  await expect(list).toBeFocused();
  const rows = page.getByRole('option');
  await expect(rows.filter({ hasText: text }).first()).toBeVisible();
  await page.keyboard.press('Home');
  for (let step = 0; step < 12; step += 1) {
    const active = (await list.getAttribute('aria-activedescendant')) ?? '';
    const said = await page.locator(`[id="${active}"]`).textContent();
    if (said?.includes(text) === true) break;
    await page.keyboard.press('j');
    await expect(list).not.toHaveAttribute('aria-activedescendant', active);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article')).toContainText(text);
  await expect(page.getByRole('toolbar').first()).toBeVisible();
}

/** The bar below a paper says what may be done once its tasks are read. */
async function offered(page: Page, act: string | RegExp): Promise<void> {
  await expect(page.getByRole('toolbar').getByRole('button', { name: act }).first()).toBeVisible();
}

/** Tab until the field with this label has the focus; it must come within a page of fields. */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const focused = await page.evaluate(
      (wanted) =>
        [...document.querySelectorAll('label')].some(
          (one) => one.textContent.startsWith(wanted) && one.control === document.activeElement,
        ),
      label,
    );
    if (focused) return;
    await page.keyboard.press('Shift+Tab');
  }
  throw new Error(`Tab never reaches “${label}”`);
}

test('whatever dialog opens over a list, closed again it leaves the keyboard in the list', async ({
  page,
}) => {
  const { keyboard } = page;
  await signIn(page, 'administrator');
  const list = page.getByRole('listbox', { name: 'Người trong cơ quan' });
  await expect(list).toBeFocused();
  for (const keys of ['n', 'Control+k', '?']) {
    await keyboard.press(keys);
    await expect(page.getByRole('dialog')).toBeVisible();
    await keyboard.press('Escape');
    await expect(list).toBeFocused();
  }
  // From the palette into a dialog.
  await keyboard.press('Control+k');
  await keyboard.type('Thêm người');
  await keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Họ và tên' })).toBeFocused();
  await keyboard.press('Escape');
  await expect(list).toBeFocused();
});
