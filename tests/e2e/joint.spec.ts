import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { instantFrom } from '#shared/kernel/public.ts';
import { signField } from '#shared/node/pdf-signing/public.ts';
import { sealImage, signatureImage } from '#shared/node/typesetting/public.ts';
import { signingOffice } from '../support/signing-office.ts';
import { confirm, doAct } from './support/act.ts';
import { signIn, signOut, type people } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

const samplePin = '246810';
const joint = 'Phối hợp quyết toán nhiệm vụ chuyển đổi số';
const subject = 'Kế hoạch phối hợp bảo đảm an toàn thông tin';

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

test('the head gives a deputy the right to sign', async () => {
  await signIn(page, 'leader');
  await page.getByRole('link', { name: /Danh bạ/ }).click();
  await page.getByRole('option', { name: /Trần Thị Hồng Hạnh/ }).click();
  await page.getByRole('button', { name: 'Giao quyền ký' }).click();
  await page.getByRole('dialog').getByLabel('Theo văn bản số').fill('15/QĐ-SKHCN');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã giao quyền ký cho Trần Thị Hồng Hạnh.');
});

test('the officer writes a paper that two leaders sign, with a mark and an appendix', async () => {
  await sitDown('officer');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await page.getByRole('button', { name: 'Soạn mới' }).first().click();
  await page.getByRole('option', { name: /Công văn/ }).click();
  await page.getByRole('textbox', { name: 'Trích yếu' }).fill(subject);
  await page.getByRole('textbox', { name: 'Kính gửi' }).fill('Ủy ban nhân dân tỉnh An Bình');
  await page.getByRole('textbox', { name: /^Nơi nhận/ }).fill('Ủy ban nhân dân tỉnh An Bình');
  await page.getByRole('textbox', { name: 'Ký hiệu người soạn thảo' }).fill('ngoc');
  await page.getByRole('button', { name: 'Thêm người cùng ký' }).click();
  const second = page.getByRole('listitem', { name: 'Người ký thứ 2' });
  await choose(second.getByRole('textbox', { name: 'Người cùng ký' }), 'hong hanh');

  await page.getByRole('button', { name: 'Thêm phụ lục' }).click();
  await page.getByRole('textbox', { name: 'Tên phụ lục' }).fill('Phân công nhiệm vụ');
  await page.getByRole('textbox', { name: 'Nội dung phụ lục I' }).fill('Phòng Chuyển đổi số chủ trì.');
  // What stands in one part stays while another is written.
  await page.getByRole('tab', { name: 'Văn bản', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Nội dung văn bản' })).toBeVisible();
  await page.getByRole('tab', { name: 'Phụ lục', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Nội dung phụ lục I' })).toContainText('chủ trì');

  await page.getByRole('tab', { name: 'Xem trước' }).click();
  const sheet = page.locator('.pdf-text');
  await expect(sheet.first()).toContainText('Trần Thị Hồng Hạnh');
  await expect(sheet.first()).toContainText('NGOC.(1)');
  await expect(sheet.nth(1)).toContainText('PHÂN CÔNG NHIỆM VỤ');
});

test('its circuit has a step for each of them; the first alone does not make it signed', async () => {
  await page.getByRole('button', { name: /^Trình/ }).click();
  const submitting = page.getByRole('dialog', { name: 'Trình dự thảo' });
  await expect(submitting.getByRole('textbox', { name: 'Người ở bước 4' })).toHaveValue('Trần Thị Hồng Hạnh');
  await expect(submitting.getByRole('textbox', { name: 'Người ở bước 4' })).toBeDisabled();
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã trình Hoàng Minh Tuấn.');
  await expect(page.getByRole('dialog')).toBeHidden();
  for (const [who, name] of [
    ['unitHead', 'Duyệt'],
    ['chief', 'Cho ý kiến'],
  ] as const) {
    await sitDown(who);
    await row(subject).click();
    await doAct(page, name);
    await page.getByRole('dialog').getByRole('textbox').fill('Đồng ý.');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await sitDown('leader');
  await row(subject).click();
  await sign('Giám đốc Nguyễn Văn Minh');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await expect(row(subject)).toContainText('Đang trình');
});

test('the second leader signs, the clerk numbers, seals and issues, and both leaders stand', async () => {
  await sitDown('deputy');
  await row(subject).click();
  await sign('KT. Giám đốc – Phó Giám đốc Trần Thị Hồng Hạnh');

  await sitDown('clerk');
  await row(subject).click();
  await doAct(page, 'Cấp số, đóng dấu và phát hành');
  await page.getByLabel('Mã PIN của con dấu', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã phát hành.');
  await page.getByRole('tab', { name: /Chữ ký/ }).click();
  const panel = page.getByRole('tabpanel', { name: /Chữ ký/ });
  for (const name of [/^Nguyễn Văn Minh ký/, /^Trần Thị Hồng Hạnh ký/, /^Con dấu/]) {
    await expect(panel.getByRole('region', { name })).toBeVisible();
  }
  await page.getByRole('tab', { name: /Diễn biến/ }).click();
  await expect(page.getByRole('tabpanel', { name: /Diễn biến/ })).toContainText(/Nguyễn Văn Minh\s*ký/);
});

test('the page goes to another agency to be signed, and comes back', async () => {
  await sitDown('officer');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await page.getByRole('button', { name: 'Soạn mới' }).first().click();
  await page.getByRole('option', { name: /Công văn/ }).click();
  await page.getByRole('textbox', { name: 'Trích yếu' }).fill(joint);
  await page.getByRole('button', { name: 'Thêm người cùng ký' }).click();
  const second = page.getByRole('listitem', { name: 'Người ký thứ 2' });
  await second
    .getByRole('textbox', { name: 'Thuộc' })
    .or(second.getByRole('combobox', { name: 'Thuộc' }))
    .click();
  await page.getByRole('option', { name: /Cơ quan khác/ }).click();
  await second.getByRole('textbox', { name: 'Tên cơ quan' }).fill('Sở Tài chính tỉnh An Bình');
  await second.getByRole('textbox', { name: /viết tắt/ }).fill('STC');
  await second.getByRole('textbox', { name: 'Chức vụ người ký' }).fill('Giám đốc');
  await second.getByRole('textbox', { name: 'Họ và tên người ký' }).fill('Nguyễn Văn Ấn');
  await page.getByRole('button', { name: /^Trình/ }).click();
  const submitting = page.getByRole('dialog', { name: 'Trình dự thảo' });
  await expect(submitting).toContainText('Nguyễn Văn Ấn, Sở Tài chính tỉnh An Bình, ký tại cơ quan của mình');
  for (const place of [2, 1]) await submitting.getByRole('button', { name: `Bỏ bước ${place}` }).click();
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã trình Nguyễn Văn Minh.');
  await sitDown('leader');
  await row(joint).click();
  await sign('Giám đốc Nguyễn Văn Minh');

  await sitDown('officer');
  await row(joint).click();
  await doAct(page, 'Nhận bản đã ký');
  const dialog = page.getByRole('dialog', { name: 'Nhận bản đã ký' });
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Lưu trang để gửi ký' }).click();
  const whole = new Uint8Array(readFileSync(await (await saved).path()));
  const there = signingOffice();
  const signedThere = await signField({
    pdf: whole,
    field: 'leader-2',
    key: there.leader.key,
    signedAt: instantFrom(Date.now()),
    signerName: 'Nguyễn Văn Ấn',
  });
  const bring = async (bytes: Uint8Array): Promise<void> => {
    const file = { name: 'da-ky.pdf', mimeType: 'application/pdf', buffer: Buffer.from(bytes) };
    await dialog.locator('input[type="file"]').setInputFiles(file);
    await confirm(page);
  };
  await bring(whole);
  await expect(dialog).toContainText('Tệp vừa chọn không phải trang đã gửi đi ký');
  await bring(signedThere);
  await told(page, 'Đã nhận bản có chữ ký.');
  await page.getByRole('tab', { name: /Diễn biến/ }).click();
  await expect(page.getByRole('tabpanel', { name: /Diễn biến/ })).toContainText(
    'nhận lại bản có chữ ký của Nguyễn Văn Ấn, Sở Tài chính tỉnh An Bình',
  );
});

test('the clerk brings in the picture of the seal; one of another colour is not taken', async () => {
  await sitDown('clerk');
  await page.getByRole('button', { name: /đổi mật khẩu, đăng xuất/ }).click();
  await page.getByRole('menuitem', { name: 'Hình chữ ký, hình dấu' }).click();
  const seal = page.getByRole('dialog').getByRole('region', { name: 'Hình dấu của cơ quan' });
  await expect(seal).toContainText('Chưa có hình dấu của cơ quan');
  const choose = async (bytes: Uint8Array): Promise<void> => {
    const file = { name: 'dau.png', mimeType: 'image/png', buffer: Buffer.from(bytes) };
    await seal.locator('input[type="file"]').setInputFiles(file);
  };
  await choose(signatureImage('Không phải con dấu'));
  await expect(seal).toContainText('Hình dấu phải màu đỏ');
  await choose(sealImage('Sở Khoa học và Công nghệ'));
  await told(page, /^Đã lưu hình/);
  await expect(seal.getByRole('img', { name: 'Hình dấu của cơ quan' })).toBeVisible();
});

async function sign(as: string): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name: 'Ký', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText(as);
  await page.getByLabel('Mã PIN', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã ký.');
}

async function sitDown(who: keyof typeof people): Promise<void> {
  await signOut(page);
  await signIn(page, who);
}

function row(words: string): Locator {
  return page.getByRole('option').filter({ hasText: words });
}

async function choose(field: Locator, letters: string): Promise<void> {
  await field.fill(letters);
  await field.press('Enter');
}
