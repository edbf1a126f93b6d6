import { afterAll, beforeAll, expect, test } from 'vitest';
import { meetingPage } from '#electron/features/meetings/pages.ts';
import { dropNote, keepNote, notesOf } from '#electron/features/meetings/private-notes.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { removeLoose } from '#electron/store/loose-files.ts';
import { letGoOfMeetings } from '#electron/store/past-meetings.ts';
import {
  InstantSchema,
  NoteIdSchema,
  PaperIdSchema,
  type AgendaItemId,
  type MeetingId,
} from '#shared/kernel/public.ts';
import { auditLine } from '#shared/node/sequencer/public.ts';
import { meetingOffice, type MeetingOffice } from '../../support/meeting-office.ts';

let working: MeetingOffice;
let meetingId: MeetingId;
let item: AgendaItemId;
const paper = PaperIdSchema.parse(systemClock.newId());
const secret = 'Hỏi lại số liệu giải ngân';

const noteOn = (words: string) => ({
  id: NoteIdSchema.parse(systemClock.newId()),
  item,
  paper: { id: paper, n: 1, page: 2 },
  words,
  rectangles: [{ x: 0.1, y: 0.2, width: 0.5, height: 0.02 }],
  strokes: [
    [
      [0.1, 0.1],
      [0.2, 0.15],
    ] as [number, number][],
  ],
});

function daysFromNow(days: number) {
  return InstantSchema.parse(new Date(Date.now() + days * 24 * 60 * 60_000).toISOString());
}

beforeAll(async () => {
  working = await meetingOffice();
  meetingId = working.convene();
  item = working.put(meetingId);
  const bytes = new TextEncoder().encode('%PDF-1.7 tài liệu họp');
  const file = { ...(await working.office.open.blobs.put(bytes)), name: 'to-trinh.pdf', pages: 3 };
  const kept = { meetingId, itemId: item, paper, name: 'Tờ trình', document: null, file, reason: '' };
  working.as('chief').must('meetings.keepPaper', kept);
  working.begin(meetingId);
}, 180_000);
afterAll(() => {
  working.remove();
});

test('a note is its maker’s alone, and nothing of it is in the log', () => {
  const deputy = working.as('deputy');
  const note = keepNote(deputy, noteOn(secret));
  expect(notesOf(deputy, meetingId)).toEqual([note]);
  keepNote(deputy, { ...note, words: `${secret}?` });
  expect(notesOf(deputy, meetingId)).toMatchObject([{ words: `${secret}?`, strokes: note.strokes }]);
  expect(notesOf(working.as('leader'), meetingId)).toEqual([]);
  expect(() => keepNote(working.as('leader'), note)).toThrow('meetings.unknown-note');
  expect(() => keepNote(working.as('officer'), noteOn('Tò mò'))).toThrow('meetings.unknown-item');
  dropNote(working.as('leader'), note.id);
  expect(notesOf(deputy, meetingId)).toHaveLength(1);
  const log = working.office.open.desk.log.entriesAfter(0, 10_000).map(auditLine).join('\n');
  expect(log).not.toContain(secret);
  const [row] = working.office.open.desk.db
    .prepare("SELECT body FROM outbox WHERE instr(body, 'giải ngân') > 0")
    .all();
  expect(row).toBeUndefined();
});

test('one that is shared is shown to everybody who reads the item, as it was last', () => {
  const deputy = working.as('deputy');
  const { id, item: of, paper: on, words, rectangles, strokes } = noteOn('Xem lại mục 2');
  const marks = { item: of, paper: on, words, rectangles, strokes };
  deputy.must('meetings.shareNote', { meetingId, id, marks });
  deputy.must('meetings.shareNote', { meetingId, id, marks: { ...marks, words: 'Xem lại mục 3' } });
  const shared = meetingPage(working.as('unitHead'), meetingId).items[0]?.item?.shared;
  expect(shared).toMatchObject([{ id, by: deputy.person.id, words: 'Xem lại mục 3' }]);
  const theirs = { meetingId, id, marks };
  expect(() => working.as('leader').must('meetings.shareNote', theirs)).toThrow('meetings.unknown-note');
  const wrong = { ...theirs, id: noteOn('').id, marks: { ...marks, paper: { ...marks.paper, n: 9 } } };
  expect(() => deputy.must('meetings.shareNote', wrong)).toThrow('documents.unknown-file');
});

test('after the meeting notes go with the day its body set, and copies of papers where a server has them', async () => {
  const leader = working.as('leader');
  leader.must('meetings.settleItem', { meetingId, itemId: item, how: 'chair', words: 'Đồng ý' });
  leader.must('meetings.end', { meetingId });
  const { desk, blobs } = working.office.open;
  const { db } = desk;
  const file = meetingPage(leader, meetingId).items[0]?.item?.papers[0]?.versions[0]?.file;
  if (file === undefined) throw new Error('There is a paper');
  // A file that was put here a moment ago is left alone, and this one was.
  const loose = { db, blobs: { ...blobs, lately: () => false }, arriving: null, now: () => desk.now() };
  letGoOfMeetings(db, { now: daysFromNow(29), isShared: true });
  expect(notesOf(working.as('deputy'), meetingId)).toHaveLength(1);
  letGoOfMeetings(db, { now: daysFromNow(31), isShared: false });
  await removeLoose(loose);
  expect(notesOf(working.as('deputy'), meetingId)).toEqual([]);
  expect(blobs.has(file.hash)).toBe(true);
  letGoOfMeetings(db, { now: daysFromNow(31), isShared: true });
  await removeLoose(loose);
  expect(blobs.has(file.hash)).toBe(false);
});
