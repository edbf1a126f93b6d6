import { expect, test } from '@playwright/test';
import { lookAt, measureAt } from './support/looking.ts';
import { signIn } from './support/people.ts';
import { startOffice } from './support/start-office.ts';
import { showOnly } from './support/show-only.ts';

test('a paper shows its whole way, and leads to the letter it answers by keyboard alone', async ({
  page,
}) => {
  const faults: string[] = [];
  const office = await startOffice();
  await page.goto(office.url);
  await signIn(page, 'leader');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await showOnly(page, 'Phát hành');
  await page.getByRole('option').first().click();
  await page.getByRole('tab', { name: /Liên quan/ }).click();
  const course = page.getByRole('region', { name: 'Dòng văn bản' });
  for (const said of ['vào sổ, số đến 1', 'chỉ đạo, giao Bùi Thị Ngọc', 'bắt đầu dự thảo', 'cấp số 01/']) {
    await expect(course).toContainText(said);
  }
  const order = await course.getByRole('listitem').allInnerTexts();
  const place = (words: string): number => order.findIndex((text) => text.includes(words));
  expect(place('vào sổ')).toBeLessThan(place('bắt đầu dự thảo'));
  expect(place('cấp số')).toBeLessThan(place('phát hành đến'));
  await lookAt(page, 'lineage', faults);
  await measureAt(page, 'lineage-large', { size: { width: 1920, height: 1080 }, faults });
  await course.getByRole('link').first().press('Enter');
  await expect(page.getByRole('tab', { name: /Liên quan/ })).toBeVisible();
  await expect(page).toHaveURL(/\/van-ban-den\//u);
  expect(faults).toEqual([]);
  await office.close();
});
