import { afterAll, beforeAll, expect, test } from 'vitest';
import { meetingPage } from '#electron/features/meetings/pages.ts';
import { conflicts, suggestion } from '#electron/features/meetings/planning.ts';
import { proposalsOf, schedule } from '#electron/features/meetings/proposals.ts';
import { mustHappen } from '#electron/features/sample/act-as.ts';
import { systemClock } from '#electron/platform/clock.ts';
import {
  AgendaItemIdSchema,
  InstantSchema,
  PaperIdSchema,
  ProposalIdSchema,
  dayOf,
  weekdayOf,
} from '#shared/kernel/public.ts';
import { meetingOffice, type MeetingOffice } from '../../support/meeting-office.ts';
import { registeredLetter } from '../../support/working-office.ts';

let working: MeetingOffice;
const at = (hour: number) => InstantSchema.parse(new Date(Date.UTC(2027, 0, 12, hour)).toISOString());

beforeAll(async () => {
  working = await meetingOffice();
}, 180_000);
afterAll(() => {
  working.remove();
});

test('what was proposed with a paper of the agency becomes an item with that paper, last on the agenda', async () => {
  const letter = await registeredLetter(working);
  const clerk = working.as('clerk');
  const proposalId = ProposalIdSchema.parse(systemClock.newId());
  const fields = {
    title: 'Cấp kinh phí',
    purpose: 'decide',
    minutes: 10,
    words: 'Xin ý kiến',
    dossier: null,
  };
  const papers = [{ id: PaperIdSchema.parse(systemClock.newId()), document: letter }];
  const proposed = { proposalId, bodyId: working.bodyId, fields, papers };
  clerk.must('meetings.propose', proposed);
  expect(proposalsOf(working.as('leader'))).toMatchObject({ mine: [], waiting: [{ id: proposalId }] });
  expect(proposalsOf(clerk)).toMatchObject({ mine: [{ state: 'submitted' }], waiting: [] });
  expect(proposalsOf(working.as('officer'))).toEqual({ mine: [], waiting: [] });
  expect(() => {
    const other = { ...proposed, proposalId: ProposalIdSchema.parse(systemClock.newId()) };
    working.as('officer').must('meetings.propose', other);
  }).toThrow('documents.unknown');

  const meetingId = working.convene({ startsAt: at(1), endsAt: at(3) });
  const first = working.put(meetingId);
  const itemId = AgendaItemIdSchema.parse(systemClock.newId());
  const body = { proposalId, meetingId, itemId };
  mustHappen(schedule(working.as('leader'), { commandId: working.commandId(), body }));
  const { items, meeting } = meetingPage(working.as('leader'), meetingId);
  expect(meeting.order).toEqual([first, itemId]);
  expect(items[1]?.item).toMatchObject({
    title: 'Cấp kinh phí',
    rapporteur: working.office.part('clerk'),
    papers: [{ document: letter, versions: [{ n: 1 }] }],
  });
  expect(proposalsOf(working.as('leader')).waiting).toEqual([]);
});

test('the next meeting of a body begins with what was put off, the room and the hours of its last', () => {
  const { bodyId } = working;
  const chief = working.as('chief');
  const before = suggestion(chief, bodyId);
  expect(before).toMatchObject({
    place: 'Phòng họp số 1',
    minutes: 120,
    chair: working.office.part('leader'),
    startsAt: [],
  });
  const series = {
    every: 'week',
    weekday: 5,
    nth: 1,
    hour: '14:00',
    minutes: 90,
    place: 'Phòng họp số 2',
  };
  chief.must('meetings.arrangeSeries', { bodyId, series });
  const meetingId = before.from;
  if (meetingId === null) throw new Error('There was one before');
  working.begin(meetingId);
  const [one, two] = meetingPage(chief, meetingId).meeting.order;
  const leader = working.as('leader');
  leader.must('meetings.settleItem', { meetingId, itemId: one, how: 'chair', words: 'Đồng ý' });
  leader.must('meetings.settleItem', { meetingId, itemId: two, how: 'postponed', words: 'Chờ dự toán' });
  const after = suggestion(chief, bodyId);
  expect(after).toMatchObject({ minutes: 90, place: 'Phòng họp số 2' });
  expect(after.items.map(({ title, postponed }) => [title, postponed])).toEqual([
    ['Cấp kinh phí', true],
    ['Phương án phòng chống thiên tai năm 2027', false],
  ]);
  expect(after.startsAt.map((start) => [weekdayOf(dayOf(start)), start.slice(11, 16)])).toEqual(
    Array.from({ length: 3 }, () => [5, '07:00']),
  );
  expect(suggestion(working.as('officer'), bodyId)).toMatchObject({ from: null, items: [] });
});

test('a room and people that are taken at the time are told, and by what only to those who sit there', () => {
  const meetingId = working.convene({ title: 'Họp giao ban', startsAt: at(5), endsAt: at(7) });
  working.put(meetingId);
  working.as('chief').must('meetings.invite', { meetingId, guests: [] });
  const [deputy, officer] = [working.office.part('deputy'), working.office.part('officer')];
  const planned = {
    meetingId: null,
    place: 'phòng họp số 1',
    startsAt: at(6),
    endsAt: at(8),
    people: [deputy, officer],
  };
  const busy = { startsAt: at(5), endsAt: at(7) };
  const meeting = { id: meetingId, title: 'Họp giao ban' };
  expect(conflicts(working.as('chief'), planned)).toEqual({
    place: [{ ...busy, meeting }],
    people: [{ person: deputy, busy: { ...busy, meeting } }],
  });
  expect(conflicts(working.as('officer'), planned).people).toEqual([
    { person: deputy, busy: { ...busy, meeting: null } },
  ]);
  const none = { place: [], people: [] };
  expect(conflicts(working.as('chief'), { ...planned, meetingId })).toEqual(none);
  expect(conflicts(working.as('chief'), { ...planned, startsAt: at(7) })).toEqual(none);
  working
    .as('deputy')
    .must('meetings.answer', { meetingId, answer: { is: 'declines', reason: 'Đi công tác' } });
  expect(conflicts(working.as('chief'), { ...planned, place: '' })).toEqual(none);
});
