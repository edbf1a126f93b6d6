import { afterAll, beforeAll, expect, test } from 'vitest';
import { dossierPage, dossiersOfPaper } from '#electron/features/dossiers/pages.ts';
import { listDossiers } from '#electron/features/dossiers/rows.ts';
import { sealFile } from '#electron/features/signing/public.ts';
import type { DossierId } from '#shared/kernel/public.ts';
import { anEntry, dossierId, someDossierFields } from '../../support/dossiers.ts';
import {
  numberedNotice,
  officePin,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

let working: WorkingOffice;
beforeAll(async () => {
  working = await workingOffice();
}, 120_000);
afterAll(() => {
  working.remove();
});

const year = new Date().getUTCFullYear();
const startedOn = `${year}-01-05`;
const everything = { offset: 0, limit: 50, state: null, maker: null, year: null, text: '' };
const rowsOf = (who: 'clerk' | 'officer' | 'administrator', more: object = {}) => {
  const { open, scope } = working.as(who);
  return listDossiers(open.desk.db, scope, { ...everything, ...more }).rows;
};

function opened(code: string, more: object = {}): DossierId {
  const officer = working.as('officer');
  const id = dossierId();
  const fields = { ...someDossierFields({ code }), startedOn };
  officer.must('dossiers.open', { dossierId: id, fields, maker: officer.person.id, parent: null, ...more });
  return id;
}

test('a file is opened, filled as the work goes on, and closed once nothing stands against it', async () => {
  const officer = working.as('officer');
  const id = opened('05.VP');
  const documentId = await numberedNotice(working);
  officer.must('dossiers.file', { dossierId: id, documents: [documentId] });
  expect(dossiersOfPaper(officer, documentId)).toMatchObject([{ id, code: '05.VP', papers: 1 }]);
  const page = dossierPage(officer, id, null);
  expect(page.items).toMatchObject([{ n: 1, document: { id: documentId } }]);
  expect(page.findings).toMatchObject([
    { refusal: { code: 'dossiers.not-issued' }, stops: true, mend: 'see-document', document: documentId },
  ]);
  await sealFile(working.as('clerk'), { commandId: working.commandId(), documentId, pin: officePin });
  const recipients = [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' }];
  working.as('clerk').must('documents.issue', { documentId, recipients, copies: 1, repliesTo: null });
  expect(dossierPage(officer, id, null).findings).toEqual([]);
  officer.must('dossiers.close', { dossierId: id, endedOn: `${year}-01-31` });
  expect(rowsOf('officer', { state: 'closed' })).toMatchObject([{ id, endedOn: `${year}-01-31` }]);
  expect(dossierPage(officer, id, null).findings).toEqual([]);
});

test('makers see their own files, clerks every one, administrators none; parts stand with their whole', () => {
  const whole = opened('06.VP');
  const part = opened('x', { parent: whole });
  const clerk = working.as('clerk');
  const other = dossierId();
  const fields = { ...someDossierFields({ code: '07.VP', title: 'Hồ sơ kiểm kê tài sản' }), startedOn };
  clerk.must('dossiers.open', { dossierId: other, fields, maker: clerk.person.id, parent: null });
  const ids = (rows: ReturnType<typeof rowsOf>) => rows.map(({ id }) => id);
  expect(ids(rowsOf('officer'))).toContain(whole);
  expect(ids(rowsOf('officer'))).not.toContain(other);
  expect(ids(rowsOf('clerk'))).toEqual(expect.arrayContaining([whole, other]));
  expect(ids(rowsOf('clerk'))).not.toContain(part);
  expect(ids(rowsOf('clerk', { text: 'kiem ke tai san' }))).toEqual([other]);
  expect(rowsOf('administrator')).toEqual([]);
  expect(() => dossierPage(working.as('officer'), other, null)).toThrow('dossiers.unknown');
  expect(dossierPage(clerk, whole, null).parts).toMatchObject([{ id: part, code: '06.VP.1' }]);
  expect(dossierPage(clerk, part, null).whole).toMatchObject({ id: whole, parts: 1 });
});

test('a paper that a reader of the file may not read shows its place alone; with the file comes the right to read', async () => {
  const clerk = working.as('clerk');
  const id = dossierId();
  const fields = { ...someDossierFields({ code: '08.VP' }), startedOn };
  const to = working.office.part('secondOfficer');
  clerk.must('dossiers.open', { dossierId: id, fields, maker: to, parent: null });
  const documentId = await numberedNotice(working);
  clerk.must('dossiers.file', { dossierId: id, documents: [documentId] });
  expect(dossierPage(working.as('secondOfficer'), id, null).items).toEqual([{ n: 1, document: null }]);
  clerk.must('dossiers.passOn', { dossierId: id, to, reason: 'Chuyển' });
  expect(dossierPage(working.as('secondOfficer'), id, null).items).toMatchObject([
    { n: 1, document: { id: documentId } },
  ]);
});

test('the list of a year is written by the clerk, approved by the head, and what is opened from it says so', () => {
  const entries = [anEntry({ code: '11.VP', maker: working.office.part('officer') })];
  working.as('clerk').must('dossiers.writeList', { year, entries });
  working.as('leader').must('dossiers.approveList', { year, lines: 1 });
  opened('11.VP');
  expect(rowsOf('officer', { text: '11.vp' })).toMatchObject([{ inList: true, retention: 20 }]);
});
