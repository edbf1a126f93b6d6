import { expect, test, type Page } from '@playwright/test';
import { go } from './support/go.ts';
import { signIn, signOut } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { showOnly } from './support/show-only.ts';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

test('papers are found without marks, through the palette and on the page, with the words marked', async ({
  page,
}) => {
  await signIn(page, 'leader');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('chuyen doi so');
  const all = page.getByRole('option', { name: 'Tìm “chuyen doi so” trong mọi văn bản' });
  await expect(page.getByRole('option', { name: /482\/UBND-KGVX/ })).toBeVisible();
  await all.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tìm' })).toBeVisible();
  const results = page.getByRole('listbox', { name: 'Kết quả' });
  await expect(page.getByRole('status').filter({ hasText: 'văn bản' })).toHaveText('3 văn bản');
  // Newest first: our own answer came after the letters it answers.
  await expect(results.getByRole('option').first()).toContainText('01/SKHCN-CĐS');
  await expect(results.getByRole('option').last()).toContainText('482/UBND-KGVX');
  await expect(results.locator('mark').first()).toHaveText(/chuyển đổi số/i);
  await showOnly(page, 'Đến', 'Đến hay đi');
  await expect(results.getByRole('option')).toHaveCount(2);
  await showOnly(page, 'Tất cả', 'Đến hay đi');

  const field = page.getByRole('searchbox', { name: 'Tìm trong mọi văn bản' });
  for (const [typed, number] of [
    ['ubnd 482', '482/UBND-KGVX'],
    ['dieu dong', null],
    ['an ninh mang', '664/CAT-PA05'],
  ] as const) {
    await field.fill(typed);
    if (number === null) await expect(page.getByText('Không có văn bản nào')).toBeVisible();
    else await expect(results.getByRole('option').first()).toContainText(number);
  }
});

test('letters typed behind the key that opens the palette are in it, however busy the screen is', async ({
  page,
}) => {
  await signIn(page, 'leader');
  const hands = await page.context().newCDPSession(page);
  // Everything is pressed while the screen is held up, and none waits for the one before.
  await page.evaluate(() => {
    setTimeout(() => {
      const until = performance.now() + 400;
      while (performance.now() < until);
    }, 0);
  });
  const presses = [
    { modifiers: 2, key: 'k', code: 'KeyK', windowsVirtualKeyCode: 75 },
    ...Array.from('thoat').map((key) => ({ key, code: `Key${key.toUpperCase()}`, text: key })),
  ];
  await Promise.all(
    presses.flatMap((press) => [
      hands.send('Input.dispatchKeyEvent', { type: 'keyDown', ...press }),
      hands.send('Input.dispatchKeyEvent', { type: 'keyUp', key: press.key, code: press.code }),
    ]),
  );
  await expect(page.getByPlaceholder('Gõ việc cần làm')).toHaveValue('thoat');
});

test('with the keyboard alone: search, read, come back', async ({ page }) => {
  await signIn(page, 'officer');
  await page.goto(new URL('/tim', page.url()).href);
  await expect(page.getByText('Gõ vài chữ để tìm')).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('ke hoach chuyen doi so');
  await expect(page.getByRole('option').first()).toContainText('482/UBND-KGVX');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('listbox', { name: 'Kết quả' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: /482\/UBND-KGVX/ })).toBeVisible();
  await page.goBack();
  await expect(page.getByText('Chọn một văn bản để xem')).toBeVisible();
  await expect(page.getByRole('option').first()).toContainText('482/UBND-KGVX');
});

test('a leader sees what is late and who holds it, what nobody was given, and who has how much', async ({
  page,
}) => {
  await signIn(page, 'leader');
  await go(page, 'gt', 'Theo dõi');
  const late = page.getByRole('listbox', { name: 'Trễ hạn' });
  await expect(late.getByRole('option').first()).toContainText('Bùi Thị Ngọc đang giữ');
  await expect(late.getByRole('option').first()).toContainText('quá hạn');
  await late.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: /482\/UBND-KGVX/ })).toBeVisible();
  await view(page, 'Chưa giao');
  await expect(page.getByRole('listbox', { name: 'Chưa giao' }).getByRole('option')).toHaveCount(2);
  await view(page, 'Người');
  await page.getByRole('row', { name: /Bùi Thị Ngọc/ }).click();
  const held = page.getByRole('listbox', { name: 'Việc của Bùi Thị Ngọc' });
  await expect(held.getByRole('option').first()).toContainText('482/UBND-KGVX');
  await held.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Văn bản đến' })).toBeVisible();
});

test('the head of a unit oversees the unit, and an officer nobody', async ({ page }) => {
  await signIn(page, 'unitHead');
  await page.getByRole('link', { name: /Theo dõi/ }).click();
  await view(page, 'Người');
  await expect(page.getByRole('row', { name: /Bùi Thị Ngọc/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Phan Văn Dũng/ })).toHaveCount(0);
  await signOut(page);
  await signIn(page, 'officer');
  await expect(page.getByRole('link', { name: /Theo dõi/ })).toHaveCount(0);
});

async function view(page: Page, name: string): Promise<void> {
  await showOnly(page, name, 'Theo dõi gì');
}
