import { expect, test, type Locator, type Page } from '@playwright/test';
import { confirm } from './support/act.ts';
import { people, samplePassphrase, signIn, signOut } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'Moi-Vao#2026';

/** One desk for everything below: each test goes on where the one before it ended, with nobody signed in. */
let office: Office;
let page: Page;
test.beforeAll(async ({ browser }) => {
  office = await startOffice();
  page = await browser.newPage();
  await page.goto(office.url);
});
test.afterAll(async () => {
  await page.close();
  await office.close();
});

test('the administrator adds a person and gives a passphrase; the person signs in', async () => {
  await signIn(page, 'administrator');
  await expect(page.getByRole('heading', { level: 1, name: 'Người dùng' })).toBeVisible();
  await page.getByRole('button', { name: 'Thêm người' }).click();
  await confirm(page);
  const dialog = page.getByRole('dialog', { name: 'Thêm người' });
  for (const sentence of ['Hãy ghi họ và tên.', 'Hãy ghi chức vụ.', 'Hãy chọn đơn vị.']) {
    await expect(dialog.getByText(sentence)).toBeVisible();
  }
  await dialog.getByRole('textbox', { name: 'Họ và tên' }).fill('Tống Khánh Vy');
  await dialog.getByRole('textbox', { name: 'Chức vụ' }).fill('Chuyên viên');
  await dialog.getByRole('textbox', { name: 'Đơn vị' }).fill('chuyen doi');
  await dialog.getByRole('textbox', { name: 'Đơn vị' }).press('Enter');
  await dialog.getByRole('checkbox', { name: 'Thư ký cuộc họp' }).check();
  await dialog.getByRole('textbox', { name: 'Thư điện tử' }).fill('vy@');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Địa chỉ thư điện tử chưa đúng.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Thư điện tử' }).fill('vy@skhcn.example.gov.vn');
  await page.keyboard.press('Control+Enter');

  const giving = page.getByRole('dialog', { name: 'Cấp mật khẩu cho Tống Khánh Vy' });
  await expect(giving.getByText('Hãy báo mật khẩu tận nơi')).toBeVisible();
  await givePassphrase('vy', 'vy');
  await expect(giving.getByText('Mật khẩu cần ít nhất 8 ký tự')).toBeVisible();
  await givePassphrase(passphrase, 'khac');
  await expect(giving.getByText('Hai lần nhập chưa giống nhau.')).toBeVisible();
  await givePassphrase(passphrase, passphrase);
  await told(page, 'Đã cấp mật khẩu cho Tống Khánh Vy.');
  await expect(pane()).toContainText('Chuyên viên, Thư ký cuộc họp');
  await expect(pane()).toContainText('Đã có mật khẩu');

  await signOut(page);
  await signInAs('khanh vy', passphrase);
  await expect(page.getByRole('heading', { level: 1, name: 'Việc của tôi' })).toBeVisible();
  await signOut(page);
});

test('a corrected post is seen at once, at the sign-in page too, and can be taken back', async () => {
  await signIn(page, 'administrator');
  await choose('khanh vy');
  await correctPost('Phó Trưởng phòng');
  await expect(pane()).toContainText('Phó Trưởng phòng');
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await told(page, 'Đã đưa thông tin Tống Khánh Vy về như trước.');
  await expect(pane()).toContainText('Chuyên viên');
  await correctPost('Chuyên viên chính');
  await expect(pane()).toContainText('Chuyên viên chính');
  await signOut(page);
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill('khanh vy');
  await expect(page.getByRole('option', { name: /Tống Khánh Vy.*Chuyên viên chính/ })).toBeVisible();
});

test('whoever leaves cannot sign in, and is taken back with a new passphrase', async () => {
  await signIn(page, 'administrator');
  await choose('duc thang');
  await page.getByRole('button', { name: 'Việc khác' }).click();
  await expect(page.getByRole('menuitem', { name: /Cho thôi việc/ })).toContainText(
    'Anh/chị không thể tự thôi',
  );
  await page.keyboard.press('Escape');

  await choose('khanh vy');
  await page.getByRole('button', { name: 'Việc khác' }).click();
  await page.getByRole('menuitem', { name: 'Cho thôi việc' }).click();
  await confirm(page);
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('textbox', { name: 'Lý do' }).fill('Chuyển công tác về Sở Nội vụ.');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã ghi nhận Tống Khánh Vy thôi việc.');
  await expect(pane()).toContainText('Đã thôi việc');
  await signOut(page);
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill('khanh vy');
  await expect(page.getByRole('option', { name: /Tống Khánh Vy/ })).toHaveCount(0);

  await signIn(page, 'administrator');
  await choose('khanh vy');
  await page.getByRole('button', { name: 'Nhận lại' }).click();
  await page.getByRole('textbox', { name: 'Lý do' }).fill('Trở lại theo Quyết định 45/QĐ-SKHCN.');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã nhận lại Tống Khánh Vy.');
  await expect(pane()).toContainText('Chưa có mật khẩu nên chưa đăng nhập được');
  await page.getByRole('button', { name: 'Cấp mật khẩu' }).click();
  await givePassphrase(passphrase, passphrase);
  await expect(pane()).toContainText('Đã có mật khẩu');
  await signOut(page);
  await signInAs('khanh vy', passphrase);
  await expect(page.getByRole('heading', { level: 1, name: 'Việc của tôi' })).toBeVisible();
  await signOut(page);
});

test('after five wrong passphrases the administrator unlocks, and the person signs in', async () => {
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(people.officer);
  await page.getByRole('textbox', { name: 'Họ và tên' }).press('Enter');
  const secret = page.getByLabel('Mật khẩu', { exact: true });
  for (const left of [4, 3, 2, 1]) {
    await secret.fill('Sai-mat-khau-1');
    await secret.press('Enter');
    await expect(page.getByText(`Còn ${left} lần thử`)).toBeVisible();
  }
  await secret.fill('Sai-mat-khau-1');
  await secret.press('Enter');
  await expect(page.getByText(/bị khóa đến/).first()).toBeVisible();

  await signIn(page, 'administrator');
  await filter('Đang bị khóa');
  await expect(list().getByRole('option')).toHaveCount(1);
  await list()
    .getByRole('option', { name: /Bùi Thị Ngọc.*Bị khóa đến \d\d:\d\d/ })
    .click();
  await page.getByRole('button', { name: 'Mở khóa đăng nhập' }).click();
  await told(page, 'Đã mở khóa đăng nhập cho Bùi Thị Ngọc.');
  await expect(list().getByRole('option')).toHaveCount(0);
  await filter('Tất cả');
  await signOut(page);
  await signIn(page, 'officer');
  await signOut(page);
});

test('a file of people is shown line by line, and only its good lines are added once confirmed', async () => {
  await signIn(page, 'administrator');
  await expect(list().getByRole('option')).not.toHaveCount(0);
  const before = await count();
  await page.getByRole('button', { name: 'Nhập từ CSV' }).first().click();
  const saved = page.waitForEvent('download');
  await importing().getByRole('button', { name: 'Tải tệp mẫu' }).click();
  const example = await (await saved).path();
  // The example is a file that can be taken as it is.
  await chooseFile(example);
  await expect(importing().getByRole('button', { name: /^Nhập 2 người/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(importing()).toHaveCount(0);
  expect(await count()).toBe(before);

  await page.getByRole('button', { name: 'Nhập từ CSV' }).first().click();
  await chooseFile({ name: 'nguoi-dung.csv', mimeType: 'text/csv', buffer: Buffer.from(fourPeople) });
  await expect(importing().getByText('Không có đơn vị “Phòng Không Có” trong danh bạ.')).toBeVisible();
  await expect(importing().getByText('Không hiểu vai trò “Thủ kho”.')).toBeVisible();
  await expect(importing().getByText('“ba” không phải là một địa chỉ thư điện tử.')).toBeVisible();
  await expect(importing().getByRole('row', { name: /^6 Phan Văn Ba/ })).toBeVisible();
  expect(await count()).toBe(before);
  await importing().getByRole('button', { name: 'Nhập 2 người, bỏ qua 2 dòng lỗi' }).click();
  await told(page, 'Đã nhập 2 người, bỏ qua 2 dòng.');
  await expect.poll(count).toBe(before + 2);
  // The same file once more finds them there.
  await page.getByRole('button', { name: 'Nhập từ CSV' }).first().click();
  await chooseFile({ name: 'nguoi-dung.csv', mimeType: 'text/csv', buffer: Buffer.from(fourPeople) });
  await expect(importing().getByText('Lê Văn Tám đã có trong danh bạ ở đơn vị này')).toBeVisible();
  await expect(importing().getByRole('button', { name: /^Nhập \d/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await filter('Chưa có mật khẩu');
  await expect(list().getByRole('option')).toHaveCount(2);
  await expect(list().getByRole('option', { name: /Lê Văn Tám.*Chưa có mật khẩu/ })).toBeVisible();
  await filter('Tất cả');
});

test('a file in another encoding, without its columns or without people says what to do, and adds nobody', async () => {
  const before = await count();
  const heading = 'Họ và tên,Chức vụ,Đơn vị\r\n';
  const utf16 = Buffer.from(`\u{feff}${heading}Lê Văn Tám,Chuyên viên,Văn phòng`, 'utf16le');
  // `Họ và tên` in Windows-1258, as an old spreadsheet saves it.
  const cp1258 = Buffer.from([
    0x48, 0x6f, 0xf2, 0x20, 0x76, 0xe0, 0x20, 0x74, 0xea, 0x6e, 0x0d, 0x0a, 0x4c, 0xea,
  ]);
  await dropOnList(cp1258);
  await expect(importing().getByRole('alert')).toContainText('Hãy lưu lại tệp ở dạng “CSV UTF-8”');
  for (const [buffer, sentence] of [
    [utf16, 'Hãy lưu lại tệp ở dạng “CSV UTF-8”'],
    [Buffer.from('Tên,Phòng ban\r\nLê Văn Tám,Văn phòng'), 'Dòng đầu của tệp cần có các cột'],
    [Buffer.from(heading), 'Tệp không có dòng nào dưới dòng tiêu đề'],
  ] as const) {
    await chooseFile({ name: 'cu.csv', mimeType: 'text/csv', buffer });
    await expect(importing().getByRole('alert')).toContainText(sentence);
  }
  await expect(importing().getByRole('button', { name: /^Nhập \d/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  expect(await count()).toBe(before);
  await signOut(page);
});

test('a person is added and corrected with the keyboard alone', async () => {
  // Who sat here last is already named.
  await expect(page.getByLabel('Mật khẩu', { exact: true })).toBeFocused();
  await type(samplePassphrase, 'Enter');
  await expect(list()).toBeFocused();
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'Họ và tên' })).toBeFocused();
  await type('Mạc Đình Sáu', 'Tab');
  await type('Văn thư', 'Tab', 'Tab');
  await type('van phong', 'Enter', 'Tab');
  // Văn thư is the first role; Chuyên viên, which a new person has, the fifth.
  await type('', 'Space', 'Tab', 'Tab', 'Tab', 'Tab', 'Space', 'Control+Enter');
  await expect(page.getByRole('dialog', { name: 'Cấp mật khẩu cho Mạc Đình Sáu' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Mật khẩu mới', exact: true })).toBeFocused();
  await type(passphrase, 'Tab', 'Tab');
  await type(passphrase, 'Enter');
  await expect(pane()).toContainText('Đã có mật khẩu');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('s');
  await expect(page.getByRole('checkbox', { name: 'Văn thư' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Chuyên viên' })).not.toBeChecked();
  await type('', 'Tab', 'Control+a');
  await type('Phó Chánh Văn phòng', 'Tab');
  await type('cap pho', 'Enter', 'Control+Enter');
  await expect(pane()).toContainText('Phó Chánh Văn phòng');
  await expect(pane()).toContainText('Cấp phó');
  await page.keyboard.press('/');
  await type('mac dinh', 'Enter');
  await expect(list()).toBeFocused();
  await expect(list().getByRole('option')).toHaveCount(1);
  await expect(list().getByRole('option', { name: /Mạc Đình Sáu/ })).toBeVisible();
});

const fourPeople = [
  '\u{feff}Họ và tên,Chức vụ,Đơn vị,Vai trò,Thư điện tử',
  'Lê Văn Tám,Chuyên viên,Phòng Chuyển đổi số,Chuyên viên,tam@skhcn.example.gov.vn',
  'Hoàng Thị Chín,Chuyên viên,Phòng Không Có,Chuyên viên,',
  '',
  'Vũ Văn Mười,Nhân viên,Văn phòng,Văn thư,',
  'Phan Văn Ba,Chuyên viên,Văn phòng,Thủ kho,ba',
].join('\r\n');

function list(): Locator {
  return page.getByRole('listbox', { name: 'Người trong cơ quan' });
}

function pane(): Locator {
  return page.getByRole('article');
}

function importing(): Locator {
  return page.getByRole('dialog', { name: 'Nhập người từ tệp CSV' });
}

async function signInAs(letters: string, secret: string): Promise<void> {
  const name = page.getByRole('textbox', { name: 'Họ và tên' });
  await name.fill(letters);
  // Whoever was just added stands in the list as soon as it is asked anew.
  await page.getByRole('option', { name: /Tống Khánh Vy/ }).click();
  await page.getByLabel('Mật khẩu', { exact: true }).fill(secret);
  await page.keyboard.press('Enter');
}

async function givePassphrase(first: string, again: string): Promise<void> {
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill(first);
  await page.getByLabel('Nhập lại mật khẩu mới').fill(again);
  await page.keyboard.press('Control+Enter');
}

/** Finds a person by letters without diacritics and opens them. */
async function choose(letters: string): Promise<void> {
  const search = page.getByRole('searchbox', { name: 'Tìm người, đơn vị' });
  await search.fill(letters);
  await expect(list().getByRole('option')).toHaveCount(1);
  await list().getByRole('option').click();
  await expect(pane()).toBeVisible();
  await search.fill('');
  // Whoever is looked for next is not sought in what was found now.
  await expect(list().getByRole('option')).not.toHaveCount(1);
}

async function correctPost(post: string): Promise<void> {
  await page.getByRole('button', { name: 'Sửa thông tin' }).click();
  await page.getByRole('textbox', { name: 'Chức vụ' }).fill(post);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã lưu thông tin Tống Khánh Vy.');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

async function filter(name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Xem những ai' }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

/** How many people the head of the list counts. */
async function count(): Promise<number> {
  return Number.parseInt(await page.locator('.place-head-count').innerText(), 10);
}

async function chooseFile(file: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await importing().getByRole('button', { name: 'Chọn tệp' }).click();
  await (await chooser).setFiles(file);
}

async function dropOnList(bytes: Buffer): Promise<void> {
  const dropped = await page.evaluateHandle(
    (values) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(values)], 'cu.csv', { type: 'text/csv' }));
      return transfer;
    },
    [...bytes],
  );
  await list().dispatchEvent('drop', { dataTransfer: dropped });
}

/** Types, then presses keys one after another. */
async function type(text: string, ...keys: readonly string[]): Promise<void> {
  await page.keyboard.type(text);
  for (const key of keys) await page.keyboard.press(key);
}
