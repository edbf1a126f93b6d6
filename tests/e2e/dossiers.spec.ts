import { expect, test, type Page } from '@playwright/test';
import { doAct } from './support/act.ts';
import { lookAt } from './support/looking.ts';
import { signIn } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';
import { showOnly } from './support/show-only.ts';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice();
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

const title = 'Hồ sơ chuyển đổi số của tỉnh năm nay';
const toList = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: /^Hồ sơ/ }).click();
  await page.getByRole('button', { name: 'Danh mục hồ sơ' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Danh mục hồ sơ' })).toBeVisible();
};
async function sit(page: Page, who: 'clerk' | 'leader' | 'officer'): Promise<void> {
  await page.getByRole('button', { name: /đổi mật khẩu, đăng xuất/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await signIn(page, who);
}

test('the list is written and approved; a file is opened from it, filled, and closed once nothing stands against it', async ({
  page,
}) => {
  const faults: string[] = [];
  await signIn(page, 'clerk');
  await toList(page);
  await lookAt(page, 'file-list-empty', faults);
  await page.getByRole('button', { name: 'Thêm dòng' }).click();
  const line = page.getByRole('dialog');
  await line.getByLabel('Số, ký hiệu hồ sơ').fill('01.CĐS');
  await line.getByLabel('Đề mục').fill('Chuyển đổi số');
  await line.getByLabel('Tiêu đề hồ sơ').fill(title);
  await line.getByRole('combobox', { name: 'Thời hạn bảo quản' }).click();
  await page.getByRole('option', { name: 'Vĩnh viễn' }).click();
  await lookAt(page, 'file-list-line', faults);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã ghi danh mục hồ sơ.');
  await expect(page.getByText('Chưa phê duyệt')).toBeVisible();

  await sit(page, 'leader');
  await toList(page);
  await page.getByRole('button', { name: 'Phê duyệt danh mục' }).click();
  await told(page, 'Đã phê duyệt danh mục hồ sơ.');
  await lookAt(page, 'file-list-approved', faults);

  await sit(page, 'officer');
  await page.getByRole('link', { name: /^Hồ sơ/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Hồ sơ' })).toBeVisible();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'Mở hồ sơ' });
  await dialog.getByLabel('Số, ký hiệu hồ sơ').fill('01.');
  await page.getByRole('option', { name: /01\.CĐS/ }).click();
  await expect(dialog.getByLabel('Tiêu đề hồ sơ')).toHaveValue(title);
  await lookAt(page, 'dossier-open', faults);
  await dialog.getByLabel('Tiêu đề hồ sơ').focus();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article', { name: title })).toBeVisible();
  await expect(page.getByText('Có trong danh mục hồ sơ')).toBeVisible();
  await expect(page.getByText('chưa có văn bản nào', { exact: false })).toBeVisible();

  // A paper that is still being drafted goes in from where it is read, and stands against closing.
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await showOnly(page, 'Phát hành');
  const issued = page.getByRole('option').first();
  await issued.click();
  await fileInto(page);
  await showOnly(page, 'Dự thảo');
  await page.getByRole('option').first().click();
  await fileInto(page);

  await page.getByRole('link', { name: /^Hồ sơ/ }).click();
  await page.getByRole('option').filter({ hasText: title }).click();
  const contents = page.getByRole('region', { name: 'Mục lục văn bản trong hồ sơ' });
  await expect(contents.getByRole('row')).toHaveCount(3);
  const findings = page.getByRole('region', { name: 'Việc cần làm trước khi kết thúc hồ sơ' });
  await expect(findings).toContainText('là dự thảo; loại khỏi hồ sơ.');
  await lookAt(page, 'dossier-findings', faults);
  await doAct(page, 'Kết thúc hồ sơ');
  const closing = page.getByRole('dialog', { name: 'Kết thúc hồ sơ' });
  await expect(closing.getByText('Còn 1 việc phải làm trước khi kết thúc hồ sơ.')).toBeVisible();
  await page.keyboard.press('Escape');
  await findings.getByRole('button', { name: 'Đưa ra khỏi hồ sơ' }).click();
  await page.getByRole('dialog').getByLabel('Lý do').fill('Bản nháp');
  await page.keyboard.press('Control+Enter');
  await expect(contents.getByRole('row')).toHaveCount(2);
  await expect(findings).toBeHidden();
  // A term that is too short is put right where the file is closed, with one press.
  await doAct(page, 'Sửa thông tin');
  const describing = page.getByRole('dialog', { name: 'Sửa thông tin' });
  await describing.getByRole('combobox', { name: 'Thời hạn bảo quản' }).click();
  await page.getByRole('option', { name: '20 năm' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(describing).toBeHidden();
  await doAct(page, 'Kết thúc hồ sơ');
  await lookAt(page, 'dossier-close', faults);
  await closing.getByRole('button', { name: 'Đặt Vĩnh viễn' }).press('Enter');
  await expect(closing.getByRole('region', { name: 'Việc cần làm trước khi kết thúc hồ sơ' })).toBeHidden();
  await closing.getByLabel('Ngày kết thúc công việc').focus();
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã kết thúc hồ sơ.');
  await showOnly(page, 'Đã kết thúc');
  await page.getByRole('option').filter({ hasText: title }).click();
  await expect(page.getByRole('article').getByText('Đã kết thúc')).toBeVisible();
  await lookAt(page, 'dossier-closed', faults);

  for (const [form, ending] of [
    ['PDF (để in)', 'pdf'],
    ['Excel (XLSX)', 'xlsx'],
  ] as const) {
    await contents.getByRole('button', { name: 'Xuất', exact: true }).click();
    const choose = () => page.getByRole('menuitem', { name: form }).click();
    expect(await saved(page, choose)).toBe(`Mục lục văn bản trong hồ sơ 01.CĐS.${ending}`);
  }
  await doAct(page, 'Xuất gói lưu trữ');
  const packing = page.getByRole('dialog', { name: 'Xuất gói lưu trữ' });
  await lookAt(page, 'dossier-package', faults);
  const name = await saved(page, () => packing.getByRole('button', { name: 'Xuất gói lưu trữ' }).click());
  expect(name).toMatch(/^H99\.14\.\d{4}\.01\.CĐS SIP_hoso\.zip$/u);
  await told(page, 'Đã lập gói lưu trữ và kiểm tra xong.');
  await expect(packing).toBeHidden();
  expect(faults).toEqual([]);
});

test('a danh mục comes in from a file once every line is right, and goes out as one', async ({ page }) => {
  const faults: string[] = [];
  await signIn(page, 'clerk');
  await toList(page);
  const header = 'Số, ký hiệu hồ sơ;Đề mục;Tiêu đề hồ sơ;Thời hạn bảo quản;Người lập hồ sơ;Ghi chú';
  const file = (...lines: string[]) => ({
    name: 'danh-muc.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([`\uFEFF${header}`, ...lines].join('\r\n')),
  });
  await page.getByRole('button', { name: 'Nhập từ CSV' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await lookAt(page, 'file-list-import', faults);
  const chooser = dialog.locator('input[type=file]');
  await chooser.setInputFiles(
    file('01.VP;Văn phòng;Hồ sơ hội nghị tổng kết;mãi mãi;Ai Đó;', '02.VP;Văn phòng;Hồ sơ giao ban;10 năm;;'),
  );
  await expect(dialog.getByText('1 trong 2 dòng có lỗi', { exact: false })).toBeVisible();
  await expect(dialog.getByText('Không hiểu thời hạn bảo quản “mãi mãi”.', { exact: false })).toBeVisible();
  await expect(dialog.getByText('Không có ai tên “Ai Đó”', { exact: false })).toBeVisible();
  await lookAt(page, 'file-list-import-wrong', faults);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeVisible();
  await chooser.setInputFiles(
    file(
      '01.VP;Văn phòng;Hồ sơ hội nghị tổng kết;Vĩnh viễn;Bùi Thị Ngọc;',
      '02.VP;Văn phòng;Hồ sơ giao ban;10 năm;;',
    ),
  );
  await expect(dialog.getByText('danh-muc.csv: 2 dòng, tất cả đều đúng.')).toBeVisible();
  await lookAt(page, 'file-list-import-right', faults);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã ghi danh mục hồ sơ.');
  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('row').nth(1)).toContainText('Bùi Thị Ngọc');
  await lookAt(page, 'file-list-filled', faults);
  await page.getByRole('button', { name: 'Xuất', exact: true }).click();
  const choose = () => page.getByRole('menuitem', { name: 'Excel (XLSX)' }).click();
  expect(await saved(page, choose)).toMatch(/^Danh mục hồ sơ \d{4}\.xlsx$/u);
  expect(faults).toEqual([]);
});

/** The name of what is handed over to be kept. */
async function saved(page: Page, act: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return download.suggestedFilename();
}

async function fileInto(page: Page): Promise<void> {
  await doAct(page, 'Đưa vào hồ sơ');
  const dialog = page.getByRole('dialog', { name: 'Đưa vào hồ sơ' });
  await dialog.getByRole('textbox', { name: 'Hồ sơ' }).fill('01');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã đưa văn bản vào hồ sơ.');
  await expect(dialog).toBeHidden();
}
