import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { minutesDraft } from '#electron/features/meetings/minutes.ts';
import { meetingPage, votePage } from '#electron/features/meetings/pages.ts';
import { castSecret, closeVote, openVote } from '#electron/features/meetings/secret-votes.ts';
import { mustHappen } from '#electron/features/sample/act-as.ts';
import { tasksOfMeetings } from '#electron/features/workflow/public.ts';
import { sampleOffices, type Part } from '#electron/features/sample/offices.ts';
import { systemClock } from '#electron/platform/clock.ts';
import {
  AgendaItemIdSchema,
  ConclusionIdSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  TaskIdSchema,
  VoteIdSchema,
} from '#shared/kernel/public.ts';
import type { Choice } from '#shared/meetings/public.ts';
import { auditLine } from '#shared/node/sequencer/public.ts';
import { someItem } from '../../support/meeting-day.ts';
import { aSeat, someRules } from '../../support/meetings.ts';
import { refusalOf } from '../../support/store.ts';
import { officePin, workingOffice, type WorkingOffice } from '../../support/working-office.ts';

let working: WorkingOffice;
let serials: readonly string[];
const newId = () => systemClock.newId();
const meetingId = MeetingIdSchema.parse(newId());
const itemId = AgendaItemIdSchema.parse(newId());
const voteId = VoteIdSchema.parse(newId());
const voters = ['leader', 'deputy', 'unitHead'] as const satisfies readonly Part[];
const said = { leader: 'yes', deputy: 'no', unitHead: 'yes' } as const;
const choiceOf = (part: keyof typeof said): Choice => ({ is: 'motion', side: said[part] });

function cast(part: (typeof voters)[number], choice: Choice = choiceOf(part)) {
  const asked = { commandId: working.commandId(), voteId, voter: working.office.part(part), choice };
  return castSecret(working.as(part), { ...asked, pin: officePin, key: null });
}

beforeAll(async () => {
  const roles = sampleOffices[0]?.cast;
  working = await workingOffice(voters.map((part) => roles?.[part] ?? ''));
  const chief = working.as('chief');
  const bodyId = MeetingBodyIdSchema.parse(newId());
  chief.must('meetings.setUpBody', { bodyId, name: 'Hội đồng thi đua', rules: someRules() });
  const posts = ['chair', 'deputy', 'member'] as const;
  const seats = voters.map((part, place) =>
    aSeat({ person: working.office.part(part), post: posts[place] ?? 'member' }),
  );
  chief.must('meetings.seatMembers', { bodyId, seats });
  const now = systemClock.now();
  const fields = { title: 'Họp hội đồng thi đua', place: 'Phòng họp', startsAt: now, endsAt: now };
  const [chair, secretary] = [working.office.part('leader'), working.office.part('chief')];
  chief.must('meetings.convene', { meetingId, bodyId, kind: 'session', fields, chair, secretary });
  chief.must('meetings.putItem', { meetingId, itemId, fields: someItem() });
  chief.must('meetings.arrange', { meetingId, order: [itemId] });
  chief.must('meetings.invite', { meetingId, guests: [] });
  const marks = seats.map(({ person }) => ({ person, how: 'room', reason: '' }));
  chief.must('meetings.markAttendance', { meetingId, marks });
  working.as('leader').must('meetings.begin', { meetingId });
  const body = {
    voteId,
    meetingId,
    itemId,
    question: { is: 'motion', words: 'Đề nghị khen thưởng' },
    form: 'secret',
    askedBy: null,
    special: null,
    until: null,
    decides: true,
  };
  mustHappen(await openVote(working.as('leader'), { commandId: working.commandId(), body }));
  const made = [];
  for (const part of voters) made.push((await cast(part)).serial);
  serials = made;
}, 180_000);
afterAll(() => {
  working.remove();
});

test('a ballot that is sent again after a fall is the very same one; another choice under it is refused', async () => {
  expect(await cast('deputy')).toEqual({ serial: serials[1] });
  expect(await refusalOf(() => cast('deputy', { is: 'motion', side: 'yes' }))).toBe('meetings.voted-already');
  expect(votePage(working.as('leader'), voteId)).toMatchObject({ vote: { box: [] }, result: null });
});

test('the box is opened once it is closed, each finds their own, and the item is decided', async () => {
  const asked = { commandId: working.commandId(), body: { voteId } };
  mustHappen(await closeVote(working.as('leader'), asked));
  const { vote, result } = votePage(working.as('deputy'), voteId);
  expect(result).toMatchObject({ is: 'passed', needed: 2, has: 2, yes: 2, no: 1, silent: 0 });
  for (const [place, part] of voters.entries()) {
    expect(vote.box.find(({ serial }) => serial === serials[place])?.choice).toEqual(choiceOf(part));
  }
  expect(meetingPage(working.as('unitHead'), meetingId).items).toMatchObject([
    { n: 1, item: { decision: { how: 'vote', passed: true } } },
  ]);
  expect(await refusalOf(() => cast('leader'))).toBe('meetings.vote-not-open');
});

/** Every value of every table of the desk, row by row, as text. */
function everyRow(): readonly Readonly<{ table: string; text: string }>[] {
  const { db } = working.office.open.desk;
  const tables = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
    )
    .all();
  return tables.flatMap(({ name }) =>
    db
      .prepare<[], object>(`SELECT * FROM "${name}"`)
      .all()
      .map((row) => {
        const values = Object.values(row).map((value: unknown) =>
          Buffer.isBuffer(value) ? value.toString('latin1') : String(value),
        );
        return { table: name, text: values.join('\n') };
      }),
  );
}

test('nothing the desk keeps links a voter to a choice', () => {
  const rows = everyRow();
  const withSerial = rows.filter(({ text }) => serials.some((serial) => text.includes(serial)));
  // The one entry that opened the box, its command, and what a vote comes to: each holds all of them.
  expect(withSerial.map(({ table }) => table).toSorted()).toEqual(['aggregate', 'log', 'outbox']);
  for (const { text } of withSerial) {
    expect(serials.every((serial) => text.includes(serial))).toBe(true);
    const places = serials.toSorted().map((serial) => text.indexOf(serial));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  }
  // No ballot's parts stand beside a name anywhere else, and neither the key nor the box is left.
  const { vote } = votePage(working.as('leader'), voteId);
  const parts = vote.box.flatMap(({ token, prefix, signature }) => [token, prefix, signature]);
  const elsewhere = rows.filter((row) => !withSerial.includes(row));
  expect(elsewhere.filter(({ text }) => parts.some((part) => text.includes(part)))).toEqual([]);
  expect(rows.filter(({ table }) => table === 'vote_key' || table === 'secret_ballot')).toEqual([]);
  const opened = withSerial.find(({ table }) => table === 'log')?.text ?? '';
  expect(voters.filter((part) => opened.includes(`"actor":"${working.office.part(part)}"`))).toEqual([]);
});

test('an auditor recounts it from the exported log alone, and finds a choice that was changed', () => {
  const folder = join(working.folder, 'người ngoài');
  mkdirSync(folder);
  const page = readFileSync(join(import.meta.dirname, '../../../docs/secret-votes.md'), 'utf8');
  const script = /```js\n([^]*?)```/u.exec(page)?.[1] ?? '';
  writeFileSync(join(folder, 'recount.mjs'), script);
  const recount = (text: string) => {
    writeFileSync(join(folder, 'nhat-ky.jsonl'), text);
    const args = ['recount.mjs', 'nhat-ky.jsonl', voteId];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    return { status, counted: JSON.parse(stdout) as unknown };
  };
  const lines = working.office.open.desk.log.entriesAfter(0, 10_000).map(auditLine).join('\n');
  const counted = { electors: 3, tokens: 3, ballots: 3, bad: 0, counts: { yes: 2, no: 1 } };
  expect(recount(lines)).toEqual({ status: 0, counted });
  const changed = lines.replace(/("choice":\{"is":"motion","side":)"no"/u, '$1"yes"');
  expect(recount(changed)).toEqual({
    status: 1,
    counted: { ...counted, bad: 1, counts: { yes: 3 } },
  });
});

function given(part: Part) {
  const { person } = working.as(part);
  return tasksOfMeetings(working.office.open.desk.db, person.id);
}

test('what the meeting concludes waits for its owner, and the meeting ends', () => {
  const owner = working.office.part('officer');
  const task = { id: TaskIdSchema.parse(newId()), owner, dueOn: null };
  const conclusion = ConclusionIdSchema.parse(newId());
  const words = 'Hoàn thiện hồ sơ khen thưởng';
  working.as('chief').must('meetings.drawConclusion', { meetingId, itemId, conclusion, words, task });
  expect(given('officer')).toMatchObject([{ id: task.id, person: owner, words }]);
  expect(given('leader')).toMatchObject([{ id: task.id }]);
  expect(given('clerk')).toEqual([]);
  working.as('officer').must('workflow.acceptTask', { taskId: task.id, documentId: null });
  working.as('leader').must('meetings.end', { meetingId });
  expect(() => meetingPage(working.as('officer'), meetingId)).toThrow('meetings.unknown');
  expect(() => minutesDraft(working.as('deputy'), meetingId)).toThrow('meetings.only-presiding');
  const [, , item] = minutesDraft(working.as('chief'), meetingId);
  const name = working.as('officer').person.name;
  expect(item).toEqual([
    'Nội dung 1. Phương án phòng chống thiên tai năm 2027',
    'Biểu quyết (bỏ phiếu kín): Đề nghị khen thưởng',
    'Tham gia biểu quyết: 3 trên tổng số 3.',
    'Tán thành 2, không tán thành 1, không có ý kiến 0, không trả lời 0. Cần 2, có 2.',
    'Được thông qua.',
    'Quyết định theo kết quả biểu quyết.',
    'Kết luận: Hoàn thiện hồ sơ khen thưởng',
    `Giao ${name} thực hiện.`,
  ]);
  const { desk } = working.office.open;
  const tables = () => everyRow().filter(({ table }) => table.startsWith('meeting'));
  const before = tables();
  desk.rebuild();
  expect(tables().map(({ text }) => text.replace(/^\d+\n/u, ''))).toEqual(
    before.map(({ text }) => text.replace(/^\d+\n/u, '')),
  );
});
