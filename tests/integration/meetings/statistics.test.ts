import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportStatistics, statistics } from '#electron/features/meetings/statistics.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { PaperIdSchema, addDays, dayOf, type AgendaItemId, type MeetingId } from '#shared/kernel/public.ts';
import { aFile } from '../../support/builders.ts';
import { meetingOffice, type MeetingOffice } from '../../support/meeting-office.ts';

let working: MeetingOffice;
const today = dayOf(systemClock.now());
const period = { from: today, to: today };

function keep(meetingId: MeetingId, itemId: AgendaItemId, pages: number) {
  const paper = PaperIdSchema.parse(systemClock.newId());
  const file = { ...aFile(pages), pages };
  const kept = { meetingId, itemId, paper, name: 'Tài liệu', document: null, file, reason: '' };
  working.as('chief').must('meetings.keepPaper', kept);
}

beforeAll(async () => {
  working = await meetingOffice();
  const meetingId = working.convene();
  const one = working.put(meetingId, { minutes: 25 });
  const access = { to: 'named' as const, people: [working.office.part('deputy')] };
  const few = working.put(meetingId, { minutes: 40, access }, [one]);
  keep(meetingId, one, 7);
  keep(meetingId, few, 100);
  working.begin(meetingId);
  const leader = working.as('leader');
  leader.must('meetings.adoptBlock', { meetingId, items: [one] });
  leader.must('meetings.settleItem', { meetingId, itemId: few, how: 'chair', words: 'Đồng ý' });
  leader.must('meetings.end', { meetingId });
  working.put(working.convene());
}, 180_000);
afterAll(() => {
  working.remove();
});

test('a meeting that is over counts who came, what needed no talk and what was not printed', () => {
  const counts = {
    meetings: 1,
    asked: 3,
    came: 3,
    items: 2,
    inBlock: 1,
    minutesSaved: 25,
    // Seven pages for three people; a hundred for the two of them who read that item.
    pagesNotPrinted: 7 * 3 + 100 * 2,
    tasks: 0,
  };
  expect(statistics(working.as('leader'), period)).toEqual({
    all: counts,
    bodies: [{ body: working.bodyId, name: 'Hội đồng thi đua', ...counts }],
  });
  const theirs = statistics(working.as('unitHead'), period).all;
  expect(theirs).toMatchObject({ items: 1, pagesNotPrinted: 21 });
  expect(statistics(working.as('officer'), period)).toMatchObject({ all: { meetings: 0 }, bodies: [] });
  const before = { from: addDays(today, -9), to: addDays(today, -1) };
  expect(statistics(working.as('leader'), before).all.meetings).toBe(0);
});

test('it goes out as a table for another program', async () => {
  const leader = working.as('leader');
  const { exportId, name, size } = await exportStatistics(leader, { ...period, form: 'csv' });
  expect(name).toBe('THỐNG KÊ CUỘC HỌP.csv');
  const text = new TextDecoder().decode(leader.exports.read(exportId, 0, size).bytes);
  expect(text).toContain('Số trang không in');
  expect(text).toMatch(/Hội đồng thi đua,1,3,3,2,1,25,221,0/u);
});
