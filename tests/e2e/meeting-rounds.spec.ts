import { cpSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { actAs } from '#electron/features/sample/act-as.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readAll } from '#electron/store/read-state.ts';
import { mayRead } from '#shared/directory/public.ts';
import { documentAggregate, documentName } from '#shared/documents/public.ts';
import {
  AgendaItemIdSchema,
  DossierIdSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  addDays,
  dayOf,
  instantAt,
} from '#shared/kernel/public.ts';
import { someItem } from '../support/meeting-day.ts';
import { aSeat, someRules } from '../support/meetings.ts';
import { doAct } from './support/act.ts';
import { go } from './support/go.ts';
import { lookAt } from './support/looking.ts';
import { signIn, signOut } from './support/people.ts';
import { departmentIn, openSampleDesk } from './support/sample-desk.ts';
import { endOffice, startOffice, type Office } from './support/start-office.ts';

let office: Office;
let paper = '';
const dossierId = DossierIdSchema.parse(systemClock.newId());
const roundId = MeetingIdSchema.parse(systemClock.newId());
const file = 'Đề án số hóa tài liệu lưu trữ';
const asked = 'Chủ trương số hóa tài liệu lưu trữ';
const today = dayOf(systemClock.now());

test.beforeEach(async () => {
  office = await startOffice({ before: prepare });
});
test.afterEach(async () => {
  await office.close();
});

/** A file with a paper in it, and a round in writing that was sent out with nothing asked yet. */
async function prepare(folder: string): Promise<void> {
  const { open, called } = await openSampleDesk(departmentIn(folder));
  const [chief, leader] = [called('Thu Hà'), called('Văn Minh')];
  const officer = actAs(open, called('Thị Ngọc'), systemClock);
  const fields = {
    code: '31.LT',
    title: file,
    retention: 10,
    mode: 'open',
    keywords: '',
    description: '',
    startedOn: today,
  };
  officer.must('dossiers.open', { dossierId, fields, maker: officer.person.id, parent: null });
  const found = readAll(open.desk.db, documentAggregate).find(
    (one) => one.file !== null && one.direction === 'incoming' && mayRead(officer.scope, one),
  );
  if (found === undefined) throw new Error('The officer reads no letter');
  officer.must('dossiers.file', { dossierId, documents: [found.id] });
  paper = documentName(found);

  const secretary = actAs(open, chief, systemClock);
  const bodyId = MeetingBodyIdSchema.parse(systemClock.newId());
  const itemId = AgendaItemIdSchema.parse(systemClock.newId());
  secretary.must('meetings.setUpBody', { bodyId, name: 'Hội đồng lưu trữ', rules: someRules() });
  const members = ['Hồng Hạnh', 'Minh Tuấn'].map((name) => aSeat({ person: called(name) }));
  const seats = [aSeat({ person: leader, post: 'chair' }), ...members];
  secretary.must('meetings.seatMembers', { bodyId, seats });
  const until = instantAt(addDays(today, 30), '17:00');
  const round = { title: 'Lấy ý kiến về lưu trữ', place: '', startsAt: until, endsAt: until };
  const by = { chair: leader, secretary: chief };
  secretary.must('meetings.convene', { meetingId: roundId, bodyId, kind: 'round', fields: round, ...by });
  secretary.must('meetings.putItem', { meetingId: roundId, itemId, fields: someItem({ title: asked }) });
  secretary.must('meetings.arrange', { meetingId: roundId, order: [itemId] });
  secretary.must('meetings.invite', { meetingId: roundId, guests: [] });
  open.close();
}

test('what a file is about is proposed from its page, returned with a reason, put in again and scheduled', async ({
  page,
}) => {
  const faults: string[] = [];
  await page.goto(office.url);
  await signIn(page, 'officer');
  await toPlace(page, `/ho-so/${dossierId}`);
  await expect(page.getByRole('article', { name: file })).toBeVisible();
  await expect(page.locator('.action-bar')).toBeVisible();
  await page.keyboard.press('m');
  const proposing = page.getByRole('dialog', { name: 'Đề xuất nội dung họp' });
  await expect(proposing.getByLabel('Từ hồ sơ')).toHaveValue(file);
  await expect(proposing.getByRole('textbox', { name: /^Nội dung/ })).toHaveValue(file);
  await proposing.getByLabel('Tổ chức họp').fill('tap the');
  await page.keyboard.press('Enter');
  const papers = proposing.getByRole('textbox', { name: 'Tài liệu' });
  await papers.fill('a');
  await page.keyboard.press('Enter');
  await expect(papers).toHaveValue('');
  await page.keyboard.press('Tab');
  await lookAt(page, 'dossier-propose', faults);
  await page.keyboard.press('Control+Enter');
  const proposal = page.getByRole('article', { name: file });
  await expect(proposal.getByText('đã gửi')).toBeVisible();
  await expect(proposal.getByText(paper)).toBeVisible();
  await signOut(page);

  await signIn(page, 'chief');
  await toProposal(page);
  await doAct(page, 'Trả lại');
  await page.getByRole('dialog').getByRole('textbox').fill('Thiếu dự toán');
  await page.keyboard.press('Control+Enter');
  // It waits for its proposer now, and for nobody who may put it on an agenda.
  await expect(proposal).toHaveCount(0);
  await signOut(page);

  await signIn(page, 'officer');
  await toProposal(page);
  await expect(proposal.getByText('Trả lại: Thiếu dự toán')).toBeVisible();
  await doAct(page, 'Sửa và gửi lại');
  await expect(proposing.getByLabel('Từ hồ sơ')).toHaveValue(file);
  await proposing.getByLabel('Điều đề nghị và lý do').fill('Đã bổ sung dự toán');
  await page.keyboard.press('Control+Enter');
  await expect(proposal.getByText('đã gửi')).toBeVisible();
  await signOut(page);

  await signIn(page, 'chief');
  await toProposal(page);
  await expect(proposal.getByText('Đã bổ sung dự toán')).toBeVisible();
  await doAct(page, 'Xếp vào cuộc họp');
  await expect(page.getByRole('dialog').getByLabel('Cuộc họp')).toHaveValue(/Phiên họp thường kỳ/u);
  await page.keyboard.press('Control+Enter');
  const agenda = page.getByRole('list', { name: 'Chương trình' });
  await expect(agenda.getByRole('heading', { name: file })).toHaveCount(1);
  await page.getByRole('button', { name: `Sửa nội dung: ${file}` }).press('Enter');
  const item = page.getByRole('dialog', { name: 'Sửa nội dung' });
  await expect(item.getByLabel('Thuộc hồ sơ')).toHaveValue(file);
  await lookAt(page, 'meetings-item-dossier', faults);
  await page.keyboard.press('Control+Enter');
  await expect(item).toBeHidden();
  expect(faults).toEqual([]);
});

test('a body keeps what it says it keeps, sits by its series, and begins its next meeting as the last one', async ({
  page,
}) => {
  const faults: string[] = [];
  await page.goto(office.url);
  await signIn(page, 'chief');
  await toPlace(page, '/to-chuc-hop');
  await page.getByRole('option', { name: /Tập thể lãnh đạo/u }).click();
  await expect(page.getByRole('button', { name: 'Sửa quy chế' })).toBeVisible();
  await page.keyboard.press('s');
  const rules = page.getByRole('dialog', { name: 'Sửa quy chế' });
  const keeping = rules.getByLabel('Giữ ghi chú riêng và bản sao tài liệu (ngày)');
  await keeping.fill('3651');
  await expect(rules.getByText('Số ngày từ 0 đến 3650')).toBeVisible();
  await keeping.fill('60');
  await lookAt(page, 'meetings-rules', faults);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('60 ngày sau cuộc họp')).toBeVisible();

  await doAct(page, 'Lịch họp thường kỳ');
  const regular = page.getByRole('dialog', { name: 'Lịch họp thường kỳ' });
  await regular.getByText('Hằng tuần').click();
  await regular.getByLabel('Địa điểm').fill('Phòng họp số 3');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('thứ Hai hằng tuần, 08:00')).toBeVisible();

  await go(page, 'gm', 'Cuộc họp');
  await page.keyboard.press('n');
  const calling = page.getByRole('dialog', { name: 'Triệu tập cuộc họp' });
  await calling.getByLabel('Tổ chức họp').fill('tap the');
  await page.keyboard.press('Enter');
  const days = calling.getByRole('group', { name: 'Theo lần trước hoặc theo lịch' });
  await days.getByRole('button', { name: /08:00/u }).last().press('Enter');
  await expect(calling.getByLabel('Địa điểm')).toHaveValue('Phòng họp số 3');
  await expect(calling.getByLabel(/Chép chương trình kỳ trước/u)).toBeChecked();
  const title = 'Giao ban theo lịch';
  await calling.getByLabel('Tên cuộc họp').fill(title);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();
  const agenda = page.getByRole('list', { name: 'Chương trình' });
  await expect(agenda.getByRole('heading', { name: 'Kế hoạch chuyển đổi số năm 2027' })).toBeVisible();
  expect(faults).toEqual([]);
});

test('a question in writing is reminded of and answered by one; the silence of the others carries it after its day', async ({
  page,
}) => {
  const faults: string[] = [];
  await page.goto(office.url);
  await signIn(page, 'chief');
  await toPlace(page, `/cuoc-hop/${roundId}`);
  await page.getByRole('tab', { name: 'Phiếu' }).click();
  await page.getByRole('button', { name: 'Lấy phiếu' }).press('Enter');
  const asking = page.getByRole('dialog', { name: 'Lấy phiếu' });
  await expect(asking.getByText('Quá hạn không trả lời là đồng ý')).toBeVisible();
  await asking.getByLabel(/Nhắc người chưa trả lời phiếu/u).fill('2');
  await lookAt(page, 'meetings-open-vote', faults);
  await page.keyboard.press('Control+Enter');
  const vote = page.getByRole('region', { name: asked });
  await expect(
    vote.getByText(/Quá hạn không trả lời là đồng ý · Nhắc trước hạn 2 ngày làm việc/u),
  ).toBeVisible();
  await expect(vote.getByText(/Chưa trả lời \(3\)/u)).toBeVisible();
  await vote.getByRole('button', { name: 'Nhắc người chưa trả lời' }).press('Enter');
  await expect(vote.getByText('Đã nhắc')).toBeVisible();
  await expect(vote.getByRole('button', { name: 'Nhắc người chưa trả lời' })).toHaveCount(0);
  await signOut(page);

  await signIn(page, 'unitHead');
  const row = page.locator('.dense-row', { hasText: asked });
  await expect(row.getByText('Nhắc trả lời phiếu lấy ý kiến')).toBeVisible();
  await row.click();
  await expect(page.getByRole('article', { name: 'Lấy ý kiến về lưu trữ' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Xem nội dung và tài liệu' })).toHaveAttribute(
    'href',
    `/cuoc-hop/${roundId}`,
  );
  await lookAt(page, 'inbox-vote', faults);
  await vote.getByRole('button', { name: 'không tán thành' }).press('Enter');
  await expect(row).toHaveCount(0);
  await expect(vote.getByRole('button', { name: 'không tán thành' })).toHaveAttribute('aria-pressed', 'true');
  await signOut(page);
  expect(faults).toEqual([]);

  // The same machine after the last day.
  const before = office;
  await endOffice(before.child);
  office = await startOffice({
    empty: true,
    before: (folder) => {
      cpSync(before.dataDir, folder, { recursive: true });
    },
    preload: new URL('support/clock-ahead.mjs', import.meta.url).href,
    env: { ANTIN_TEST_HOURS_AHEAD: String(32 * 24) },
  });
  await before.close();
  await page.goto(office.url);
  await signIn(page, 'chief');
  await toPlace(page, `/cuoc-hop/${roundId}`);
  await page.getByRole('tab', { name: 'Phiếu' }).click();
  await vote.getByRole('button', { name: 'Kiểm phiếu' }).press('Enter');
  await expect(vote.getByText('Được thông qua')).toBeVisible();
  await expect(vote.getByText(/không tán thành 1 .* Cần 2, có 2\./u)).toBeVisible();
  await doAct(page, 'Kết thúc lấy ý kiến');
  await expect(page.getByText('đã kết thúc').first()).toBeVisible();
});

async function toPlace(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
}

async function toProposal(page: Page): Promise<void> {
  await toPlace(page, '/de-xuat-hop');
  await page.getByRole('option', { name: new RegExp(file, 'u') }).click();
  await expect(page.getByRole('article', { name: file })).toBeVisible();
}
