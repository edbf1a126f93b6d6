import { afterAll, beforeAll, expect, test } from 'vitest';
import { lineageOf } from '#electron/features/documents/lineage.ts';
import { dossierPage } from '#electron/features/dossiers/pages.ts';
import { sendExcerpts } from '#electron/features/meetings/excerpts.ts';
import { meetingPage, taskPage } from '#electron/features/meetings/pages.ts';
import { inboxCounts, waitedForBy, waitingFor } from '#electron/features/workflow/public.ts';
import type { Part } from '#electron/features/sample/offices.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import { dossierAggregate } from '#shared/dossiers/public.ts';
import {
  ConclusionIdSchema,
  DossierIdSchema,
  TaskIdSchema,
  addDays,
  dayOf,
  type DocumentId,
  type MeetingId,
  type AgendaItemId,
} from '#shared/kernel/public.ts';
import { meetingOffice, type MeetingOffice } from '../../support/meeting-office.ts';
import { registeredLetter } from '../../support/working-office.ts';

let working: MeetingOffice;
let meetingId: MeetingId;
let itemId: AgendaItemId;
let letter: DocumentId;
const dossierId = DossierIdSchema.parse(systemClock.newId());
const taskId = TaskIdSchema.parse(systemClock.newId());
const today = dayOf(systemClock.now());
const window = { offset: 0, limit: 50, today };

function inbox(part: Part) {
  const { open, person } = working.as(part);
  const { db } = open.desk;
  return {
    mine: waitingFor(db, person, window).items.filter(({ task }) => task === taskId),
    waiting: waitedForBy(db, person, window).items.filter(({ task }) => task === taskId),
    counts: inboxCounts(db, person, { today: addDays(today, 60) }),
  };
}

function dossier() {
  return readState(working.office.open.desk.db, dossierAggregate, dossierId);
}

beforeAll(async () => {
  working = await meetingOffice();
  letter = await registeredLetter(working);
  const officer = working.as('officer');
  const fields = {
    code: '09.KT',
    title: 'Khen thưởng năm 2026',
    retention: 10,
    mode: 'open',
    keywords: '',
    description: '',
    startedOn: today,
  };
  officer.must('dossiers.open', { dossierId, fields, maker: officer.person.id, parent: null });
  working.as('clerk').must('dossiers.file', { dossierId, documents: [letter] });
  meetingId = working.convene();
  itemId = working.put(meetingId, { title: 'Khen thưởng đột xuất', dossier: dossierId });
  working.begin(meetingId);
  const leader = working.as('leader');
  leader.must('meetings.settleItem', { meetingId, itemId, how: 'chair', words: 'Đồng ý khen thưởng' });
  const conclusion = ConclusionIdSchema.parse(systemClock.newId());
  const task = { id: taskId, owner: working.office.part('officer'), dueOn: addDays(today, 30) };
  const drawn = { meetingId, itemId, conclusion, words: 'Trình quyết định khen thưởng', task };
  leader.must('meetings.drawConclusion', drawn);
}, 180_000);
afterAll(() => {
  working.remove();
});

test('what a meeting concluded waits in its owner’s inbox, and its giver waits for it', () => {
  const meeting = { id: meetingId, title: 'Họp hội đồng thi đua', words: 'Trình quyết định khen thưởng' };
  expect(inbox('officer').mine).toMatchObject([{ why: 'do', document: null, meeting }]);
  expect(inbox('officer').counts).toMatchObject({ mine: 1, late: 1, incoming: 0 });
  expect(inbox('leader')).toMatchObject({ mine: [], waiting: [{ why: 'wait', meeting }] });
  expect(taskPage(working.as('officer'), taskId)).toMatchObject({ opens: false });
  expect(taskPage(working.as('deputy'), taskId)).toMatchObject({ opens: true });
  expect(() => taskPage(working.as('clerk'), taskId)).toThrow('workflow.unknown-task');
});

test('the body’s next meeting shows it until it is done', () => {
  const next = working.convene({ title: 'Họp lần sau' });
  const former = () => meetingPage(working.as('chief'), next).former;
  expect(former()).toMatchObject([{ task: { id: taskId, state: 'new' } }]);
  const officer = working.as('officer');
  const target = { taskId, documentId: null };
  officer.must('workflow.reportProgress', { ...target, words: 'Đã soạn dự thảo', percent: 60 });
  expect(former()).toMatchObject([{ task: { percent: 60, said: 'Đã soạn dự thảo' } }]);
  officer.must('workflow.finishTask', { ...target, words: 'Đã trình' });
  expect(inbox('officer').mine).toEqual([]);
  expect(inbox('leader').mine).toMatchObject([{ why: 'judge', meeting: { words: expect.any(String) } }]);
  working.as('leader').must('workflow.approveTask', { ...target, words: '' });
  expect(former()).toEqual([]);
  expect(inbox('leader')).toMatchObject({ mine: [], waiting: [] });
  expect(meetingPage(working.as('chief'), meetingId).former).toEqual([]);
});

test('what was decided goes back to the file it was raised from, once, and stands in its papers’ lineage', () => {
  const chief = working.as('chief');
  expect(() => chief.must('meetings.sendExcerpt', { meetingId, itemId })).toThrow('meetings.not-in-state');
  working.as('leader').must('meetings.end', { meetingId });
  sendExcerpts(chief, meetingId);
  sendExcerpts(chief, meetingId);
  const sent = {
    item: itemId,
    title: 'Khen thưởng đột xuất',
    decision: { how: 'chair', words: 'Đồng ý khen thưởng' },
    conclusions: [{ words: 'Trình quyết định khen thưởng', owner: working.office.part('officer') }],
    minutes: null,
  };
  expect(dossier()?.excerpts).toMatchObject([sent]);
  const { open, scope } = working.as('clerk');
  const steps = lineageOf(open.desk.db, scope, letter).steps;
  expect(steps.find(({ stage }) => stage === 'meeting')).toMatchObject({
    by: working.office.part('leader'),
    said: 'Họp hội đồng thi đua: Khen thưởng đột xuất',
    dossier: { id: dossierId },
  });
  expect(() => chief.must('meetings.sendExcerpt', { meetingId, itemId })).toThrow('meetings.excerpt-sent');
});

test('what a meeting gave about a file stands against ending the file until it is done', () => {
  const officer = working.as('officer');
  const leader = working.as('leader');
  const second = working.convene({ title: 'Họp lần ba' });
  const raised = working.put(second, { title: 'Hồ sơ khen thưởng', dossier: dossierId });
  working.begin(second);
  const given = TaskIdSchema.parse(systemClock.newId());
  const conclusion = ConclusionIdSchema.parse(systemClock.newId());
  const on = { meetingId: second, itemId: raised };
  leader.must('meetings.settleItem', { ...on, how: 'chair', words: 'Đồng ý' });
  const task = { id: given, owner: officer.person.id, dueOn: null };
  leader.must('meetings.drawConclusion', { ...on, conclusion, words: 'Bổ sung biên bản', task });
  leader.must('meetings.end', { meetingId: second });
  sendExcerpts(working.as('chief'), second);

  const against = (part: Part) =>
    dossierPage(working.as(part), dossierId, null).findings.filter(
      ({ refusal: { code } }) => code === 'dossiers.meeting-task-open',
    );
  const params = { words: 'Bổ sung biên bản', name: officer.person.name, from: 'Họp lần ba' };
  expect(against('officer')).toMatchObject([
    { stops: true, mend: 'see-task', task: given, refusal: { params } },
  ]);
  // The clerk may end it as well, and did not sit there: they are told, and have no way to it.
  expect(against('clerk')).toMatchObject([{ mend: 'none', refusal: { params } }]);
  expect(taskPage(officer, given).task.words).toBe('Bổ sung biên bản');
  officer.must('workflow.finishTask', { taskId: given, documentId: null, words: 'Đã bổ sung' });
  leader.must('workflow.approveTask', { taskId: given, documentId: null, words: '' });
  expect(against('officer')).toEqual([]);
});
