import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { submitDraft } from '#electron/features/drafting/public.ts';
import { workingDraft } from '#electron/features/drafting/texts.ts';
import { meetingPage } from '#electron/features/meetings/pages.ts';
import { beginPaper } from '#electron/features/meetings/papers.ts';
import { mustHappen } from '#electron/features/sample/act-as.ts';
import { signFile } from '#electron/features/signing/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import {
  ConclusionIdSchema,
  DocumentIdSchema,
  TaskIdSchema,
  type DocumentId,
  type MeetingId,
} from '#shared/kernel/public.ts';
import type { PaperName } from '#shared/meetings/public.ts';
import { meetingOffice, type MeetingOffice } from '../../support/meeting-office.ts';
import { officePin, outgoingOf, turnOf } from '../../support/working-office.ts';

let working: MeetingOffice;
let meetingId: MeetingId;

function begin(paper: PaperName, documentId: DocumentId = newDocument()) {
  const asked = { commandId: working.commandId(), body: { meetingId, documentId, paper } };
  return { documentId, reply: beginPaper(working.as('chief'), asked) };
}

function begun(paper: PaperName): DocumentId {
  const { documentId, reply } = begin(paper);
  mustHappen(reply);
  return documentId;
}

function newDocument(): DocumentId {
  return DocumentIdSchema.parse(systemClock.newId());
}

async function submitted(documentId: DocumentId): Promise<string> {
  const chief = working.as('chief');
  const { steps } = workingDraft(chief.open, documentId);
  mustHappen((await submitDraft(chief, { commandId: working.commandId(), documentId, steps })).reply);
  return textOf(documentId);
}

async function textOf(documentId: DocumentId): Promise<string> {
  const { file } = outgoingOf(working, documentId);
  if (file === null) throw new Error('It has no page yet');
  const path = join(working.folder, `${documentId}.pdf`);
  writeFileSync(path, await working.office.open.blobs.read(file.hash, 0, file.size));
  return spawnSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).stdout;
}

async function sign(documentId: DocumentId, part: 'chief' | 'leader') {
  const asked = { documentId, stepId: turnOf(working, documentId), pin: officePin };
  mustHappen((await signFile(working.as(part), { commandId: working.commandId(), ...asked })).reply);
}

beforeAll(async () => {
  working = await meetingOffice(['leader', 'chief']);
  meetingId = working.convene();
}, 180_000);
afterAll(() => {
  working.remove();
});

test('the invitation says who is asked to what, when and where, and leaves out what not everybody reads', async () => {
  expect(begin('minutes').reply).toMatchObject({ refusal: { code: 'meetings.not-in-state' } });
  const open = working.put(meetingId, { title: 'Khen thưởng năm 2026' });
  const secret = { people: [working.office.part('deputy')] };
  const few = working.put(meetingId, { title: 'Kỷ luật một viên chức', access: { to: 'named', ...secret } }, [
    open,
  ]);
  expect(meetingPage(working.as('chief'), meetingId).items.map(({ item }) => item?.id)).toEqual([open, few]);
  const text = await submitted(begun('invitation'));
  expect(text).toContain('GIẤY MỜI');
  expect(text).toMatch(/trân trọng kính mời: các thành viên\s+Hội đồng thi đua\./u);
  expect(text).toContain('Địa điểm: Phòng họp số 1.');
  expect(text).toMatch(/1\. Khen thưởng năm 2026/u);
  expect(text).not.toContain('Kỷ luật');
  expect(text).toContain('đúng thành phần./.');
});

test('one paper of a kind is written at a time; one that was abandoned makes room', () => {
  expect(begin('invitation').reply).toMatchObject({ refusal: { code: 'meetings.paper-drafted' } });
  const [invitation] = meetingPage(working.as('chief'), meetingId).meeting.papers;
  const documentId = invitation?.document;
  working.as('chief').must('workflow.withdraw', { documentId, reason: 'Đổi giờ họp' });
  working.as('chief').must('drafting.abandon', { documentId, reason: 'Đổi giờ họp' });
  begun('invitation');
  expect(meetingPage(working.as('chief'), meetingId).meeting.papers).toHaveLength(2);
  expect(() =>
    beginPaper(working.as('deputy'), {
      commandId: working.commandId(),
      body: { meetingId, documentId: newDocument(), paper: 'invitation' },
    }),
  ).toThrow('meetings.unknown');
});

test('the minutes are set, the secretary signs them and then the chair, and the meeting is signed by them', async () => {
  working.begin(meetingId);
  const [one, two] = meetingPage(working.as('chief'), meetingId).meeting.order;
  const settle = { meetingId, how: 'chair', words: 'Thống nhất đề nghị' };
  for (const itemId of [one, two]) working.as('leader').must('meetings.settleItem', { ...settle, itemId });
  const task = { id: TaskIdSchema.parse(systemClock.newId()), owner: working.office.part('officer') };
  const drawn = { conclusion: ConclusionIdSchema.parse(systemClock.newId()), words: 'Hoàn thiện hồ sơ' };
  const given = { meetingId, itemId: one, ...drawn, task: { ...task, dueOn: '2099-12-31' } };
  working.as('chief').must('meetings.drawConclusion', given);
  working.as('leader').must('meetings.end', { meetingId });

  const documentId = begun('minutes');
  const text = await submitted(documentId);
  expect(text).toContain('BIÊN BẢN');
  expect(text).toMatch(/Nội dung 1\. Khen thưởng năm 2026\s+Chủ tọa kết luận: Thống nhất đề nghị/u);
  expect(text).toMatch(/THƯ KÝ\s+CHỦ TỌA/u);
  const sent = { meetingId, documentId };
  expect(() => {
    working.as('chief').must('meetings.signMinutes', sent);
  }).toThrow('meetings.minutes-unsigned');
  await sign(documentId, 'chief');
  await sign(documentId, 'leader');
  working.as('chief').must('meetings.signMinutes', sent);
  expect(meetingPage(working.as('deputy'), meetingId).meeting).toMatchObject({
    state: 'signed',
    minutes: documentId,
  });
  await textOf(documentId);
  const signed = spawnSync('pdfsig', ['-nocert', join(working.folder, `${documentId}.pdf`)], {
    encoding: 'utf8',
  });
  expect(signed.stdout.match(/Signature is Valid/gu)).toHaveLength(2);
}, 60_000);

test('the notice of conclusions says what was concluded and who does it by when', async () => {
  const text = await submitted(begun('conclusions'));
  expect(text).toContain('THÔNG BÁO');
  expect(text).toMatch(/1\. Khen thưởng năm 2026/u);
  const { name } = working.as('officer').person;
  expect(text.replaceAll(/\s+/gu, ' ')).toContain(
    `Hoàn thiện hồ sơ (giao ${name} thực hiện, hạn 31/12/2099).`,
  );
  expect(text).not.toContain('Kỷ luật');
});
