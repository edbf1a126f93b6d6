import { cpSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { archivedPaper } from './support/archived-paper.ts';
import { go } from './support/go.ts';
import { lookAt } from './support/looking.ts';
import { signIn, signOut } from './support/people.ts';
import { endOffice, startOffice, type Office } from './support/start-office.ts';

const offices: Office[] = [];
test.afterEach(async () => {
  for (const office of offices.splice(0)) await office.close();
});

test('a reader asks, is lent a paper, reads it with its mark and nothing to download, and after its day it is over', async ({
  page,
}) => {
  const faults: string[] = [];
  let subject = '';
  const office = await startOffice({
    before: async (dataDir) => {
      subject = await archivedPaper(dataDir);
    },
  });
  offices.push(office);
  await page.goto(office.url);
  await signIn(page, 'unitHead');
  await go(page, 'gr', 'Phòng đọc');
  await expect(page.getByText('Chưa có yêu cầu đọc nào')).toBeVisible();
  await lookAt(page, 'reading-empty', faults);
  await page.keyboard.press('n');
  const asking = page.getByRole('dialog');
  await asking.getByLabel('Tài liệu cần đọc').fill(subject);
  await asking.getByLabel('Mục đích').fill('Lập kế hoạch năm sau');
  await lookAt(page, 'reading-ask', faults);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Chờ trả lời, hạn/).first()).toBeVisible();
  await signOut(page);

  await signIn(page, 'leader');
  await go(page, 'gr', 'Phòng đọc');
  await page.locator('.dense-list .dense-row').first().click();
  await page.getByRole('button', { name: 'Cho đọc' }).click();
  const lending = page.getByRole('dialog');
  await lending.getByRole('radio').first().check();
  await lookAt(page, 'reading-lend', faults);
  await page.keyboard.press('Control+Enter');
  await expect(lending).toBeHidden();
  await expect(page.getByText(/Được đọc đến/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Xuất', exact: true }).click();
  const book = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  expect((await book).suggestedFilename()).toBe('Sổ sử dụng bản lưu.csv');
  await signOut(page);

  await signIn(page, 'unitHead');
  await go(page, 'gr', 'Phòng đọc');
  await page.locator('.dense-list .dense-row').first().click();
  await page.getByRole('button', { name: 'Đọc', exact: true }).click();
  await expect(page.locator('.pdf-view canvas').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /Tải|Lưu|Xuất|In / })).toHaveCount(0);
  await lookAt(page, 'reading-pages', faults);
  expect(faults).toEqual([]);

  await endOffice(office.child);
  const later = await startOffice({
    empty: true,
    before: (dataDir) => {
      cpSync(office.dataDir, dataDir, { recursive: true });
    },
    preload: new URL('support/clock-ahead.mjs', import.meta.url).href,
    env: { ANTIN_TEST_HOURS_AHEAD: String(16 * 24) },
  });
  offices.push(later);
  await page.goto(later.url);
  await signIn(page, 'unitHead');
  await page.goto(new URL('/phong-doc', page.url()).href);
  await page.locator('.dense-list .dense-row').first().click();
  await expect(page.getByText('Đã hết hạn đọc').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Đọc', exact: true })).toHaveCount(0);
});
