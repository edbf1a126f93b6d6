import { expect, test, type Locator, type Page } from '@playwright/test';
import { confirm, doAct } from './support/act.ts';
import { people, samplePassphrase, signIn, signOut } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

const samplePin = '246810';
const circulating = 'Phê duyệt kế hoạch tập huấn kỹ năng số cho cán bộ cơ sở';
const letter = '1190/STC-GCS';
const answered = '55/TTr-HTX';

test.describe.configure({ mode: 'serial' });
let office: Office;
let page: Page;
// One office for the whole file: what one person leaves, the next one finds.
test.beforeAll(async ({ browser }) => {
  office = await startOffice();
  page = await browser.newPage();
  await page.clock.install();
  await page.goto(office.url);
});
test.afterAll(async () => {
  await page.close();
  await office.close();
});

test('the officer stops and goes on, reports, does it again, and the leader approves', async () => {
  await signIn(page, 'leader');
  await row(letter).click();
  await directTo('thi ngoc');
  await row(answered).click();
  await directTo('thi ngoc');

  await sitDown('officer');
  await row(letter).click();
  await doAct(page, 'Nhận việc');
  await told(page, 'Đã nhận việc.');
  await doAct(page, 'Tạm dừng');
  await reason('Chờ số liệu của kho bạc.');
  await told(page, 'Đã tạm dừng.');
  await doAct(page, 'Làm tiếp');
  await confirm(page);
  await told(page, 'Đã làm tiếp.');
  await finish();

  await sitDown('leader');
  await row(letter).click();
  await doAct(page, 'Yêu cầu làm lại');
  await reason('Thiếu biểu số 2.');
  await told(page, 'Đã yêu cầu làm lại.');

  await sitDown('officer');
  await row(letter).click();
  await expect(await course()).toContainText('yêu cầu làm lại: Thiếu biểu số 2.');
  await finish();

  await sitDown('leader');
  await row(letter).click();
  await doAct(page, 'Duyệt kết quả');
  await confirm(page);
  await told(page, 'Đã duyệt kết quả.');
});

test('a letter is answered by a draft that knows it, or by a paper that is there; a task goes back', async () => {
  await sitDown('officer');
  await row(answered).click();
  await doAct(page, 'Soạn trả lời');
  await expect(page.getByRole('link', { name: /55\/TTr-HTX/ })).toBeVisible();
  await page.getByRole('link', { name: /55\/TTr-HTX/ }).click();
  await doAct(page, 'Gắn văn bản trả lời');
  const which = page.getByRole('dialog').getByRole('textbox', { name: /Văn bản/ });
  await which.fill('chuyen doi so');
  await page.getByRole('option', { name: /đề xuất nhiệm vụ chuyển đổi số/ }).click();
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã gắn văn bản trả lời.');
  await page.getByRole('tab', { name: /Liên quan/ }).click();
  await expect(page.getByRole('tabpanel', { name: /Liên quan/ })).toContainText('01/SKHCN-CĐS');
  await doAct(page, 'Trả lại việc');
  await reason('Không thuộc nhiệm vụ của phòng.');
  await told(page, 'Đã trả lại việc.');
});

test('a deputy signs for the head with the right that was given, and the page says so', async () => {
  await sitDown('leader');
  await page.getByRole('link', { name: /Danh bạ/ }).click();
  await page.getByRole('option', { name: /Lê Quốc Bảo/ }).click();
  await page.getByRole('button', { name: 'Giao quyền ký' }).click();
  const dialog = page.getByRole('dialog', { name: 'Giao quyền ký' });
  await dialog.getByLabel('Theo văn bản số').fill('15/QĐ-SKHCN');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã giao quyền ký cho Lê Quốc Bảo.');

  await sitDown('officer');
  await draft('Công văn về bảo trì máy chủ');
  await page.getByRole('button', { name: /^Trình/ }).click();
  const submitting = page.getByRole('dialog', { name: 'Trình dự thảo' });
  await choose(submitting.getByRole('textbox', { name: 'Người ở bước 3' }), 'quoc bao');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã trình Hoàng Minh Tuấn.');
  await expect(page.getByRole('dialog')).toBeHidden();
  const text = page.locator('.pdf-text').first();
  await expect(text).toContainText('KT. GIÁM ĐỐC');
  await expect(text).toContainText('PHÓ GIÁM ĐỐC');
  await expect(text).toContainText('Lê Quốc Bảo');
});

test('a leader signs several with one PIN, after the unit head and the chief', async () => {
  const second = 'Kế hoạch kiểm tra an toàn thông tin';
  await draft(second);
  await page.getByRole('button', { name: /^Trình/ }).click();
  await expect(page.getByRole('dialog', { name: 'Trình dự thảo' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã trình Hoàng Minh Tuấn.');
  await expect(page.getByRole('dialog')).toBeHidden();
  for (const [who, name] of [
    ['unitHead', 'Duyệt'],
    ['chief', 'Cho ý kiến'],
  ] as const) {
    await sitDown(who);
    for (const subject of [circulating, second]) {
      await row(subject).click();
      await doAct(page, name);
      await page.getByRole('dialog').getByRole('textbox').fill('Đồng ý.');
      await page.keyboard.press('Control+Enter');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  }
  await sitDown('leader');
  for (const subject of [circulating, second]) {
    await row(subject).click();
    await page.getByRole('listbox', { name: 'Chờ tôi' }).press('Space');
  }
  await page.getByRole('button', { name: 'Ký 2 văn bản' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ký 2 văn bản' });
  await expect(dialog).toContainText(second);
  await dialog.getByLabel('Mã PIN', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText('2/2 xong');
  await dialog.getByRole('button', { name: 'Đóng' }).last().click();
  await expect(page.getByText('Đã chọn 2')).toBeHidden();
});

test('a desk that nobody touches is locked, and what was written is still there', async () => {
  await sitDown('officer');
  await draft('Dở dang trước khi khóa');
  await expect(page.getByRole('status').filter({ hasText: 'Đã lưu' })).toBeVisible();
  await page.clock.fastForward('16:00');
  await expect(page.getByText(/Màn hình đã khóa vì lâu không dùng/)).toBeVisible();
  const name = page.getByRole('textbox', { name: 'Họ và tên' });
  await name.fill(people.officer);
  await name.press('Enter');
  await page.getByLabel('Mật khẩu', { exact: true }).fill(samplePassphrase);
  await page.keyboard.press('Enter');
  // Back at the very page that was left.
  await expect(page.getByRole('textbox', { name: 'Trích yếu' })).toHaveValue('Dở dang trước khi khóa');
});

async function sitDown(who: keyof typeof people): Promise<void> {
  await signOut(page);
  await signIn(page, who);
}

function row(subject: string): Locator {
  return page.getByRole('option').filter({ hasText: subject });
}

async function draft(subject: string): Promise<void> {
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await page.getByRole('button', { name: 'Soạn mới' }).first().click();
  await page.getByRole('option', { name: /Công văn/ }).click();
  await page.getByRole('textbox', { name: 'Trích yếu' }).fill(subject);
  await page.getByRole('textbox', { name: 'Kính gửi' }).fill('Ủy ban nhân dân tỉnh An Bình');
}

async function directTo(letters: string): Promise<void> {
  await page.getByRole('button', { name: /Cho ý kiến chỉ đạo/ }).click();
  await choose(page.getByRole('textbox', { name: /Chủ trì/ }), letters);
  await page.keyboard.press('Control+Enter');
  await told(page, /^Đã chỉ đạo /);
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function choose(field: Locator, letters: string): Promise<void> {
  await field.fill(letters);
  await field.press('Enter');
}

async function finish(): Promise<void> {
  await doAct(page, 'Báo xong');
  await confirm(page);
  await told(page, 'Đã báo xong, chờ duyệt.');
}

async function reason(words: string): Promise<void> {
  await page.getByRole('dialog').getByRole('textbox', { name: 'Lý do' }).fill(words);
  await page.keyboard.press('Control+Enter');
}

async function course(): Promise<Locator> {
  await page.getByRole('tab', { name: /Diễn biến/ }).click();
  return page.getByRole('list', { name: 'Diễn biến' });
}
