import { cpSync } from 'node:fs';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { agencyOfSample, type AgencyOfSample } from './support/agency-of-sample.ts';
import { join } from './support/join.ts';
import { aLine, type Line } from './support/line.ts';
import { aDeskWithoutWindow } from './support/desk-without-window.ts';
import { lookAt } from './support/looking.ts';
import { morningPost } from './support/morning-post.ts';
import { papersToSign } from './support/papers-to-sign.ts';
import { samplePassphrase, samplePin } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';
import { showOnly } from './support/show-only.ts';

// The one of before: with it the keys of before come along.
const passphrase = samplePassphrase;
const thirty = 30;

test.describe.configure({ mode: 'serial' });
let agency: AgencyOfSample;
let leadersLine: Line;
const offices: Office[] = [];
let clerk: Page;
let leader: Page;
let administrator: Page;

test.beforeAll(async ({ browser }) => {
  agency = await agencyOfSample(20_461, { before: (desk) => papersToSign(desk, { count: thirty }) });
  leadersLine = await aLine(20_462, 20_461);
  const invitations = [
    agency.invite('Thị Lan'),
    agency.invite('Văn Minh', leadersLine.port),
    agency.invite('Đức Thắng'),
  ];
  await agency.start();
  [clerk, leader, administrator] = (await Promise.all(
    invitations.map((invitation, place) =>
      joined(browser, invitation, place < 2 ? agency.machineOfBefore : null),
    ),
  )) as [Page, Page, Page];
});
test.afterAll(async () => {
  for (const office of offices) await office.close();
  await leadersLine.close();
  await agency.remove();
});

/** A machine of somebody's own, or the one of before on which another agency of the sample still is, and the invitation. */
async function joined(browser: Browser, invitation: string, like: string | null = null): Promise<Page> {
  const page = await machine(browser, like);
  await join(page, invitation);
  return page;
}

async function machine(browser: Browser, like: string | null = null): Promise<Page> {
  const office = await startOffice({
    empty: true,
    before: (folder) => {
      if (like !== null) cpSync(like, folder, { recursive: true });
    },
  });
  offices.push(office);
  const page = await (await browser.newContext()).newPage();
  await page.goto(office.url);
  return page;
}

const dot = (page: Page, text: RegExp | string) => page.locator('.sync-dot').filter({ hasText: text });
const settled = /Máy chủ đã ghi|An toàn/;

test('joining is fit to be seen, says whose machine this becomes, and refuses half an invitation', async ({
  browser,
}) => {
  const faults: string[] = [];
  const page = await machine(browser);
  const join = page.getByRole('button', { name: 'Tham gia cơ quan của tôi' });
  await expect(join).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/first-run.png' });
  await join.click();
  await page.getByLabel('Mã mời').fill('antin1.eyJ1cmwiOiJodHRwcz');
  await expect(page.getByText(/không phải mã mời .*trọn vẹn/)).toBeVisible();
  await agency.stop();
  const invitation = agency.invite('Thị Ngọc');
  await page.getByLabel('Mã mời').fill(invitation);
  await expect(page.getByText(/Thị Ngọc/)).toBeVisible();
  await lookAt(page, 'join', faults);
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill(passphrase);
  await page.getByLabel('Nhập lại mật khẩu mới').fill(passphrase);
  await page.keyboard.press('Control+Enter');
  // The server stands still: a sentence, and the same invitation serves when it is back.
  await expect(page.getByText(/Không tới được máy chủ 127.0.0.1/)).toBeVisible();
  await agency.start();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Việc của tôi' })).toBeVisible();
  expect(faults).toEqual([]);
  await page.close();
});

test('how much of the line files may take is set from the dot, by keyboard, and stays', async () => {
  const faults: string[] = [];
  await clerk.setViewportSize({ width: 1366, height: 768 });
  const limits = clerk.getByRole('dialog', { name: 'Giới hạn đường truyền' });
  const open = async () => {
    await clerk.locator('.sync-dot').click();
    await clerk.getByRole('button', { name: 'Giới hạn đường truyền' }).press('Enter');
    await expect(limits).toBeVisible();
  };
  await open();
  await lookAt(clerk, 'limits', faults);
  await limits.getByLabel('Gửi lên máy chủ').fill('512');
  await clerk.keyboard.press('Control+Enter');
  await expect(limits).toBeHidden();
  await open();
  await expect(limits.getByLabel('Gửi lên máy chủ')).toHaveValue('512 KB/s');
  await expect(limits.getByLabel('Nhận về máy này')).toHaveValue('');
  await limits.getByLabel('Gửi lên máy chủ').fill('');
  await clerk.keyboard.press('Control+Enter');
  await expect(limits).toBeHidden();
  expect(faults).toEqual([]);
});

test('a letter the clerk takes in is on the leader’s desk, page and all', async () => {
  await expect(dot(clerk, settled)).toBeVisible();
  await clerk.getByRole('link', { name: /Văn bản đến/ }).click();
  const letter = letterNamed('chi-thi-so-21');
  await clerk.getByLabel('Chọn tệp').setInputFiles([letter]);
  await told(clerk, 'Đã nhận 1 tệp, chờ vào sổ.');
  await register(clerk, '21/CT-TTg');
  await expect(dot(clerk, settled)).toBeVisible();
  await (await latestThing(leader, subject)).click();
  await expect(leader.locator('.pdf-page canvas[data-drawn]').first()).toBeVisible();
  await expect(leader.locator('.standing-kept')).toHaveText('Máy chủ đã ghi');
});

function letterNamed(part: string): string {
  const found = morningPost(40).find((path) => path.includes(part));
  if (found === undefined) throw new Error(`There is no letter ${part}`);
  return found;
}

/** What came last stands last in a list of which only the visible part is there. */
async function latestThing(page: Page, text: string): Promise<Locator> {
  const thing = page.getByRole('option').filter({ hasText: text }).last();
  await expect(async () => {
    await page.getByRole('listbox', { name: 'Chờ tôi' }).press('End');
    await expect(thing).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  return thing;
}

let subject = '';

/** Takes one arrival into the register, as a clerk does. */
async function register(page: Page, notation: string): Promise<void> {
  await showOnly(page, 'Chờ vào sổ');
  await page.getByRole('option').filter({ hasText: notation }).click();
  const field = page.getByRole('textbox', { name: 'Trích yếu' });
  await expect(field).toBeVisible();
  subject = `Về việc thử nhiều máy ${Date.now() % 100_000}`;
  await field.fill(subject);
  await page.keyboard.press('Control+Enter');
  await told(page, /^Số đến \d+ · |^Đã vào sổ /);
}

test('two write a draft at once, each sees where the other is, and what one changed of the other’s is said', async () => {
  const about = `Cùng soạn thảo ${Date.now() % 100_000}`;
  await clerk.getByRole('link', { name: /Văn bản đi/ }).click();
  await clerk.getByRole('button', { name: 'Soạn mới' }).first().click();
  await clerk.getByRole('option', { name: /Thông báo/ }).click();
  await clerk.getByRole('textbox', { name: 'Trích yếu' }).fill(about);
  await clerk.getByRole('button', { name: 'Cùng soạn' }).click();
  const naming = clerk.getByRole('dialog', { name: 'Cùng soạn' });
  await naming.getByRole('textbox', { name: 'Người cùng soạn' }).fill('van minh');
  await clerk.getByRole('option', { name: /Văn Minh/ }).click();
  await lookAt(clerk, 'co-writers', []);
  await clerk.keyboard.press('Control+Enter');
  await told(clerk, /Từ nay cùng soạn: .*Văn Minh/);

  await leader.getByRole('link', { name: /Việc của tôi/ }).click();
  await (await latestThing(leader, 'Cùng soạn')).click();
  await leader.getByRole('button', { name: /^Soạn tiếp/ }).click();
  const [here, there] = [clerk, leader].map((page) =>
    page.getByRole('textbox', { name: 'Nội dung văn bản' }),
  );
  if (here === undefined || there === undefined) throw new Error('Two pages');
  await expect(there).toBeVisible();
  await expect(leader.getByRole('button', { name: /^Trình/ })).toHaveCount(0);

  await here.click();
  await clerk.keyboard.press('Control+End');
  await clerk.keyboard.press('Enter');
  await there.click();
  await leader.keyboard.press('Control+Home');
  await Promise.all([
    clerk.keyboard.type('Văn thư viết ở cuối.', { delay: 15 }),
    leader.keyboard.type('Lãnh đạo viết ở đầu. ', { delay: 15 }),
  ]);
  for (const text of [here, there]) {
    await expect(text).toContainText('Văn thư viết ở cuối.');
    await expect(text).toContainText('Lãnh đạo viết ở đầu.');
  }
  expect((await writtenIn(here)).match(/Văn thư viết ở cuối\./gu)).toHaveLength(1);
  await expect(clerk.locator('.draft-caret-name')).toHaveText(/Văn Minh/);
  await expect(leader.locator('.draft-caret-name')).toHaveText(/Thị Lan/);
  await lookAt(clerk, 'written-together', []);
  // Ctrl+Z takes back what one wrote oneself.
  await clerk.keyboard.press('Control+Z');
  await expect(here).not.toContainText('Văn thư viết ở cuối.');
  await expect(there).toContainText('Lãnh đạo viết ở đầu.');

  await leader.getByRole('textbox', { name: 'Trích yếu' }).fill(`${about} (lãnh đạo sửa)`);
  await told(clerk, 'Người khác vừa đổi “Trích yếu” mà anh/chị đã viết.');
  await clerk.getByRole('button', { name: 'Hoàn tác' }).last().click();
  await expect(leader.getByRole('textbox', { name: 'Trích yếu' })).toHaveValue(about);
  await expect(clerk.getByText('Đã lưu, máy chủ đã có')).toBeVisible();

  // One of them goes on without the network, the other with it; both finish, and nothing is lost.
  leadersLine.pull();
  await expect(dot(leader, /Chưa nối máy chủ/)).toBeVisible();
  await there.click();
  await leader.keyboard.press('Control+Home');
  await leader.keyboard.type('Viết lúc mất mạng. ');
  await expect(leader.getByText('Đã lưu', { exact: true })).toBeVisible();
  await here.click();
  await clerk.keyboard.press('Control+End');
  await clerk.keyboard.type(' Viết tiếp lúc có mạng.');
  await expect(clerk.locator('.draft-caret-name')).toHaveCount(0);
  await expect(here).not.toContainText('Viết lúc mất mạng.');
  leadersLine.plugIn();
  for (const text of [here, there]) {
    await expect(text).toContainText('Viết lúc mất mạng.');
    await expect(text).toContainText('Viết tiếp lúc có mạng.');
  }
  await expect(async () => {
    expect(await writtenIn(here)).toBe(await writtenIn(there));
  }).toPass({ timeout: 60_000 });

  await leader.getByRole('button', { name: 'Đóng', exact: true }).click();
  await expect(clerk.locator('.draft-caret-name')).toHaveCount(0);
  await clerk.getByRole('button', { name: 'Đóng', exact: true }).click();
  await leader.getByRole('link', { name: /Việc của tôi/ }).click();
});

/** What a sheet says, without the carets of others. */
function writtenIn(sheet: Locator): Promise<string> {
  return sheet.evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.draft-caret')) caret.remove();
    return copy.textContent;
  });
}

test('with the server away everything goes on; the number comes when it is back', async () => {
  await agency.stop();
  await clerk.getByRole('link', { name: /Văn bản đến/ }).click();
  const letter = letterNamed('quyet-dinh-so-372');
  await clerk.getByLabel('Chọn tệp').setInputFiles([letter]);
  await told(clerk, 'Đã nhận 1 tệp, chờ vào sổ.');
  await register(clerk, '372/QĐ-BTC');
  await expect(dot(clerk, /Chưa nối máy chủ|Đang gửi/)).toBeVisible();
  await showOnly(clerk, 'Đang xử lý');
  const row = clerk.getByRole('option').filter({ hasText: subject });
  await expect(row).toContainText('Chờ cấp số');
  await row.click();
  await expect(clerk.locator('.standing-kept')).toHaveText('Chờ cấp số');
  const faults: string[] = [];
  await lookAt(clerk, 'desk-offline', faults);
  expect(faults).toEqual([]);
  await agency.start();
  await expect(dot(clerk, settled)).toBeVisible();
  await expect(clerk.locator('.standing-kept')).toHaveText('Máy chủ đã ghi');
  await expect(row).not.toContainText('Chờ cấp số');
  await latestThing(leader, subject);
});

test('a number asked for while the server is away comes by itself; then it is sealed and issued', async () => {
  await clerk.getByRole('link', { name: /Văn bản đi/ }).click();
  await showOnly(clerk, 'Đã ký');
  await clerk.getByRole('option').filter({ hasText: 'Đã ký' }).first().click();
  await agency.stop();
  await clerk.getByRole('button', { name: 'Cấp số, đóng dấu và phát hành' }).click();
  await clerk.getByRole('textbox', { name: /^Phát hành đến/ }).fill('Ủy ban nhân dân tỉnh An Bình');
  await clerk.getByLabel('Mã PIN của con dấu', { exact: true }).fill(samplePin);
  await clerk.keyboard.press('Control+Enter');
  await expect(clerk.getByText(/Đã xin số, máy chủ chưa trả lời/)).toBeVisible();
  // Asked once, it is not asked again.
  await clerk.keyboard.press('Control+Enter');
  await expect(clerk.getByText(/Đã xin máy chủ rồi và đang chờ trả lời/)).toBeVisible();
  await clerk.getByRole('dialog').getByRole('button', { name: 'Không làm nữa' }).click();
  await expect(clerk.locator('.standing-kept')).toHaveText('Chờ cấp số');
  await agency.start();
  await expect(clerk.locator('.standing-kept')).toHaveText('Máy chủ đã ghi');
  await clerk.getByRole('button', { name: 'Đóng dấu và phát hành' }).click();
  await clerk.getByRole('textbox', { name: /^Phát hành đến/ }).fill('Ủy ban nhân dân tỉnh An Bình');
  await clerk.getByLabel('Mã PIN của con dấu', { exact: true }).fill(samplePin);
  await clerk.keyboard.press('Control+Enter');
  await told(clerk, 'Đã phát hành.');
  const title = (await clerk.locator('.document-title').innerText()).slice(-30);
  await leader.getByRole('link', { name: /Văn bản đi/ }).click();
  await showOnly(leader, 'Phát hành');
  await leader.getByRole('option').filter({ hasText: title }).first().click();
  await expect(leader.locator('.pdf-page canvas[data-drawn]').first()).toBeVisible();
  await leader.getByRole('tab', { name: /Chữ ký/ }).click();
  await expect(leader.getByRole('tabpanel', { name: /Chữ ký/ })).toContainText('Nguyễn Văn Minh');
});

test('two act on one paper while apart: one of them reads why, and lets it go', async ({ browser }) => {
  await agency.stop();
  const invitation = agency.invite('Thị Lan');
  await agency.start();
  const second = await joined(browser, invitation);
  await clerk.getByRole('link', { name: /Văn bản đến/ }).click();
  const letter = letterNamed('thong-tu-so-10-2024');
  await clerk.getByLabel('Chọn tệp').setInputFiles([letter]);
  await second.getByRole('link', { name: /Văn bản đến/ }).click();
  await showOnly(second, 'Chờ vào sổ');
  await expect(dot(clerk, settled)).toBeVisible();
  await expect(second.getByRole('option').filter({ hasText: '10/2024/TT-BKHĐT' })).toBeVisible();
  await agency.stop();
  for (const page of [clerk, second]) await register(page, '10/2024/TT-BKHĐT');
  await agency.start();
  let one = clerk;
  await expect(async () => {
    const [first, other] = [await dot(clerk, /cần xử lý/).count(), await dot(second, /cần xử lý/).count()];
    expect(first + other).toBe(1);
    one = first === 1 ? clerk : second;
  }).toPass({ timeout: 60_000 });
  await dot(one, /cần xử lý/).click();
  await one.getByRole('button', { name: 'Mở danh sách cần xử lý' }).click();
  await expect(one.getByRole('heading', { name: 'Cần xử lý' })).toBeVisible();
  await expect(one.getByText('Vào sổ văn bản đến').first()).toBeVisible();
  // What I did beside how it stands.
  await expect(one.getByRole('columnheader', { name: 'Tôi đã làm' })).toBeVisible();
  await expect(one.getByRole('table')).toContainText('Thị Lan');
  const faults: string[] = [];
  await lookAt(one, 'attention-refused', faults);
  expect(faults).toEqual([]);
  await one.getByRole('button', { name: 'Làm lại' }).click();
  await expect(one.getByRole('alert').first()).toBeVisible();
  await one.getByRole('button', { name: 'Bỏ việc này' }).click();
  await expect(one.getByText('Không có việc nào cần xử lý')).toBeVisible();
  await expect(dot(one, settled)).toBeVisible();
  await second.close();
});

test('a leader signs thirty papers with the server away and one PIN; every one is valid at the clerk’s desk', async () => {
  // What is to be signed is here, pages and all.
  await expect(dot(leader, settled)).toBeVisible();
  await agency.stop();
  const invitation = agency.invite('Thị Lan');
  await leader.getByRole('link', { name: /Việc của tôi/ }).click();
  const list = leader.getByRole('listbox', { name: 'Chờ tôi' });
  const rows = leader.getByRole('option').filter({ hasText: 'Phân công trực đợt' });
  await expect(rows.first()).toBeVisible();
  await rows.first().click();
  for (let n = 1; n < thirty; n += 1) await list.press('Shift+ArrowDown');
  await leader.getByRole('button', { name: `Ký ${thirty} văn bản` }).click();
  const dialog = leader.getByRole('dialog', { name: `Ký ${thirty} văn bản` });
  await dialog.getByLabel('Mã PIN', { exact: true }).fill(samplePin);
  await leader.keyboard.press('Control+Enter');
  await expect(dialog).toContainText(`${thirty}/${thirty} xong`);
  await dialog.getByRole('button', { name: 'Đóng' }).last().click();
  await expect(dot(leader, /Chưa nối máy chủ/)).toBeVisible();
  await dot(leader, /Chưa nối máy chủ/).click();
  await expect(leader.getByText(new RegExp(`còn ${thirty} việc, ${thirty} tệp`, 'u'))).toBeVisible();
  const faults: string[] = [];
  await lookAt(leader, 'desk-owes-thirty', faults);
  expect(faults).toEqual([]);
  await leader.keyboard.press('Escape');

  await agency.start();
  await expect(dot(leader, settled)).toBeVisible();
  const desk = await aDeskWithoutWindow(invitation);
  await expect.poll(() => desk.signed('Phân công trực đợt')).toBe(thirty);
  desk.close();
});

test('the administrator invites a machine from the screen, and revokes it: it wipes itself', async ({
  browser,
}) => {
  await administrator.getByRole('link', { name: 'Quản trị' }).click();
  await administrator.getByRole('link', { name: 'Máy làm việc' }).click();
  await expect(administrator.getByText('máy này', { exact: false }).first()).toBeVisible();
  await administrator.getByRole('button', { name: 'Mời thêm máy' }).click();
  const dialog = administrator.getByRole('dialog', { name: 'Mời thêm máy' });
  await dialog.getByRole('textbox', { name: 'Máy của ai' }).fill('minh tuan');
  await administrator.keyboard.press('Enter');
  await administrator.keyboard.press('Control+Enter');
  const text = dialog.getByLabel('Mã mời', { exact: true });
  await expect(text).toHaveValue(/^antin1[.]/);
  const faults: string[] = [];
  await lookAt(administrator, 'invite-machine', faults);
  const invitation = await text.inputValue();
  await dialog.getByRole('button', { name: 'Đóng' }).last().click();
  const officer = await joined(browser, invitation);
  const row = administrator.getByRole('listitem').filter({ hasText: 'Minh Tuấn' });
  await expect(row).toBeVisible();
  await lookAt(administrator, 'administration-devices-many', faults);
  expect(faults).toEqual([]);
  await row.getByRole('button', { name: 'Thu hồi máy' }).click();
  const reason = administrator.getByRole('dialog', { name: 'Thu hồi máy' });
  await reason.getByLabel('Lý do').fill('Mất máy trên đường công tác');
  await administrator.keyboard.press('Control+Enter');
  await expect(administrator.getByText(/Đã thu hồi: Mất máy/)).toBeVisible();
  await expect(officer.getByText(/đã thu hồi máy này. Dữ liệu trên máy đã được xóa/)).toBeVisible();
});
