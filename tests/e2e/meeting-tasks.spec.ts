import { expect, test } from '@playwright/test';
import { actAs } from '#electron/features/sample/act-as.ts';
import { sendExcerpts } from '#electron/features/meetings/excerpts.ts';
import { systemClock } from '#electron/platform/clock.ts';
import {
  AgendaItemIdSchema,
  ConclusionIdSchema,
  DossierIdSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  TaskIdSchema,
  addDays,
  dayOf,
} from '#shared/kernel/public.ts';
import { someItem } from '../support/meeting-day.ts';
import { aSeat, someRules } from '../support/meetings.ts';
import { confirm, doAct } from './support/act.ts';
import { lookAt, measureAt } from './support/looking.ts';
import { signIn, signOut } from './support/people.ts';
import { departmentIn, openSampleDesk } from './support/sample-desk.ts';
import { startOffice, type Office } from './support/start-office.ts';

let office: Office;
const dossierId = DossierIdSchema.parse(systemClock.newId());
const words = 'Trình kế hoạch sửa đổi trước phiên họp sau';

test.beforeAll(async () => {
  office = await startOffice({ before: async (folder) => heldMeeting(folder) });
});
test.afterAll(async () => {
  await office.close();
});

/** A meeting that is over: what it decided came back to a file, and gave the officer a task. */
async function heldMeeting(folder: string): Promise<void> {
  const { open, called } = await openSampleDesk(departmentIn(folder));
  const [chief, leader, officer] = ['Thu Hà', 'Văn Minh', 'Thị Ngọc'].map(called);
  if (chief === undefined || leader === undefined || officer === undefined) {
    throw new Error('Somebody is missing');
  }
  const [secretary, chair] = [actAs(open, chief, systemClock), actAs(open, leader, systemClock)];
  const [bodyId, meetingId] = [MeetingBodyIdSchema, MeetingIdSchema].map((schema) =>
    schema.parse(systemClock.newId()),
  );
  const itemId = AgendaItemIdSchema.parse(systemClock.newId());
  const today = dayOf(systemClock.now());
  const file = {
    code: '27.KH',
    title: 'Kế hoạch công tác năm 2027',
    retention: 10,
    mode: 'open',
    keywords: '',
    description: '',
    startedOn: today,
  };
  actAs(open, officer, systemClock).must('dossiers.open', {
    dossierId,
    fields: file,
    maker: officer,
    parent: null,
  });
  secretary.must('meetings.setUpBody', { bodyId, name: 'Hội đồng kế hoạch', rules: someRules() });
  secretary.must('meetings.seatMembers', { bodyId, seats: [aSeat({ person: leader, post: 'chair' })] });
  const now = systemClock.now();
  const fields = { title: 'Họp hội đồng kế hoạch', place: '', startsAt: now, endsAt: now };
  const convened = { meetingId, bodyId, kind: 'session', fields, chair: leader, secretary: chief };
  secretary.must('meetings.convene', convened);
  const item = someItem({ title: 'Kế hoạch công tác năm 2027', dossier: dossierId });
  secretary.must('meetings.putItem', { meetingId, itemId, fields: item });
  secretary.must('meetings.arrange', { meetingId, order: [itemId] });
  secretary.must('meetings.invite', { meetingId, guests: [] });
  chair.must('meetings.begin', { meetingId });
  chair.must('meetings.settleItem', {
    meetingId,
    itemId,
    how: 'chair',
    words: 'Thống nhất, sửa phần kinh phí',
  });
  const task = { id: TaskIdSchema.parse(systemClock.newId()), owner: officer, dueOn: addDays(today, 5) };
  const conclusion = ConclusionIdSchema.parse(systemClock.newId());
  chair.must('meetings.drawConclusion', { meetingId, itemId, conclusion, words, task });
  chair.must('meetings.end', { meetingId });
  sendExcerpts(chair, MeetingIdSchema.parse(meetingId));
  open.close();
}

test('what a meeting gave stands in the inbox, is done there by keyboard, and is judged by whoever gave it', async ({
  page,
}) => {
  const faults: string[] = [];
  await page.goto(office.url);
  await signIn(page, 'officer');
  const row = page.locator('.dense-row', { hasText: words });
  await row.click();
  const pane = page.getByRole('article', { name: words });
  await expect(pane.getByText('Họp hội đồng kế hoạch')).toBeVisible();
  await lookAt(page, 'meeting-task', faults);
  await measureAt(page, 'meeting-task-1366', { size: { width: 1366, height: 768 }, faults });
  await page.keyboard.press('n');
  await expect(pane.getByText('Đã nhận')).toBeVisible();
  await page.keyboard.press('x');
  await page.getByRole('dialog').getByRole('textbox').fill('Đã trình kế hoạch');
  await page.keyboard.press('Control+Enter');
  await expect(pane.getByText('Chờ duyệt')).toBeVisible();
  await page.goto(new URL(`/ho-so/${dossierId}`, page.url()).href);
  await expect(page.getByRole('region', { name: 'Kết luận của cuộc họp' })).toContainText(words);
  await lookAt(page, 'dossier-excerpt', faults);
  const before = page.getByRole('region', { name: 'Việc cần làm trước khi kết thúc hồ sơ' });
  await expect(before).toContainText(`Việc “${words}” do Họp hội đồng kế hoạch giao cho`);
  await before.getByRole('button', { name: 'Xem việc' }).click();
  await expect(pane.getByText('Chờ duyệt')).toBeVisible();
  await signOut(page);

  await signIn(page, 'leader');
  await row.click();
  await expect(pane.getByText('Đã trình kế hoạch')).toBeVisible();
  await doAct(page, 'Duyệt kết quả');
  await confirm(page);
  await expect(pane.getByText('Hoàn thành')).toBeVisible();
  await expect(row).toHaveCount(0);
  expect(faults).toEqual([]);
});
