import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { PDFDocument } from 'pdf-lib';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import { InstantSchema } from '#shared/kernel/public.ts';
import { morningPost } from './support/morning-post.ts';
import { confirm, doAct } from './support/act.ts';
import { signIn, signOut, type people } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';
import { showOnly } from './support/show-only.ts';

const mebibyte = 1024 * 1024;

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

test('every role reads in its inbox what waits and why, opens it, and Escape comes back', async () => {
  for (const who of ['clerk', 'leader', 'chief', 'unitHead', 'officer'] as const) {
    await signIn(page, who);
    const list = page.getByRole('listbox', { name: 'Chờ tôi' });
    const first = list.getByRole('option').first();
    await expect(first.or(page.getByText('Không có việc nào chờ anh/chị'))).toBeVisible();
    if (await first.isVisible()) {
      await expect(first).toContainText(
        /Vào sổ|Cho ý kiến|Giao người xử lý|Xử lý|Duyệt|Ký|Sửa lại|Soạn tiếp|Cấp số/,
      );
      await list.press('Enter');
      await expect(page.getByRole('toolbar').first()).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(list).toBeFocused();
    }
    await signOut(page);
  }
});

test('what may not come in is turned away with a sentence, and its bytes are not kept', async () => {
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Văn bản đến/ }).click();
  const before = storedFiles(office.dataDir);
  const secret = await letter('QĐ-SYT MẬT');
  const plain = await letter('QĐ-SYT');
  await drop([
    { name: 'rong.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
    { name: 'mat.pdf', mimeType: 'application/pdf', buffer: secret },
    { name: 'cat-ngang.pdf', mimeType: 'application/pdf', buffer: plain.subarray(0, 400) },
    { name: 'co-khoa.pdf', mimeType: 'application/pdf', buffer: locked(plain) },
  ]);
  const progress = page.getByRole('region', { name: 'Nhận tệp' });
  await expect(progress).toContainText(/“rong.pdf” rỗng.*tải lại tệp/);
  await expect(progress).toContainText(/“mat.pdf” có dấu chỉ độ mật “MẬT”.*Hãy giao bản giấy/);
  await expect(progress).toContainText(/“cat-ngang.pdf” bị hỏng.*tải lại tệp/);
  await expect(progress).toContainText(/“co-khoa.pdf” đặt mật khẩu.*bản không đặt mật khẩu/);
  expect(before).not.toEqual([]);
  expect(storedFiles(office.dataDir)).toEqual(before);
  await page.getByRole('button', { name: 'Ẩn danh sách này' }).click();
});

test('a file over the limit is refused by its size, with the limit in the sentence', async () => {
  await page.getByLabel('Chọn tệp').evaluate((input: HTMLInputElement, size) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(size)], 'qua-nang.pdf', { type: 'application/pdf' }));
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, 101 * mebibyte);
  await expect(page.getByText(/“qua-nang.pdf” nặng 101 MB, quá mức 100 MB.*giảm dung lượng/)).toBeVisible();
  await page.getByRole('button', { name: 'Ẩn danh sách này' }).click();
});

test('a scripted letter comes in with a warning', async () => {
  await drop([
    { name: 'ma-lenh.pdf', mimeType: 'application/pdf', buffer: await scripted(await letter('QĐ-SYT')) },
  ]);
  await told(page, 'Đã nhận 1 tệp, chờ vào sổ.');
  await showOnly(page, 'Chờ vào sổ');
  await page.getByRole('option').filter({ hasText: '15/QĐ-SYT' }).click();
  await expect(page.getByText(/Tệp có mã lệnh. Ấn Tín không bao giờ chạy mã/)).toBeVisible();
});

test('a letter that comes twice is named, and refused with a reason', async () => {
  const [once = ''] = morningPost(22).slice(21);
  await page.getByLabel('Chọn tệp').setInputFiles([once]);
  await told(page, 'Đã nhận 1 tệp, chờ vào sổ.');
  await page.getByLabel('Chọn tệp').setInputFiles([once]);
  await expect(page.getByText(/Đã nhận, nhưng có thể trùng|đã có/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Ẩn danh sách này' }).click();
  // Until the list has been asked anew another paper stands first.
  await expect(async () => {
    await page.getByRole('option').first().click();
    const panel = page.getByRole('tabpanel', { name: /Thông tin/ });
    await expect(panel).toContainText('Có thể trùng với', { timeout: 3000 });
  }).toPass({ timeout: 60_000 });
  await doAct(page, 'Từ chối nhận');
  await confirm(page);
  await expect(page.getByText('Hãy ghi lý do trước khi xác nhận.')).toBeVisible();
  await reason('Trùng với bản đã nhận.');
  await told(page, 'Đã ghi từ chối nhận.');
  await showOnly(page, 'Từ chối');
  const refused = page.getByRole('option').filter({ hasText: 'Từ chối' }).first();
  await refused.click();
  await expect(page.getByText(/Trùng với bản đã nhận/).first()).toBeVisible();
});

test('a correction of the register is told with the old and the new value', async () => {
  await page.getByRole('searchbox', { name: /Tìm số/ }).fill('');
  await showOnly(page, 'Đang xử lý');
  // The list of before stands until the new one has come.
  await expect(page.getByText('10 mục')).toBeVisible();
  await page.getByRole('option').filter({ hasText: '55/TTr-HTX' }).click();
  await doAct(page, 'Sửa đăng ký');
  const dialog = page.getByRole('dialog', { name: 'Sửa đăng ký' });
  await dialog.getByLabel('Số, ký hiệu').fill('56/TTr-HTX');
  await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Gõ nhầm số.');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã sửa thông tin đăng ký.');
  await expect(await course()).toContainText('sửa thông tin đăng ký: Gõ nhầm số.');
  await expect(await course()).toContainText('Số, ký hiệu: từ “55/TTr-HTX” thành “56/TTr-HTX”');
});

test('several letters get one direction', async () => {
  await sitDown('leader');
  await page.getByRole('link', { name: /Văn bản đến/ }).click();
  for (const notation of ['56/TTr-HTX', '1190/STC-GCS']) {
    const row = page.getByRole('option').filter({ hasText: notation });
    await row.click();
    await page.getByRole('listbox', { name: 'Văn bản đến' }).press('Space');
  }
  await page.getByRole('button', { name: 'Chỉ đạo 2 văn bản' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ý kiến chỉ đạo cho 2 văn bản' });
  const lead = dialog.getByRole('textbox', { name: /Chủ trì/ });
  await lead.fill('thi ngoc');
  await lead.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText('2/2 xong');
  await dialog.getByRole('button', { name: 'Đóng' }).last().click();
  await expect(page.getByText('Đã chọn 2')).toBeHidden();
  await page.getByRole('option').filter({ hasText: '1190/STC-GCS' }).click();
  await expect(await course()).toContainText('chỉ đạo, giao Bùi Thị Ngọc');
});

async function sitDown(who: keyof typeof people): Promise<void> {
  await signOut(page);
  await signIn(page, who);
}

async function reason(words: string): Promise<void> {
  await page.getByRole('dialog').getByRole('textbox', { name: 'Lý do' }).fill(words);
  await page.keyboard.press('Control+Enter');
}

async function course(): Promise<Locator> {
  await page.getByRole('tab', { name: /Diễn biến/ }).click();
  return page.getByRole('list', { name: 'Diễn biến' });
}

type Dropped = Parameters<Locator['setInputFiles']>[0];

async function drop(files: Dropped): Promise<void> {
  await page.getByLabel('Chọn tệp').setInputFiles(files);
}

/** A letter as another agency makes it; a secret mark stands after its number. */
async function letter(symbol: string): Promise<Buffer> {
  const [first] = sampleLetters;
  if (first === undefined) throw new Error('there are no sample letters');
  const made = await letterPdf(
    { ...first, number: '15', symbol },
    InstantSchema.parse(new Date().toISOString()),
  );
  return Buffer.from(made);
}

async function scripted(bytes: Buffer): Promise<Buffer> {
  const document = await PDFDocument.load(bytes);
  document.addJavaScript('hello', 'app.alert(1)');
  return Buffer.from(await document.save());
}

/** The same file behind a passphrase. */
function locked(bytes: Buffer): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'antin-e2e-locked-'));
  const [plain, behind] = [join(folder, 'plain.pdf'), join(folder, 'locked.pdf')];
  writeFileSync(plain, bytes);
  execFileSync('qpdf', ['--encrypt', 'doc', 'chu', '256', '--', plain, behind]);
  const read = readFileSync(behind);
  rmSync(folder, { recursive: true });
  return read;
}

/** Every file that the office holds sealed on the disk. */
function storedFiles(dataDir: string): readonly string[] {
  return readdirSync(dataDir, { recursive: true })
    .map((name) => join(String(name)))
    .filter((name) => name.includes('blobs'))
    .toSorted();
}
