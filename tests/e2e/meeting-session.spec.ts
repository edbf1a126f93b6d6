import { cpSync } from 'node:fs';
import { expect as base, test, type Browser, type Page } from '@playwright/test';
import { doAct } from './support/act.ts';
import { agencyOfSample, type AgencyOfSample } from './support/agency-of-sample.ts';
import { heard } from './support/heard.ts';
import { join } from './support/join.ts';
import { aLine, type Line } from './support/line.ts';
import { lookAt, lookAtSizes } from './support/looking.ts';
import { meetingToHold, pagesOf } from './support/meeting-to-hold.ts';
import { samplePin } from './support/people.ts';
import { playing } from './support/playing.ts';
import { startOffice, type Office } from './support/start-office.ts';

// Six machines and their windows share this one.
const expect = base.configure({ timeout: 90_000 });
test.describe.configure({ mode: 'serial' });

const seats = [
  ['chair', 'Văn Minh'],
  ['secretary', 'Thu Hà'],
  ['deputy', 'Hồng Hạnh'],
  ['offline', 'Minh Tuấn'],
  ['late', 'Thị Ngọc'],
  ['guest', 'Thị Bích'],
] as const;
type Seat = (typeof seats)[number][0];

let agency: AgencyOfSample;
let line: Line;
let meeting = '';
let hall: Page;
const faults: string[] = [];
const offices: Office[] = [];
const at = {} as Record<Seat, Page>;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(900_000);
  agency = await agencyOfSample(20_571, {
    before: async (desk) => {
      meeting = await meetingToHold(desk);
    },
  });
  line = await aLine(20_572, 20_571);
  const invitations = seats.map(([seat, name]) =>
    seat === 'offline' ? agency.invite(name, line.port) : agency.invite(name),
  );
  await agency.start();
  // One after the other: each makes its keys, and takes over what the agency has.
  for (const [place, [seat]] of seats.entries()) {
    at[seat] = await joined(browser, invitations[place] ?? '', place < 4);
  }
});
test.afterAll(async () => {
  for (const office of offices) await office.close();
  await line.close();
  await agency.remove();
});

/** A machine of one's own; who signs comes back to the one of before, where their key is. */
async function joined(browser: Browser, invitation: string, hasKey: boolean): Promise<Page> {
  const office = await startOffice({
    empty: true,
    before: (folder) => {
      if (hasKey) cpSync(agency.machineOfBefore, folder, { recursive: true });
    },
  });
  offices.push(office);
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(120_000);
  page.setDefaultNavigationTimeout(120_000);
  await page.goto(office.url);
  await join(page, invitation);
  return page;
}

async function go(page: Page, where: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, where);
}

/** Goes into the room of the meeting as its link does. */
async function enter(page: Page): Promise<void> {
  await go(page, `/phien-hop/${meeting}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Họp hội đồng kế hoạch' })).toBeVisible();
}

const act = (page: Page, name: string | RegExp) =>
  page.getByRole('toolbar', { name: 'Việc tiếp theo' }).getByRole('button', { name });

/** Sends what is asked in the dialog that is open, and sees it go. */
async function confirm(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
}

test('the secretary shows a code, and who is in the room checks in by it', async () => {
  const { secretary, chair, deputy, offline, guest } = at;
  await Promise.all([secretary, chair, deputy, offline, guest].map(enter));
  await doAct(secretary, 'Mã điểm danh');
  const dialog = secretary.getByRole('dialog', { name: 'Mã điểm danh' });
  await secretary.keyboard.press('Control+Enter');
  await expect(dialog.locator('output')).toHaveText(/^\d{4}$/u);
  const code = await dialog.locator('output').innerText();
  await secretary.keyboard.press('Control+Enter');
  for (const page of [chair, deputy, offline, guest]) {
    await expect(page.locator('.action-bar')).toBeVisible();
  }
  for (const page of [chair, deputy]) {
    await page.keyboard.press('d');
    const asking = page.getByRole('dialog', { name: 'Điểm danh' });
    await expect(asking.getByLabel('Mã điểm danh')).toBeVisible();
    await asking.getByLabel('Mã điểm danh').fill('00000000');
    await page.keyboard.press('Control+Enter');
    await expect(asking.getByRole('alert')).toContainText('Mã điểm danh không đúng');
    await asking.getByLabel('Mã điểm danh').fill(code);
    await page.keyboard.press('Control+Enter');
    await expect(asking).toBeHidden();
  }
  await offline.keyboard.press('d');
  await offline.getByRole('radio', { name: 'dự từ xa' }).click();
  await confirm(offline);
  await guest.keyboard.press('d');
  await guest.getByRole('radio', { name: 'dự từ xa' }).click();
  await confirm(guest);
  await doAct(secretary, 'Ghi người dự họp');
  const list = secretary.getByRole('dialog', { name: 'Ghi người dự họp' });
  await list.getByRole('combobox', { name: 'Đỗ Thị Lan' }).click();
  await secretary.getByRole('option', { name: 'trong phòng họp' }).click();
  await secretary.keyboard.press('Control+Enter');
  await expect(chair.getByText('Cần 4, có 4')).toBeVisible();
});

test('everybody follows the page the chair turns to, leaves, and comes back by one key', async () => {
  const { chair, secretary, deputy, guest } = at;
  await act(chair, 'Bắt đầu họp').click();
  await expect(act(chair, 'Nội dung tiếp theo')).toBeVisible();
  await chair.keyboard.press('n');
  for (const page of [chair, secretary, deputy, guest]) {
    await expect(page.locator('.pdf-page canvas[data-drawn]').first()).toBeVisible();
  }
  const number = (page: Page) => page.getByRole('textbox', { name: 'Số trang' });
  await chair.locator('.pdf-scroll').focus();
  await chair.keyboard.press('PageDown');
  await chair.keyboard.press('PageDown');
  for (const page of [secretary, deputy, guest]) await expect(number(page)).toHaveValue('3');
  await deputy.locator('.pdf-scroll').focus();
  await deputy.keyboard.press('End');
  await expect(number(deputy)).toHaveValue('6');
  await expect(deputy.getByRole('button', { name: /Trở lại theo chủ tọa/ })).toBeVisible();
  await chair.keyboard.press('PageDown');
  await expect(number(guest)).toHaveValue('4');
  await expect(number(deputy)).toHaveValue('6');
  await deputy.keyboard.press('t');
  await expect(number(deputy)).toHaveValue('4');

  // Large type for the hall, by keyboard, and back; the conference that the place names is one press away.
  const large = guest.getByRole('button', { name: 'Chữ lớn' });
  const sizeOf = (page: Page) =>
    page.getByRole('heading', { name: 'Thành phần' }).evaluate((one) => one.getBoundingClientRect().height);
  const usual = await sizeOf(guest);
  await large.press('Enter');
  await expect(large).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => sizeOf(guest)).toBeGreaterThan(usual * 1.2);
  const faults: string[] = [];
  await lookAt(guest, 'sitting-large', faults);
  expect(faults).toEqual([]);
  await large.press('Enter');
  await expect.poll(() => sizeOf(guest)).toBe(usual);
  await expect(guest.getByRole('link', { name: 'Mở cầu truyền hình' })).toHaveAttribute(
    'href',
    'https://hop.example.vn/ke-hoach',
  );

  // What somebody notes is theirs, also where their own machine shows the hall.
  await secretary.locator('.pdf-scroll').focus();
  await secretary.keyboard.press('o');
  await secretary.getByRole('dialog').getByRole('textbox').fill('Chỉ mình tôi đọc');
  await confirm(secretary);
  await expect(secretary.getByText('Chỉ mình tôi đọc')).toBeVisible();
  const opened = secretary.context().waitForEvent('page');
  await secretary.getByRole('link', { name: 'Màn hình phòng họp' }).click();
  hall = await opened;
  await expect(hall.locator('.pdf-page canvas[data-drawn]').first()).toBeVisible();
  await expect(hall.getByText('Chỉ mình tôi đọc')).toHaveCount(0);
  await lookAtSizes(hall, 'hall-paper', faults);
  await expect(hall.getByText('Trang 4')).toBeInViewport();
  await lookAtSizes(guest, 'sitting', faults);
  expect(faults).toEqual([]);
});

test('a member asks for the floor and is given it, with a clock that everybody sees', async () => {
  const { chair, deputy, guest } = at;
  await expect(act(deputy, 'Xin phát biểu')).toBeVisible();
  await deputy.keyboard.press('p');
  await expect(chair.getByRole('button', { name: 'Mời Trần Thị Hồng Hạnh phát biểu' })).toBeVisible();
  await chair.getByRole('button', { name: 'Mời Trần Thị Hồng Hạnh phát biểu' }).click();
  await confirm(chair);
  await expect(guest.locator('.sitting-speaking')).toContainText(/Trần Thị Hồng Hạnh.*2:[45]\d/u);
  await expect(hall.locator('.hall-speaker')).toContainText('Trần Thị Hồng Hạnh');
  await lookAtSizes(hall, 'hall-speaker', faults);
  expect(faults).toEqual([]);
  await deputy.getByRole('button', { name: 'Kết thúc lượt' }).click();
  await expect(guest.locator('.sitting-speaking')).toHaveCount(0);
});

test('a paper is replaced while people sit, and everybody sees what it stands in for', async () => {
  const { secretary, deputy, guest } = at;
  await secretary.getByRole('link', { name: 'Ra ngoài' }).click();
  const buffer = Buffer.from(await pagesOf(2, 'Ban moi'));
  await secretary
    .getByLabel('Thay bản khác cho Kế hoạch công tác năm 2027')
    .last()
    .setInputFiles({ name: 'ke-hoach.pdf', mimeType: 'application/pdf', buffer });
  await secretary.getByRole('dialog').getByRole('textbox').fill('Sửa chỉ tiêu');
  await confirm(secretary);
  for (const page of [deputy, guest]) {
    await expect(page.getByText('Bản 2, đổi từ bản 1: Sửa chỉ tiêu')).toBeVisible();
    await expect(page.locator('.pdf-number')).toHaveText('/ 2');
  }
  await enter(secretary);
});

test('a vote by name: one is offline in the middle of it, one comes too late for it', async () => {
  const { chair, secretary, deputy, offline, late, guest } = at;
  await doAct(chair, 'Mở biểu quyết');
  await chair.getByRole('radio', { name: 'Ghi tên' }).click();
  await confirm(chair);
  await expect(offline.getByRole('button', { name: /^Tán thành/ })).toBeVisible();
  await expect(guest.getByText('đang mở')).toBeVisible();
  await expect(guest.getByRole('button', { name: /^Tán thành/ })).toHaveCount(0);

  // Whoever comes now is not among those who vote.
  await enter(late);
  await expect(act(late, 'Điểm danh')).toBeVisible();
  await late.keyboard.press('d');
  await late.getByRole('radio', { name: 'dự từ xa' }).click();
  await confirm(late);
  await expect(late.getByText(/không có tên trong danh sách biểu quyết/)).toBeVisible();

  await lookAt(deputy, 'sitting-vote', faults);
  await lookAtSizes(deputy, 'sitting-vote', faults);
  await expect(hall.locator('.hall-vote')).toBeVisible();
  await lookAtSizes(hall, 'hall-vote', faults);
  expect(faults).toEqual([]);
  await deputy.locator('.pdf-scroll').focus();

  line.pull();
  await vote(offline, '1');
  await vote(deputy, '1');
  await vote(chair, '1');
  await expect(chair.locator('.sitting-needed')).toHaveText('Cần 3, có 2');

  // A ballot on paper of somebody without a machine, entered while another looks on.
  await doAct(secretary, 'Ghi phiếu giấy');
  const paper = secretary.getByRole('dialog', { name: 'Ghi phiếu giấy' });
  for (const [field, choice] of [
    ['Phiếu của', 'Đỗ Thị Lan'],
    ['Ghi trên phiếu', 'không tán thành'],
    ['Người chứng kiến', 'Trần Thị Hồng Hạnh'],
  ] as const) {
    await paper.getByRole('combobox', { name: field }).click();
    await secretary.getByRole('option', { name: choice, exact: true }).click();
  }
  await confirm(secretary);
  await expect(guest.locator('.sitting-roll')).toContainText('phiếu giấy, Trần Thị Hồng Hạnh chứng kiến');

  line.plugIn();
  await expect(chair.locator('.sitting-needed')).toHaveText('Cần 3, có 3');
  await doAct(chair, 'Đóng biểu quyết');
  for (const page of [chair, secretary, deputy, offline, late, guest]) {
    await expect(page.locator('.sitting-result')).toHaveText('Được thông qua: cần 3, có 3.');
  }
  await expect(hall.locator('.sitting-result')).toHaveText('Được thông qua: cần 3, có 3.');
  await lookAtSizes(hall, 'hall-result', faults);
  expect(faults).toEqual([]);
});

/** A ballot by name with two presses: the side, then that it is meant. */
async function vote(page: Page, key: string): Promise<void> {
  await expect(page.getByRole('button', { name: /^Tán thành/ })).toBeVisible();
  await page.keyboard.press(key);
  await expect(page.getByRole('dialog', { name: 'Xác nhận phiếu ghi tên' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Đã biểu quyết:/)).toBeVisible();
}

test('three people see and hear each other, and one turns the camera off', async () => {
  const pages = [at.chair, at.deputy, at.guest];
  for (const page of pages) await page.getByRole('button', { name: 'Vào họp bằng hình và tiếng' }).click();
  for (const page of pages) await expect.poll(() => playing(page)).toBe(3);
  await at.guest.getByRole('button', { name: 'Tắt hình' }).click();
  await expect(at.guest.getByRole('button', { name: 'Bật hình' })).toBeVisible();
  await at.guest.getByRole('button', { name: 'Tắt tiếng' }).click();
  await at.guest.getByRole('button', { name: 'Ra', exact: true }).click();
  for (const page of [at.chair, at.deputy]) await expect(page.locator('.sitting-tiles video')).toHaveCount(2);
  for (const page of [at.chair, at.deputy]) {
    await page.getByRole('button', { name: 'Ra', exact: true }).click();
  }
});

test('who is chosen in secret: a screen reader hears where to press, and each finds their own ballot', async () => {
  const { chair, deputy, offline, secretary } = at;
  await chair.getByRole('button', { name: /Bầu tổ trưởng tổ kiểm tra/ }).click();
  await doAct(chair, 'Mở biểu quyết');
  await chair.getByRole('radio', { name: 'Chọn trong các phương án hoặc ứng viên' }).click();
  await chair.getByRole('textbox', { name: 'Phương án, ứng viên' }).fill('Hoàng Minh Tuấn\nNgô Quang Huy');
  await chair.getByRole('radio', { name: 'Bỏ phiếu kín' }).click();
  await confirm(chair);

  await expect
    .poll(async () => (await heard(deputy)).alert)
    .toBe('Đã mở biểu quyết, bỏ phiếu kín: Bầu tổ trưởng tổ kiểm tra. Nhấn V để đến phiếu.');
  await deputy.keyboard.press('v');
  await expect
    .poll(async () => (await heard(deputy)).focus)
    .toEqual({ role: 'checkbox', name: 'Hoàng Minh Tuấn' });
  await deputy.keyboard.press('Space');
  await deputy.keyboard.press('Tab');
  await expect.poll(async () => (await heard(deputy)).focus).toEqual({ role: 'button', name: 'Bỏ phiếu' });
  await deputy.keyboard.press('Enter');
  const serial = await signedBallot(deputy);
  for (const page of [chair, offline]) {
    await page.getByRole('checkbox', { name: 'Hoàng Minh Tuấn' }).click();
    await page.getByRole('button', { name: 'Bỏ phiếu', exact: true }).click();
    await signedBallot(page);
    await page.getByRole('button', { name: 'Tôi đã ghi lại' }).click();
    await expect(toNote(page)).toHaveCount(0);
  }
  await expect(secretary.getByText('Đã nhận 3/5 phiếu')).toBeVisible();
  await doAct(chair, 'Đóng biểu quyết');
  await expect(deputy.locator('.sitting-result')).toHaveText('Được chọn: Hoàng Minh Tuấn. Mỗi người cần 3.');
  await expect
    .poll(async () => (await heard(deputy)).alert)
    .toBe('Biểu quyết đã đóng. Được chọn: Hoàng Minh Tuấn. Mỗi người cần 3.');
  await deputy.getByRole('textbox', { name: 'Tìm phiếu của tôi theo số phiếu' }).fill(serial);
  await expect(deputy.getByText('Phiếu này đã được tính: Hoàng Minh Tuấn.')).toBeVisible();

  // The number stays with who has not noted it, though the chair moves on and they go out and come back.
  await chair
    .getByRole('button', { name: /Kế hoạch công tác/ })
    .first()
    .click();
  await expect(deputy.locator('.sitting-vote')).not.toContainText('Bầu tổ trưởng tổ kiểm tra');
  await expect(toNote(deputy).locator('output')).toHaveText(serial);
  await deputy.getByRole('link', { name: 'Ra ngoài' }).click();
  await expect(toNote(deputy).locator('output')).toHaveText(serial);
  await expect(toNote(deputy)).toContainText('đóng chương trình là mất');
  await lookAtSizes(deputy, 'meeting-serial', faults);
  await enter(deputy);
  await lookAt(deputy, 'sitting-serial', faults);
  await expect(toNote(deputy).locator('output')).toBeInViewport({ ratio: 1 });
  await lookAtSizes(deputy, 'sitting-serial', faults);
  expect(faults).toEqual([]);
  await toNote(deputy).getByRole('button', { name: 'Tôi đã ghi lại' }).click();
  await expect(toNote(deputy)).toHaveCount(0);
  await chair.getByRole('button', { name: /Bầu tổ trưởng tổ kiểm tra/ }).click();
});

const toNote = (page: Page) => page.getByRole('region', { name: 'Số phiếu kín chưa ghi lại' });

/** Gives the PIN, reads the number, and closes the dialog without a word that it is noted. */
async function signedBallot(page: Page): Promise<string> {
  await page.getByLabel('Mã PIN', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: 'Phiếu kín đã vào hòm' });
  await expect(dialog.locator('output')).not.toBeEmpty();
  const serial = await dialog.locator('output').innerText();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  return serial;
}

test('what is settled without a vote, what follows from it, and the end', async () => {
  const { chair, secretary, late } = at;
  await doAct(chair, 'Ghi kết luận, giao việc');
  const concluding = chair.getByRole('dialog', { name: 'Ghi kết luận' });
  await concluding.getByRole('textbox', { name: 'Kết luận' }).fill('Ban hành kế hoạch trước ngày 15.');
  await concluding.getByRole('textbox', { name: 'Giao cho' }).fill('thi ngoc');
  await chair.getByRole('option', { name: /Thị Ngọc/ }).click();
  await confirm(chair);
  await doAct(chair, /^Thông qua 1 nội dung/);
  await confirm(chair);
  await expect(late.getByRole('button', { name: /Phương án .* thông qua trong nhóm/ })).toBeVisible();
  await doAct(chair, 'Nội dung tiếp theo');
  await doAct(secretary, 'Ghi chú');
  await secretary.getByRole('textbox', { name: 'Ghi chú' }).fill('Trực đủ quân số.');
  await confirm(secretary);
  await doAct(chair, 'Kết luận nội dung');
  await confirm(chair);
  await doAct(chair, 'Kết thúc cuộc họp');
  await confirm(chair);
  await expect(late.getByRole('tab', { name: 'Kết quả' })).toBeVisible();
  await expect(late.getByText('Ban hành kế hoạch trước ngày 15.')).toBeVisible();
  await expect(late.getByText('Mới giao')).toBeVisible();
  await lookAtSizes(late, 'sitting-results', faults);
  await expect(hall.getByRole('heading', { name: 'Cuộc họp đã kết thúc' })).toBeVisible();
  await expect(hall.locator('.hall')).not.toContainText('Cần 4');
  await lookAtSizes(hall, 'hall-over', faults);
  expect(faults).toEqual([]);
});

test('the minutes wrote themselves, are signed by the secretary and the chair, and the meeting is signed by them', async () => {
  const { chair, secretary, late } = at;
  await secretary.getByRole('tab', { name: 'Dự thảo biên bản' }).click();
  const draft = secretary.getByRole('tabpanel', { name: 'Dự thảo biên bản' });
  for (const sentence of [
    'Có mặt 5/5 thành viên có quyền biểu quyết.',
    'Trần Thị Hồng Hạnh phát biểu (1 phút).',
    'Đỗ Thị Lan: không tán thành (phiếu giấy, Trần Thị Hồng Hạnh chứng kiến)',
    'Kế hoạch công tác năm 2027 được đổi từ bản 1: Sửa chỉ tiêu.',
    'Trực đủ quân số.',
    'Giao Bùi Thị Ngọc thực hiện.',
  ]) {
    await expect(draft).toContainText(sentence);
  }
  await doAct(secretary, 'Soạn biên bản');
  await secretary.getByRole('button', { name: /^Soạn tiếp/ }).click();
  await secretary.getByRole('button', { name: /^Trình/ }).click();
  await expect(secretary.getByRole('dialog', { name: 'Trình dự thảo' })).toBeVisible();
  await confirm(secretary);
  await sign(secretary);
  const where = new URL(secretary.url()).pathname;
  await go(chair, where);
  await sign(chair);
  await go(secretary, `/phien-hop/${meeting}`);
  await expect(async () => {
    await doAct(secretary, 'Ghi nhận biên bản đã ký');
    await expect(secretary.getByText('đã ký biên bản')).toBeVisible({ timeout: 5000 });
  }).toPass({ timeout: 60_000 });
  await expect(late.getByText('đã ký biên bản')).toBeVisible();
});

async function sign(page: Page): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name: /^Ký/ }).first().click();
  await page.getByLabel('Mã PIN', { exact: true }).fill(samplePin);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByLabel('Mã PIN', { exact: true })).toHaveCount(0);
}
