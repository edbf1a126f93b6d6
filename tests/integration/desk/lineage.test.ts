import { afterAll, beforeAll, expect, test } from 'vitest';
import { lineageOf } from '#electron/features/documents/lineage.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { DocumentIdSchema, addWorkingDays, dayOf, yearOf, type DocumentId } from '#shared/kernel/public.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';
import {
  directedTo,
  issuedNotice,
  registeredLetter,
  submittedNotice,
  turnOf,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

let working: WorkingOffice;
let letter: DocumentId;
let answer: DocumentId;
const file = dossierId();
const today = dayOf(systemClock.now());

beforeAll(async () => {
  working = await workingOffice();
  const clerk = working.as('clerk');
  letter = await registeredLetter(working, { issuer: 'Ủy ban nhân dân xã Tân An', number: '15' });
  const taskId = directedTo(working, letter, addWorkingDays(today, 3, clerk.open.desk.calendar));
  answer = await issuedNotice(working, { repliesTo: letter });
  working.as('officer').must('workflow.finishTask', { taskId, documentId: letter, words: 'Đã trả lời.' });
  working.as('leader').must('workflow.approveTask', { taskId, documentId: letter, words: '' });
  const fields = { ...someDossierFields({ code: '09.VP' }), startedOn: `${yearOf(today)}-01-02` };
  clerk.must('dossiers.open', { dossierId: file, fields, maker: clerk.person.id, parent: null });
  for (const id of [letter, answer]) clerk.must('dossiers.file', { dossierId: file, documents: [id] });
}, 120_000);
afterAll(() => {
  working.remove();
});

function told(part: Parameters<WorkingOffice['as']>[0], id: DocumentId) {
  const { open, scope } = working.as(part);
  return lineageOf(open.desk.db, scope, id);
}

test('a paper tells its whole way, from the arrival over the answer to the file, the same from either end', () => {
  const { papers, steps } = told('clerk', letter);
  expect(papers.map(({ id }) => id)).toEqual([letter, answer]);
  const name = (id: string | null) =>
    (['clerk', 'leader', 'officer'] as const).find((part) => working.office.part(part) === id) ?? null;
  expect(
    steps.map(({ stage, by, paper }) => [stage, name(by), paper === letter ? 'letter' : 'answer']),
  ).toEqual([
    ['arrived', 'clerk', 'letter'],
    ['registered', 'clerk', 'letter'],
    ['directed', 'leader', 'letter'],
    ['drafted', 'officer', 'answer'],
    ['submitted', 'officer', 'answer'],
    ['signed', 'leader', 'answer'],
    ['numbered', 'clerk', 'answer'],
    ['sealed', 'clerk', 'answer'],
    ['issued', 'clerk', 'answer'],
    ['task-done', 'officer', 'letter'],
    ['handled', 'leader', 'letter'],
    ['filed', 'clerk', 'letter'],
    ['filed', 'clerk', 'answer'],
  ]);
  const said = new Map(steps.map(({ stage, said }) => [stage, said]));
  expect([said.get('arrived'), said.get('registered'), said.get('numbered'), said.get('issued')]).toEqual([
    'Ủy ban nhân dân xã Tân An',
    '1',
    '01/TB-SKHCN',
    'Ủy ban nhân dân tỉnh An Bình',
  ]);
  expect(steps.find(({ stage }) => stage === 'directed')?.to).toEqual([
    { kind: 'person', id: working.office.part('officer') },
  ]);
  expect(steps.at(-1)?.dossier).toMatchObject({ id: file, code: '09.VP' });
  expect(told('clerk', answer)).toEqual({ papers, steps });
});

test('who agreed, was given it back and agreed again is told once, as it was last', async () => {
  const documentId = await submittedNotice(working, { visas: ['unitHead'] });
  const head = working.as('unitHead');
  const visa = turnOf(working, documentId);
  head.must('workflow.passStep', { documentId, stepId: visa, words: 'Đồng ý' });
  const back = { stepId: turnOf(working, documentId), toStep: visa, reason: 'Xem lại' };
  working.as('leader').must('workflow.returnDraft', { documentId, ...back });
  head.must('workflow.passStep', { documentId, stepId: visa, words: 'Đã xem lại' });
  const { steps } = told('officer', documentId);
  expect(steps.map(({ stage, said }) => [stage, said])).toEqual([
    ['drafted', 'Phân công trực cuối năm'],
    ['submitted', ''],
    ['visa', 'Đã xem lại'],
  ]);
});

test('an answer under way belongs to it already, one that was given up does not', () => {
  const officer = working.as('officer');
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const summary = {
    kind: 'TB',
    template: 'thong-bao',
    subject: 'Trả lời bổ sung',
    symbol: '',
    urgency: 'normal',
    dueOn: null,
  };
  officer.must('drafting.start', { documentId, summary, repliesTo: letter });
  expect(told('officer', letter).papers.map(({ id }) => id)).toContain(documentId);
  officer.must('drafting.abandon', { documentId, reason: 'Không cần nữa' });
  expect(told('officer', letter).papers.map(({ id }) => id)).not.toContain(documentId);
});

test('a reader hears of no paper and no file that is not theirs', () => {
  const { papers, steps } = told('officer', letter);
  expect(papers.map(({ id }) => id)).toEqual([letter, answer]);
  // The file is the clerk's.
  expect(steps.filter(({ dossier }) => dossier !== null)).toEqual([]);
  expect(() => told('administrator', letter)).toThrow('documents.unknown');
});

test('is there within a tenth of a second, with three hundred drafts under way', () => {
  const officer = working.as('officer');
  const summary = {
    kind: 'TB',
    template: 'thong-bao',
    subject: 'Dự thảo',
    symbol: '',
    urgency: 'normal',
    dueOn: null,
  };
  for (let n = 0; n < 300; n++) {
    officer.must('drafting.start', { documentId: systemClock.newId(), summary, repliesTo: null });
  }
  const times = Array.from({ length: 7 }, () => {
    const from = performance.now();
    told('clerk', letter);
    return performance.now() - from;
  });
  expect(times.toSorted((a, b) => a - b)[3]).toBeLessThan(100);
});
