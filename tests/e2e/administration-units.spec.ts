import { expect, test, type Page } from '@playwright/test';
import { signIn, signOut } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

test('the administrator adds a unit, renames it and ends it; the clerk sees it in the directory', async ({
  page,
}) => {
  await signIn(page, 'administrator');
  await open(page, '/quan-tri/don-vi');
  await page.getByRole('button', { name: 'Thêm đơn vị' }).click();
  await page.getByRole('button', { name: 'Thêm đơn vị' }).last().click();
  await expect(page.getByText('Hãy ghi tên đơn vị.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Tên đơn vị' }).fill('Tổ Tin học');
  await page.getByRole('textbox', { name: 'Chữ viết tắt' }).fill('TTH');
  await page.getByRole('textbox', { name: 'Trực thuộc' }).fill('van phong');
  await page.getByRole('textbox', { name: 'Trực thuộc' }).press('Enter');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã thêm Tổ Tin học.');
  const units = page.getByRole('listbox', { name: 'Các đơn vị' });
  await expect(units.getByRole('option', { name: /^Tổ Tin học thuộc Văn phòng/ })).toBeVisible();

  await rename(page, 'Tổ Công nghệ thông tin');
  await expect(page.getByRole('heading', { name: 'Tổ Công nghệ thông tin' })).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await told(page, 'Đã đưa Tổ Tin học về như trước.');
  await expect(page.getByRole('heading', { name: 'Tổ Tin học' })).toBeVisible();
  await rename(page, 'Tổ Chuyển đổi số');

  // The office is above it, and cannot be put under it.
  await units.getByRole('option', { name: /^Văn phòng/ }).click();
  await page.getByRole('button', { name: 'Sửa đơn vị' }).click();
  await page.getByRole('textbox', { name: 'Trực thuộc' }).fill('chuyen doi so');
  const parents = page.getByRole('listbox', { name: 'Trực thuộc' }).getByRole('option');
  await expect(parents).toHaveText(['Phòng Chuyển đổi sốCĐS']);
  await page.getByRole('button', { name: 'Không làm nữa' }).click();
  await units.getByRole('option', { name: /^Tổ Chuyển đổi số/ }).click();

  await page.getByRole('button', { name: 'Kết thúc đơn vị' }).click();
  await page.getByRole('textbox', { name: 'Ngày hoạt động cuối cùng' }).fill('hôm qua');
  await page.keyboard.press('Control+Enter');
  // It began today, and cannot have ended before.
  await expect(page.getByRole('alert')).toContainText('Ngày kết thúc đứng trước ngày bắt đầu.');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sửa đơn vị' }).click();
  await page.getByRole('textbox', { name: 'Hoạt động từ ngày' }).fill('1/7/2025');
  await page.getByRole('textbox', { name: 'Đến hết ngày' }).fill('hôm qua');
  await page.keyboard.press('Control+Enter');
  await expect(units.getByRole('option', { name: /^Tổ Chuyển đổi số.*Đã kết thúc/ })).toBeVisible();

  await signOut(page);
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Danh bạ/ }).click();
  await page.getByRole('radiogroup').getByText('Đơn vị', { exact: true }).click();
  await units.getByRole('option', { name: /^Tổ Chuyển đổi số thuộc Văn phòng/ }).click();
  await expect(page.getByRole('article', { name: 'Tổ Chuyển đổi số' })).toContainText('Đã kết thúc');
  await expect(page.getByRole('button', { name: 'Sửa đơn vị' })).toHaveCount(0);
  await page.getByRole('article').getByRole('link', { name: 'Văn phòng' }).click();
  await page.getByRole('article').getByRole('link', { name: 'Phạm Thu Hà' }).first().click();
  await expect(page.getByRole('article', { name: 'Phạm Thu Hà' })).toContainText('Chánh Văn phòng');
  await expect(page.getByRole('listbox', { name: 'Người trong cơ quan' })).toBeVisible();
});

test('the administrator keeps our agency, its codes and its books, and adds another agency', async ({
  page,
}) => {
  await signIn(page, 'administrator');
  await open(page, '/quan-tri/co-quan');
  await page.getByRole('button', { name: 'Sửa thông tin cơ quan' }).click();
  const contact = page.getByRole('textbox', { name: 'Liên hệ' });
  await contact.fill('Số 15 đường Độc Lập, điện thoại 0200 3 812 345');
  await page.getByRole('button', { name: 'Thêm mã' }).click();
  const code = page.getByRole('group', { name: 'Mã thứ 3' });
  await code.getByRole('textbox', { name: 'Mã định danh' }).fill('H9');
  await page.getByRole('button', { name: 'Thêm sổ' }).click();
  const book = page.getByRole('group', { name: 'Sổ thứ 3' });
  await book.getByRole('textbox', { name: 'Tên sổ' }).fill('Quyết định');
  await expect(book.getByRole('textbox', { name: 'Mã sổ' })).toHaveValue('quyet-dinh');
  await book.getByRole('textbox', { name: 'Loại văn bản' }).fill('giay moi');
  await book.getByRole('textbox', { name: 'Loại văn bản' }).press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Mã có từ 3 đến 35 ký tự.')).toBeVisible();
  await code.getByRole('textbox', { name: 'Mã định danh' }).fill('H99.14.01');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert')).toContainText('Hai sổ đăng ký dùng cùng một mã.');
  await book.getByRole('textbox', { name: 'Tên sổ' }).fill('Giấy mời');
  await page.keyboard.press('Control+Enter');
  await told(page, /^Đã lưu thông tin Sở Khoa học và Công nghệ/);
  const agency = page.getByRole('article');
  for (const said of ['Số 15 đường Độc Lập', 'H99.14.01', '000.00.14.H99', 'Giấy mời']) {
    await expect(agency).toContainText(said);
  }

  // Without a book there would be no numbers.
  await page.getByRole('button', { name: 'Sửa thông tin cơ quan' }).click();
  for (const name of ['Quyết định', 'Văn bản hành chính khác', 'Giấy mời']) {
    await page.getByRole('button', { name: `Bỏ sổ ${name}` }).click();
  }
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert')).toContainText('Cơ quan cần ít nhất một sổ');
  await page.keyboard.press('Escape');

  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'Thêm cơ quan' })).toBeVisible();
  await page.keyboard.type('Ủy ban nhân dân xã An Phú');
  await page.getByRole('textbox', { name: 'Chữ viết tắt' }).fill('UBND');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Ủy ban nhân dân xã An Phú' })).toBeVisible();

  await signOut(page);
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Danh bạ/ }).click();
  await page.getByRole('radiogroup').getByText('Cơ quan', { exact: true }).click();
  await page.getByRole('option', { name: /^Ủy ban nhân dân xã An Phú/ }).click();
  await expect(page.getByRole('article', { name: 'Ủy ban nhân dân xã An Phú' })).toContainText('An Bình');
});

test('a unit is added with the keyboard alone', async ({ page }) => {
  await signIn(page, 'administrator');
  await open(page, '/quan-tri/don-vi');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'Tên đơn vị' })).toBeFocused();
  await page.keyboard.type('Phòng Sở hữu trí tuệ');
  await page.keyboard.press('Tab');
  await page.keyboard.type('SHTT');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ban giam');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  const article = page.getByRole('article', { name: 'Phòng Sở hữu trí tuệ' });
  await expect(article).toContainText('Ban Giám đốc');
  await page.keyboard.press('s');
  await expect(page.getByRole('dialog', { name: 'Sửa đơn vị' })).toBeVisible();
  await page.keyboard.press('Escape');
});

async function open(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

async function rename(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Sửa đơn vị' }).click();
  await page.getByRole('textbox', { name: 'Tên đơn vị' }).fill(name);
  await page.keyboard.press('Control+Enter');
  await told(page, `Đã lưu ${name}.`);
}
