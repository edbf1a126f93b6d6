import { expect, test, type Page } from '@playwright/test';
import { measureAt } from './support/looking.ts';
import { people, samplePassphrase } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

const letter = '1190/STC-GCS';
const upright = { width: 820, height: 1180 };
const across = { width: 1180, height: 820 };

let office: Office;
let page: Page;
test.beforeAll(async ({ browser }) => {
  office = await startOffice();
  const context = await browser.newContext({ hasTouch: true, viewport: across });
  page = await context.newPage();
  await page.clock.install();
  await page.goto(office.url);
});
test.afterAll(async () => {
  await page.context().close();
  await office.close();
});

/** NĐ 30/2020/NĐ-CP, Phụ lục VI, Phần I, III.2.b; a tablet that runs the program, since it runs on no telephone. */
test('III.2.b Hoạt động được trên thiết bị di động thông minh trong điều kiện bảo đảm an toàn thông tin', async () => {
  await page.getByRole('textbox', { name: 'Họ và tên' }).tap();
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(people.leader);
  await page.getByRole('option').filter({ hasText: 'Nguyễn Văn Minh' }).tap();
  await page.getByLabel('Mật khẩu', { exact: true }).fill(samplePassphrase);
  await page.getByRole('button', { name: 'Vào làm việc' }).tap();

  await page.getByRole('option').filter({ hasText: letter }).tap();
  await expect(page.locator('.pdf-page canvas[data-drawn]').first()).toBeVisible();
  await page.getByRole('tab', { name: /Diễn biến/ }).tap();
  await expect(page.getByRole('tabpanel', { name: /Diễn biến/ })).toBeVisible();
  const faults: string[] = [];
  await page.setViewportSize(upright);
  await expect(page.locator('.pdf-page canvas[data-drawn]').first()).toBeVisible();
  await measureAt(page, 'tablet-upright', { size: upright, faults });
  await measureAt(page, 'tablet-across', { size: across, faults });
  faults.push(...(await tooSmall(page)));
  expect(faults).toEqual([]);

  await page.getByRole('button', { name: /Cho ý kiến chỉ đạo/ }).tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /Chủ trì/ }).fill(people.officer);
  await page.getByRole('option').filter({ hasText: 'Ngọc' }).last().tap();
  await dialog.locator('button[type=submit]').tap();
  await told(page, /^Đã chỉ đạo /);

  // Nobody who picks it up from the table reads on.
  await page.clock.fastForward('01:00:00');
  await expect(page.getByText('Màn hình đã khóa vì lâu không dùng.', { exact: false })).toBeVisible();
  await expect(page.getByText(letter)).toHaveCount(0);
});

/** What a finger has to meet is at least as large as WCAG 2.2 (2.5.8) asks: 24 by 24. */
function tooSmall(window: Page): Promise<string[]> {
  return window.evaluate(() =>
    [...document.querySelectorAll('button, [role=tab], [role=option]')].flatMap((control) => {
      const { width, height } = control.getBoundingClientRect();
      const isShown = width > 1 && height > 1;
      return isShown && (width < 24 || height < 24)
        ? [`too small for a finger: ${control.textContent.slice(0, 60)} ${width}×${height}`]
        : [];
    }),
  );
}
