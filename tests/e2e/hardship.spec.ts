import { closeSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { morningPost } from './support/morning-post.ts';
import { people, samplePassphrase, signIn } from './support/people.ts';
import { startOffice } from './support/start-office.ts';
import { told } from './support/told.ts';

const spoils = [
  {
    what: 'a database that was replaced',
    spoil: (folder: string) => overwrite(join(folder, 'office.db'), 0, 4096),
    sentence: /Khóa không mở được cơ sở dữ liệu.*phục hồi từ bản sao lưu/,
  },
  {
    what: 'a database damaged in the middle',
    spoil: (folder: string) => {
      overwrite(join(folder, 'office.db'), 8192, statSync(join(folder, 'office.db')).size - 16_384);
    },
    sentence: /Cơ sở dữ liệu của cơ quan bị hỏng.*phục hồi từ bản sao lưu/,
  },
] as const;

for (const { what, spoil, sentence } of spoils) {
  test(`${what} is named at the desk, with what to do`, async ({ page }) => {
    const office = await startOffice({
      before: (dataDir) => {
        for (const name of readdirSync(dataDir)) spoil(join(dataDir, name));
      },
    });
    await page.goto(office.url);
    await trySignIn(page);
    await expect(page.getByText(sentence)).toBeVisible();
    await office.close();
  });
}

test('a key file that cannot be read is named before anybody types', async ({ page }) => {
  const office = await startOffice({
    before: (dataDir) => {
      for (const name of readdirSync(dataDir)) writeFileSync(join(dataDir, name, 'keys.json'), '{');
    },
  });
  await page.goto(office.url);
  await expect(page.getByText(/Tệp khóa keys.json bị hỏng.*phục hồi tệp này từ bản sao lưu/)).toBeVisible();
  await office.close();
});

test('on a full disk nothing is half received, and what was dropped goes in once there is room', async ({
  page,
}) => {
  const preload = join(import.meta.dirname, 'support/full-disk.mjs');
  const office = await startOffice({ preload });
  await page.goto(office.url);
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Văn bản đến/ }).click();
  const count = page.getByText(/^\d+ mục$/);
  await expect(count).toBeVisible();
  const before = await count.textContent();
  writeFileSync(join(office.dataDir, 'no-room'), '');
  await page.getByLabel('Chọn tệp').setInputFiles([...morningPost(1)]);
  await expect(page.getByText(/Ổ đĩa đã đầy/)).toBeVisible();
  await expect(count).toHaveText(before ?? '');
  rmSync(join(office.dataDir, 'no-room'));
  await page.getByRole('button', { name: 'Làm lại', exact: true }).click();
  await told(page, 'Đã nhận 1 tệp, chờ vào sổ.');
  await expect(count).not.toHaveText(before ?? '');
  await office.close();
});

async function trySignIn(page: Page): Promise<void> {
  const name = page.getByRole('textbox', { name: 'Họ và tên' });
  await name.fill(people.clerk);
  await name.press('Enter');
  await page.getByLabel('Mật khẩu', { exact: true }).fill(samplePassphrase);
  await page.keyboard.press('Enter');
}

function overwrite(path: string, at: number, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(length, 7), 0, length, at);
  closeSync(file);
}
