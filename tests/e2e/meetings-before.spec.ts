import { expect, test, type Page } from '@playwright/test';
import { PDFDocument } from 'pdf-lib';
import { confirm, doAct } from './support/act.ts';
import { go } from './support/go.ts';
import { lookAt, measureAt } from './support/looking.ts';
import { signIn, signOut } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';

let office: Office;
test.beforeEach(async () => {
  office = await startOffice();
});
test.afterEach(async () => {
  await office.close();
});

const title = 'Họp chuyên đề dữ liệu dùng chung';

test('a meeting is called, gets its agenda and papers, is answered with reason and substitute, and its paper is replaced for all to see', async ({
  page,
}) => {
  const faults: string[] = [];
  await page.goto(office.url);
  await signIn(page, 'chief');
  await toMeetings(page);
  await expect(page.locator('.dense-row')).toHaveCount(1);

  await page.keyboard.press('n');
  const calling = page.getByRole('dialog', { name: 'Triệu tập cuộc họp' });
  await calling.getByLabel('Tên cuộc họp').fill(title);
  await calling.getByLabel('Ngày họp').fill('+3');
  await calling.getByLabel('Từ giờ').fill('14h');
  await calling.getByLabel('Đến giờ').fill('16h30');
  await calling.getByLabel('Địa điểm').fill('Phòng họp số 2');
  await lookAt(page, 'meetings-call', faults);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();
  await expect(page.getByText('14:00–16:30')).toBeVisible();

  for (const item of ['Quy chế dữ liệu dùng chung', 'Phân công đầu mối']) {
    await expect(page.getByRole('button', { name: 'Thêm nội dung' })).toBeVisible();
    await page.keyboard.press('t');
    const adding = page.getByRole('dialog', { name: 'Thêm nội dung' });
    await adding.getByRole('textbox', { name: /^Nội dung/ }).fill(item);
    await adding.getByLabel('Người trình bày').fill('thi ngoc');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await expect(adding).toBeHidden();
  }
  const agenda = page.getByRole('list', { name: 'Chương trình' });
  await expect(agenda.getByRole('heading')).toHaveText([
    '1. Quy chế dữ liệu dùng chung',
    '2. Phân công đầu mối',
  ]);
  await page.getByRole('button', { name: /Xếp lại .*: Phân công đầu mối/ }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(agenda.getByRole('heading')).toHaveText([
    '1. Phân công đầu mối',
    '2. Quy chế dữ liệu dùng chung',
  ]);

  await bring(page, 'Thêm tài liệu cho: Quy chế dữ liệu dùng chung', 'du-thao.pdf', 'Dự thảo lần một');
  await confirm(page);
  await expect(page.getByRole('button', { name: /du-thao/ }).first()).toBeVisible();
  await doAct(page, 'Gửi giấy mời');
  await expect(page.getByRole('dialog', { name: 'Gửi giấy mời' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('đã mời').first()).toBeVisible();
  await signOut(page);

  await signIn(page, 'unitHead');
  await toMeetings(page);
  await expect(page.getByText('Chờ trả lời giấy mời')).toHaveCount(2);
  await page.getByRole('option', { name: new RegExp(title) }).click();
  await page
    .getByRole('button', { name: /du-thao/ })
    .first()
    .click();
  await expect(page.locator('.pdf-view canvas').first()).toBeVisible();
  await lookAt(page, 'meetings-paper', faults);
  await page.keyboard.press('Escape');
  await expect(page.locator('.action-bar')).toBeVisible();
  await page.keyboard.press('y');
  await expect(page.getByText('Chờ ý kiến trước phiên họp')).toBeVisible();
  await page.getByRole('tab', { name: 'Ý kiến' }).click();
  await page.getByRole('button', { name: 'Đồng ý', exact: false }).first().focus();
  await page.keyboard.press('1');
  await page.keyboard.press('3');
  const objecting = page.getByRole('dialog', { name: 'Phản đối' });
  await objecting.getByLabel('Ý kiến').fill('Chưa rõ nguồn kinh phí');
  await page.keyboard.press('Control+Enter');
  await expect(objecting).toBeHidden();
  await expect(page.getByRole('button', { name: 'Phản đối' }).last()).toHaveAttribute('aria-pressed', 'true');
  await lookAt(page, 'meetings-positions', faults);

  await doAct(page, 'Trả lời giấy mời…');
  const answering = page.getByRole('dialog', { name: 'Trả lời giấy mời…' });
  await answering.getByLabel('Cử người dự thay').check();
  await answering.getByLabel('Lý do').fill('Đi công tác tỉnh bạn');
  await page.keyboard.press('Control+Enter');
  await expect(answering).toBeHidden();
  await page.getByRole('tab', { name: 'Thành phần' }).click();
  await expect(page.getByText('Cử Bùi Thị Ngọc dự thay')).toBeVisible();
  await lookAt(page, 'meetings-people', faults);
  await signOut(page);

  await signIn(page, 'chief');
  await toMeetings(page);
  await page.getByRole('option', { name: new RegExp(title) }).click();
  await bring(page, 'Thay bản khác cho du-thao', 'du-thao-2.pdf', 'Dự thảo lần hai');
  const replacing = page.getByRole('dialog', { name: 'Thay bản khác' });
  await replacing.getByLabel('Lý do thay').fill('Bổ sung kinh phí');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Đổi từ bản 1: Bổ sung kinh phí')).toBeVisible();
  await page.getByRole('tab', { name: 'Ý kiến' }).click();
  await expect(page.getByText('Chưa rõ nguồn kinh phí')).toBeVisible();
  await expect(page.getByText('Đã thống nhất')).toHaveCount(1);
  await page.getByRole('tab', { name: 'Thông tin' }).click();
  await signOut(page);

  await signIn(page, 'officer');
  await toMeetings(page);
  await page.getByRole('option', { name: new RegExp(title) }).click();
  await page
    .getByRole('button', { name: /du-thao/ })
    .first()
    .click();
  await expect(page.locator('input[aria-label="Bản của tài liệu"]')).toHaveValue('Bản 2, mới nhất');
  for (const size of [
    { width: 1920, height: 1080 },
    { width: 911, height: 512 },
  ]) {
    await measureAt(page, `meetings-paper-${size.width}`, { size, faults });
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  await noteOnPaper(page);
  await lookAt(page, 'meetings-notes', faults);
  await signOut(page);

  await signIn(page, 'chief');
  await toMeetings(page);
  await page.getByRole('option', { name: new RegExp(title) }).click();
  await page
    .getByRole('button', { name: /du-thao/ })
    .first()
    .click();
  const seen = page.getByRole('region', { name: 'Ghi chú' });
  await expect(seen.getByRole('listitem')).toHaveText([/Hỏi lại nguồn kinh phí.*Bùi Thị Ngọc chia sẻ/u]);
  expect(faults).toEqual([]);
});

/** A note in words by keys, a highlight and a stroke by hand; one is given to the others, and the rest stays private. */
async function noteOnPaper(page: Page): Promise<void> {
  const notes = page.getByRole('region', { name: 'Ghi chú' });
  await expect(page.locator('.pdf-page canvas[data-drawn]').first()).toBeVisible();
  await page.keyboard.press('o');
  await page.getByLabel('Ghi chú của tôi').fill('Hỏi lại nguồn kinh phí');
  await page.keyboard.press('Control+Enter');
  await expect(notes.getByRole('listitem')).toHaveText([/trang 1 Hỏi lại nguồn kinh phí/]);
  for (const [key, count] of [
    ['h', 2],
    ['b', 3],
  ] as const) {
    await page.keyboard.press(key);
    const sheet = await page.locator('.note-layer').first().boundingBox();
    if (sheet === null) throw new Error('There is no page to draw on');
    await page.mouse.move(sheet.x + 60, sheet.y + 40 * count);
    await page.mouse.down();
    await page.mouse.move(sheet.x + 160, sheet.y + 40 * count + 20, { steps: 5 });
    await page.mouse.up();
    await expect(notes.getByRole('listitem')).toHaveCount(count);
    await page.keyboard.press(key);
  }
  await expect(page.locator('.note-layer rect')).toHaveCount(1);
  await expect(page.locator('.note-layer polyline')).toHaveCount(1);
  await notes.getByRole('button', { name: 'Xóa' }).last().click();
  await expect(page.locator('.note-layer polyline')).toHaveCount(0);
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(page.locator('.note-layer polyline')).toHaveCount(1);
  await notes.getByRole('button', { name: 'Chia sẻ' }).first().click();
  await expect(notes).toContainText('Bùi Thị Ngọc chia sẻ');
}

async function toMeetings(page: Page): Promise<void> {
  await go(page, 'gm', 'Cuộc họp');
}

async function bring(page: Page, label: string, name: string, text: string): Promise<void> {
  const file = await PDFDocument.create();
  file.addPage().drawText(name, { x: 60, y: 700 });
  file.setTitle(text);
  const buffer = Buffer.from(await file.save());
  await page
    .locator(`input[aria-label="${label}"]`)
    .setInputFiles({ name, mimeType: 'application/pdf', buffer });
}
