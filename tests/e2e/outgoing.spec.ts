import { expect, test, type Page } from '@playwright/test';
import { go } from './support/go.ts';
import { signIn, signOut, type people } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

const samplePin = '246810';
const subject = 'Báo cáo tình hình chuyển đổi số quý IV';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

test('an officer drafts, the chief returns it, it comes again, the leader signs, the clerk issues it', async ({
  page,
}) => {
  await signIn(page, 'officer');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await page.getByRole('button', { name: 'Soạn mới' }).click();
  await page.getByRole('option', { name: /Công văn/ }).click();
  await page.getByRole('textbox', { name: 'Trích yếu' }).fill(subject);
  await page.getByRole('textbox', { name: 'Kính gửi' }).fill('Ủy ban nhân dân tỉnh An Bình');
  await page.getByRole('textbox', { name: /^Nơi nhận/ }).fill('Ủy ban nhân dân tỉnh An Bình');
  await page.getByRole('textbox', { name: 'Nội dung văn bản' }).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Sở Khoa học và Công nghệ báo cáo như sau:');
  await page.keyboard.press('Enter');
  await page.keyboard.type('1. Kết quả quý IV;');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Phương hướng năm 2027./.');
  await page.getByRole('tab', { name: 'Xem trước' }).click();
  await expect(page.getByRole('group', { name: 'Bản xem trước' })).toContainText('Phương hướng năm 2027');
  await expect(page.getByRole('status').filter({ hasText: 'Đã lưu' })).toBeVisible();
  await page.getByRole('button', { name: /^Trình/ }).click();
  await submit(page);
  await told(page, 'Đã trình Hoàng Minh Tuấn.');

  await takeTurn(page, 'unitHead', 'Duyệt', '');
  await open(page, 'chief');
  await page.getByRole('button', { name: 'Trả lại' }).click();
  await page.getByRole('textbox', { name: 'Lý do' }).fill('Thiếu căn cứ pháp lý.');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã trả lại.');

  await open(page, 'officer');
  await page.getByRole('button', { name: 'Sửa lại' }).click();
  await expect(page.getByText('Bị trả lại: Thiếu căn cứ pháp lý.')).toBeVisible();
  await page
    .getByRole('textbox', { name: 'Căn cứ' })
    .fill('Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư.');
  await page.getByRole('button', { name: /^Trình/ }).click();
  await submit(page);

  await takeTurn(page, 'unitHead', 'Duyệt', '');
  await takeTurn(page, 'chief', 'Cho ý kiến', 'Thể thức đạt yêu cầu.');
  await open(page, 'leader');
  await page.getByRole('toolbar').getByRole('button', { name: 'Ký', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('Giám đốc Nguyễn Văn Minh');
  await page.getByLabel('Mã PIN', { exact: true }).fill('111111');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Mã PIN không đúng với tệp chứng thư số này.')).toBeVisible();
  await page.getByLabel('Mã PIN', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã ký.');

  await open(page, 'clerk');
  await page.getByRole('button', { name: 'Cấp số, đóng dấu và phát hành' }).click();
  await expect(page.getByRole('textbox', { name: /^Phát hành đến/ })).toHaveValue(
    'Ủy ban nhân dân tỉnh An Bình',
  );
  await page.getByLabel('Mã PIN của con dấu', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã phát hành.');
  await expect(page.getByText('Đã phát hành', { exact: true }).first()).toBeVisible();
  await page.getByRole('tab', { name: /Chữ ký/ }).click();
  await expect(page.getByRole('tabpanel', { name: /Chữ ký/ })).toContainText('Nguyễn Văn Minh');
});

test('a paper is drafted and submitted with the keyboard alone', async ({ page }) => {
  await signIn(page, 'officer');
  await go(page, 'gi', 'Văn bản đi');
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { level: 1, name: 'Soạn văn bản mới' })).toBeVisible();
  await expect(page.getByRole('listbox', { name: 'Soạn văn bản mới' })).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Trích yếu' })).toBeFocused();
  await page.keyboard.type(subject);
  await page.keyboard.press('Control+Alt+t');
  await expect(page.getByRole('textbox', { name: 'Nội dung văn bản' })).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Các phòng phân công người tham gia');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Alt+2');
  await page.keyboard.type('Phòng Chuyển đổi số chủ trì;');
  const clause = page.locator('[data-level="clause"]');
  await expect(clause).toHaveAttribute('data-label', '1.');
  await expect(page.locator('[data-level="article"]').last()).toHaveAttribute('data-label', 'Điều 4.');
  await page.keyboard.press('Control+Enter');
  await submit(page);
  await told(page, 'Đã trình Hoàng Minh Tuấn.');
  await expect(page.getByText('Đang trình').first()).toBeVisible();
});

/** The proposed steps are right: head of the unit, chief, leader. */
async function submit(page: Page): Promise<void> {
  await expect(page.getByRole('dialog', { name: 'Trình dự thảo' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog', { name: 'Trình dự thảo' })).toBeHidden();
}

async function open(page: Page, who: keyof typeof people): Promise<void> {
  await signOut(page);
  await signIn(page, who);
  await page.getByRole('option', { name: subject }).click();
}

async function takeTurn(page: Page, who: 'unitHead' | 'chief', act: string, words: string): Promise<void> {
  await open(page, who);
  await page.getByRole('button', { name: act, exact: true }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(words);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}
