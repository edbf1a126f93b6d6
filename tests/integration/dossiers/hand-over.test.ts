import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  findingsOnOffers,
  handOverPage,
  listHandOvers,
  waitingFiles,
} from '#electron/features/dossiers/hand-over-pages.ts';
import { printKeptBack } from '#electron/features/dossiers/kept-back.ts';
import { printMinutes, signMinutes } from '#electron/features/dossiers/minutes.ts';
import { dossierPage } from '#electron/features/dossiers/pages.ts';
import { makePackage, packageOf } from '#electron/features/dossiers/public.ts';
import { listDossiers } from '#electron/features/dossiers/rows.ts';
import { mustHappen } from '#electron/features/sample/act-as.ts';
import { sealFile } from '#electron/features/signing/public.ts';
import { findDocuments } from '#electron/features/search/find.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { archiveChecks } from '#shared/dossiers/public.ts';
import {
  HandOverIdSchema,
  addMonths,
  dayOf,
  writtenDay,
  yearOf,
  type DocumentId,
  type DossierId,
} from '#shared/kernel/public.ts';
import { readPackage } from '#shared/node/packages/public.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';
import { judgesIn } from '../../support/pdf-judges.ts';
import {
  numberedNotice,
  officePin,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

let working: WorkingOffice;
let notice: DocumentId;
const today = dayOf(systemClock.now());
// Ended a year ago less ten days: it is due soon.
const startedOn = addMonths(today, -14);
const endedOn = addMonths(today, -12);
const window = { offset: 0, limit: 50 };

beforeAll(async () => {
  working = await workingOffice(['minh', 'lan', 'ngoc', 'bich']);
  notice = await numberedNotice(working);
  await sealFile(working.as('clerk'), { commandId: working.commandId(), documentId: notice, pin: officePin });
  const recipients = [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' }];
  working.as('clerk').must('documents.issue', { documentId: notice, recipients, copies: 1, repliesTo: null });
}, 120_000);
afterAll(() => {
  working.remove();
});

function closed(code: string): DossierId {
  const officer = working.as('officer');
  const id = dossierId();
  const fields = { ...someDossierFields({ code }), startedOn };
  officer.must('dossiers.open', { dossierId: id, fields, maker: officer.person.id, parent: null });
  officer.must('dossiers.file', { dossierId: id, documents: [notice] });
  officer.must('dossiers.close', { dossierId: id, endedOn });
  return id;
}

function offered(dossiers: readonly DossierId[]) {
  const handOverId = HandOverIdSchema.parse(systemClock.newId());
  working.as('officer').must('handOvers.offer', { handOverId, dossiers });
  return handOverId;
}

const finds = (text: string) => {
  const { open, scope } = working.as('archivist');
  return findDocuments(open.desk.db, scope, { words: text, ...window }).hits.length;
};

test('a file waits for its maker before it is due, goes, comes back with reasons, and goes again', () => {
  const file = closed('21.VP');
  const officer = working.as('officer');
  expect(waitingFiles(officer, window).rows).toMatchObject([
    { dossier: { id: file, handOverBy: addMonths(endedOn, 12) }, givenBack: null },
  ]);
  const [found] = findingsOnOffers(officer, [file]);
  expect(found?.findings.map(({ refusal, stops }) => [refusal.code, stops])).toEqual([
    ['handOvers.outside-list', false],
  ]);
  expect(finds('phân công trực')).toBe(0);
  expect(() => dossierPage(working.as('archivist'), file, null)).toThrow('dossiers.unknown');

  const first = offered([file]);
  const archivist = working.as('archivist');
  expect(waitingFiles(officer, window).total).toBe(0);
  expect(listHandOvers(archivist, { state: 'offered', ...window }).rows).toMatchObject([
    { id: first, files: 1 },
  ]);
  expect(dossierPage(archivist, file, null).items).toMatchObject([{ document: { id: notice } }]);
  expect(finds('phân công trực')).toBe(1);
  expect(listHandOvers(working.as('secondOfficer'), { state: null, ...window }).rows).toEqual([]);

  const why = { reasons: ['metadata'], words: 'Thiếu từ khóa' };
  archivist.must('handOvers.giveBack', { handOverId: first, files: [{ dossier: file, ...why }] });
  expect(waitingFiles(officer, window).rows).toMatchObject([
    { dossier: { id: file, returned: true }, givenBack: why },
  ]);
  expect(handOverPage(archivist, first)).toMatchObject({
    handOver: { state: 'returned', files: [{ code: '21.VP', givenBack: why }] },
    files: [null],
  });
  expect(finds('phân công trực')).toBe(0);

  const second = offered([file]);
  archivist.must('handOvers.accept', { handOverId: second, checked: archiveChecks });
  const { open, scope } = archivist;
  const kept = { ...window, state: 'archived', maker: null, year: null, text: '21.vp' };
  expect(listDossiers(open.desk.db, scope, kept).rows).toMatchObject([{ id: file }]);
  expect(() => officer.must('dossiers.reopen', { dossierId: file, reason: 'Sửa' })).toThrow(
    'dossiers.is-archived',
  );
});

test('both sides sign one page, and it lies in the packages made afterwards', async () => {
  const [file, other] = [closed('22.VP'), closed('23.VP')];
  const handOverId = offered([file, other]);
  const [officer, archivist] = [working.as('officer'), working.as('archivist')];
  await expect(printMinutes(officer, handOverId)).rejects.toThrow('handOvers.not-accepted');
  const why = { reasons: ['list'], words: '' };
  archivist.must('handOvers.giveBack', { handOverId, files: [{ dossier: other, ...why }] });
  archivist.must('handOvers.accept', { handOverId, checked: archiveChecks });
  const sign = (by: typeof officer) =>
    signMinutes(by, { commandId: working.commandId(), handOverId, pin: officePin, key: null });
  await expect(sign(working.as('clerk'))).rejects.toThrow('handOvers.nothing-to-sign');
  mustHappen((await sign(archivist)).reply);
  mustHappen((await sign(officer)).reply);
  await expect(sign(officer)).rejects.toThrow('handOvers.nothing-to-sign');
  const { handOver } = handOverPage(officer, handOverId);
  expect(handOver.minutes).toMatchObject({ signed: ['receiver', 'giver'], file: { pages: 2 } });

  const { exportId, size, name } = await printMinutes(officer, handOverId);
  expect(name).toBe(`Biên bản giao nhận hồ sơ ${today.split('-').toReversed().join('-')}.pdf`);
  const folder = working.folder;
  writeFileSync(join(folder, 'in.pdf'), officer.exports.read(exportId, 0, size).bytes);
  const judge = judgesIn(folder);
  expect(judge.qpdf('in.pdf')).toContain('No syntax or stream encoding errors');
  const text = judge.run('pdftotext', '-layout', 'in.pdf', '-').replaceAll(/\s+/gu, ' ');
  for (const said of [
    'Giao nhận hồ sơ, tài liệu',
    'Bùi Thị Ngọc, Chuyên viên',
    'Cao Thị Bích, Lưu trữ viên',
    'Tổng số hồ sơ: 1.',
    'Tổng số tệp tin trong hồ sơ: 1 (của 1 văn bản).',
    'MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU',
    '22.VP',
  ]) {
    expect(text).toContain(said);
  }
  expect(text).not.toContain('23.VP');
  expect(judge.run('pdfsig', '-nocert', 'in.pdf').match(/Signature is Valid/gu)).toHaveLength(2);

  const to = join(folder, 'lưu trữ.zip');
  await makePackage(await packageOf(archivist, { dossierId: file, kind: 'AIP_hoso' }), { to, bag: false });
  const { package: read, findings, close } = await readPackage(to);
  close();
  expect(findings).toEqual([]);
  expect(read?.others.filter(({ role }) => role === 'minutes')).toMatchObject([
    { hash: handOver.minutes?.file.hash },
  ]);
});

test('what goes on to the historical archive is recorded with its minutes', () => {
  const officer = working.as('officer');
  const id = dossierId();
  const fields = { ...someDossierFields({ code: '24.VP', retention: 'permanent' }), startedOn };
  officer.must('dossiers.open', { dossierId: id, fields, maker: officer.person.id, parent: null });
  officer.must('dossiers.file', { dossierId: id, documents: [notice] });
  officer.must('dossiers.close', { dossierId: id, endedOn });
  const archivist = working.as('archivist');
  archivist.must('handOvers.accept', { handOverId: offered([id]), checked: archiveChecks });
  const receipt = { to: 'Lưu trữ lịch sử tỉnh An Bình', number: '12/BBGN', on: today };
  archivist.must('handOvers.recordReceipt', { dossiers: [id], receipt });
  expect(dossierPage(archivist, id, null).dossier).toMatchObject({
    state: 'transferred',
    year: yearOf(startedOn),
    handing: { transferred: receipt },
  });
});

test('the archive is given the list of files that are kept back, with their new day and why', async () => {
  const kept = closed('19.VP');
  const until = addMonths(today, 6);
  working.as('leader').must('handOvers.keepBack', { dossierId: kept, until, reason: 'Đang thanh tra' });
  const archivist = working.as('archivist');
  const { exportId, size, name } = await printKeptBack(archivist, 'csv');
  expect(name).toBe('Danh mục hồ sơ giữ lại.csv');
  const text = Buffer.from(archivist.exports.read(exportId, 0, size).bytes).toString();
  const line = text.split(/\r?\n/u).find((one) => one.includes('19.VP')) ?? '';
  for (const said of [
    writtenDay(until),
    writtenDay(today),
    'Đang thanh tra',
    working.as('leader').person.name,
  ]) {
    expect(line).toContain(said);
  }
});
