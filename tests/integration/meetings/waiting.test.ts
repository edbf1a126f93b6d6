import { afterAll, beforeAll, expect, test } from 'vitest';
import { remindersFor } from '#electron/features/meetings/public.ts';
import { listMeetings } from '#electron/features/meetings/pages.ts';
import { inboxCounts, waitingFor } from '#electron/features/workflow/public.ts';
import type { Part } from '#electron/features/sample/offices.ts';
import { systemClock } from '#electron/platform/clock.ts';
import {
  VoteIdSchema,
  addDays,
  instantAt,
  dayOf,
  type AgendaItemId,
  type MeetingId,
} from '#shared/kernel/public.ts';
import type { MeetingWhen } from '#shared/meetings/public.ts';
import { meetingOffice, type MeetingOffice } from '../../support/meeting-office.ts';

let working: MeetingOffice;
const today = dayOf(systemClock.now());
const tomorrow = addDays(today, 1);

beforeAll(async () => {
  working = await meetingOffice();
});
afterAll(() => {
  working.remove();
});

function titles(part: Part, when: MeetingWhen, text = ''): string[] {
  const { rows, total } = listMeetings(working.as(part), { text, when, offset: 0, limit: 100 });
  expect(total).toBe(rows.length);
  return rows.map(({ title, waits }) => (waits === null ? title : `${title}: ${waits}`));
}

function onDay(title: string, day = tomorrow): Readonly<{ meetingId: MeetingId; itemId: AgendaItemId }> {
  const meetingId = working.convene({
    title,
    startsAt: instantAt(day, '08:00'),
    endsAt: instantAt(day, '10:00'),
  });
  return { meetingId, itemId: working.put(meetingId) };
}

test('a meeting waits for an answer, then for positions, then for nothing, and its minutes for the chair', () => {
  const { meetingId, itemId } = onDay('Họp tháng');
  const member = working.as('unitHead');
  expect(titles('unitHead', 'coming')).toEqual([]);
  working.as('chief').must('meetings.invite', { meetingId, guests: [] });
  expect(titles('unitHead', 'waiting')).toEqual(['Họp tháng: answer']);
  member.must('meetings.answer', { meetingId, answer: { is: 'accepts' } });
  expect(titles('unitHead', 'waiting')).toEqual(['Họp tháng: positions']);
  member.must('meetings.takePosition', { meetingId, itemId, stance: 'agrees', words: '' });
  expect(titles('unitHead', 'waiting')).toEqual([]);
  expect(titles('unitHead', 'coming')).toEqual(['Họp tháng']);

  working.begin(meetingId);
  working.as('leader').must('meetings.settleItem', { meetingId, itemId, how: 'chair', words: 'Thống nhất' });
  working.as('leader').must('meetings.end', { meetingId });
  expect(titles('leader', 'waiting')).toEqual(['Họp tháng: minutes']);
  expect(titles('unitHead', 'waiting')).toEqual([]);
});

test('the next meeting stands first, the last of the past ones too, and words find either without their marks', () => {
  const days = [
    ['Xa', addDays(today, 9)],
    ['Gần', addDays(today, 8)],
    ['Cũ', addDays(today, -9)],
    ['Vừa qua', addDays(today, -8)],
  ] as const;
  for (const [title, day] of days) onDay(title, day);
  expect(titles('chief', 'coming').filter((title) => title === 'Xa' || title === 'Gần')).toEqual([
    'Gần',
    'Xa',
  ]);
  expect(titles('chief', 'past')).toEqual(['Vừa qua', 'Cũ']);
  expect(titles('chief', 'past', 'vua qua')).toEqual(['Vừa qua']);
});

test('a question in writing waits for whoever has not answered it, and a day that went by waits for nobody', () => {
  const round = working.convene({
    title: 'Lấy phiếu',
    startsAt: instantAt(tomorrow, '17:00'),
    endsAt: instantAt(tomorrow, '17:00'),
  });
  const past = onDay('Đã lỡ', addDays(today, -1));
  const itemId = working.put(round);
  const chief = working.as('chief');
  for (const meetingId of [round, past.meetingId]) chief.must('meetings.invite', { meetingId, guests: [] });
  const voteId = VoteIdSchema.parse(systemClock.newId());
  chief.must('meetings.openVote', {
    voteId,
    meetingId: round,
    itemId,
    question: { is: 'motion', words: 'Thông qua?' },
    form: 'named',
    askedBy: null,
    special: null,
    until: instantAt(tomorrow, '17:00'),
    decides: true,
  });
  expect(titles('deputy', 'waiting')).toContain('Lấy phiếu: vote');
  const choice = { is: 'motion', side: 'yes' };
  working.as('deputy').must('meetings.castVote', { voteId, voter: working.office.part('deputy'), choice });
  expect(titles('deputy', 'waiting').join()).not.toContain('vote');
  expect(titles('unitHead', 'waiting')).toContain('Lấy phiếu: vote');
  expect(titles('unitHead', 'waiting').join()).not.toContain('Đã lỡ');
});

test('what was asked in writing stands among the things to do near its last day, or as soon as it is reminded of', () => {
  const meetingId = working.convene({ title: 'Lấy phiếu xa' });
  const chief = working.as('chief');
  const [near, far] = [working.put(meetingId), working.put(meetingId)];
  chief.must('meetings.arrange', { meetingId, order: [near, far] });
  chief.must('meetings.invite', { meetingId, guests: [] });
  const ask = (itemId: AgendaItemId, words: string, days: number) => {
    const voteId = VoteIdSchema.parse(systemClock.newId());
    const until = instantAt(addDays(today, days), '17:00');
    const asked = { form: 'named', askedBy: null, special: null, until, decides: true };
    const question = { is: 'motion', words };
    chief.must('meetings.openVote', { voteId, meetingId, itemId, question, ...asked });
    return voteId;
  };
  const [soon, later] = [ask(near, 'Gần hạn?', 1), ask(far, 'Còn lâu?', 40)];
  const toDo = (part: Part) => {
    const { open, person } = working.as(part);
    const reminders = remindersFor({ open, person });
    const asked = { offset: 0, limit: 200, today, reminders };
    const { items, total } = waitingFor(open.desk.db, person, asked);
    expect(total).toBe(items.length);
    expect(inboxCounts(open.desk.db, person, { today, reminders }).mine).toBe(total);
    return items.flatMap(({ why, vote, dueOn, meeting }) =>
      vote === soon || vote === later ? [[why, meeting?.title, meeting?.words, dueOn]] : [],
    );
  };
  const gan = ['vote', 'Lấy phiếu xa', 'Gần hạn?', addDays(today, 1)];
  const xa = ['vote', 'Lấy phiếu xa', 'Còn lâu?', addDays(today, 40)];
  expect(toDo('unitHead')).toEqual([gan]);
  chief.must('meetings.remindVoters', { voteId: later });
  expect(toDo('unitHead')).toEqual([gan, xa]);
  const voter = working.office.part('unitHead');
  const choice = { is: 'motion', side: 'yes' };
  working.as('unitHead').must('meetings.castVote', { voteId: later, voter, choice });
  expect(toDo('unitHead')).toEqual([gan]);
  expect(toDo('deputy')).toEqual([gan, xa]);
  // Whoever keeps the minutes without a vote owes none.
  expect(toDo('chief')).toEqual([]);
});
