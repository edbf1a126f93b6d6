import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileOf } from '#electron/features/documents/pages.ts';
import { printDisposal } from '#electron/features/dossiers/disposal-files.ts';
import { dueFiles } from '#electron/features/dossiers/due-files.ts';
import { sealFile } from '#electron/features/signing/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { backup } from '#electron/store/backup.ts';
import { checkFiles } from '#electron/store/check-files.ts';
import { removeLoose } from '#electron/store/loose-files.ts';
import type { StoredFile } from '#shared/documents/public.ts';
import {
  DisposalIdSchema,
  HashSchema,
  LockIdSchema,
  type DocumentId,
  type DossierId,
  type Hash,
} from '#shared/kernel/public.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';
import { judgesIn } from '../../support/pdf-judges.ts';
import {
  numberedNotice,
  officePin,
  outgoingOf,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

let working: WorkingOffice;
let [gone, stays]: [DocumentId, DocumentId] = ['' as DocumentId, '' as DocumentId];
let [due, other]: [DossierId, DossierId] = ['' as DossierId, '' as DossierId];
let shared: StoredFile;

function opened(code: string): DossierId {
  const officer = working.as('officer');
  const id = dossierId();
  const fields = { ...someDossierFields({ code, retention: 5 }), startedOn: '2012-01-05' };
  officer.must('dossiers.open', { dossierId: id, fields, maker: officer.person.id, parent: null });
  return id;
}

async function issued(attachments: readonly StoredFile[]): Promise<DocumentId> {
  const documentId = await numberedNotice(working, { attachments });
  await sealFile(working.as('clerk'), { commandId: working.commandId(), documentId, pin: officePin });
  const recipients = [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' }];
  working.as('clerk').must('documents.issue', { documentId, recipients, copies: 1, repliesTo: null });
  return documentId;
}

const namesOf = (id: DocumentId): Hash[] =>
  working.office.open.desk.db
    .prepare('SELECT hash FROM document_file WHERE document = ?')
    .pluck()
    .all(id)
    .map((hash) => HashSchema.parse(hash));

beforeAll(async () => {
  working = await workingOffice(['minh', 'lan']);
  const { blobs } = working.office.open;
  const table = Buffer.from('STT,Tên\n1,Phụ lục chung của hai văn bản\n');
  shared = { ...(await blobs.put(table)), name: 'phu-luc.csv', pages: 0 };
  gone = await issued([shared]);
  stays = await issued([shared]);
  [due, other] = [opened('01.VP'), opened('02.VP')];
  const officer = working.as('officer');
  officer.must('dossiers.file', { dossierId: due, documents: [gone, stays] });
  officer.must('dossiers.file', { dossierId: other, documents: [stays] });
  officer.must('dossiers.close', { dossierId: due, endedOn: '2012-06-30' });
}, 120_000);
afterAll(() => {
  working.remove();
});

test('a file whose term is over goes by a list, an opinion, a decision and minutes; a case stops it meanwhile', async () => {
  const [archivist, leader] = [working.as('archivist'), working.as('leader')];
  const { desk, blobs } = working.office.open;
  expect(dueFiles(archivist)).toMatchObject([
    { id: due, code: '01.VP', keptUntil: '2017-12-31', papers: 2, stays: null },
  ]);
  const lockId = LockIdSchema.parse(systemClock.newId());
  const reason = 'Cơ quan điều tra yêu cầu';
  const asked = { title: 'Vụ án số 5', basis: 'Công văn 12/CQĐT', askedBy: 'Cơ quan điều tra', reason };
  archivist.must('holds.open', { lockId, ...asked, dossiers: [due] });
  const disposalId = DisposalIdSchema.parse(systemClock.newId());
  const items = [{ dossier: due, verdict: 'destroy', newRetention: null, reason: 'Hết giá trị' }];
  const propose = (): void => {
    archivist.must('disposals.propose', { disposalId, items });
  };
  expect(propose).toThrow('dossiers.is-held');
  expect(dueFiles(archivist)).toMatchObject([
    { stays: { code: 'dossiers.is-held', params: { name: 'Vụ án số 5' } } },
  ]);
  archivist.must('holds.release', { lockId, reason: 'Vụ án đã đình chỉ' });
  propose();
  expect(dueFiles(archivist)).toEqual([]);
  const reference = 'Biên bản họp ngày 10/11, có chữ ký';
  archivist.must('disposals.appraise', { disposalId, words: 'Đồng ý hủy', reference });
  leader.must('disposals.approve', { disposalId, number: '45/QĐ-SKHCN', on: archivist.today });
  // The page as submitted, signed and sealed, its words, and what went with it.
  const names = namesOf(gone).filter((hash) => blobs.has(hash));
  // Two pages set within one second are the same bytes: they go when neither paper names them any more.
  const living = new Set(namesOf(stays));
  expect(living).toContain(shared.hash);
  expect(names.filter((hash) => !living.has(hash)).length).toBeGreaterThan(1);
  archivist.must('disposals.carryOut', {
    disposalId,
    witnesses: ['Đỗ Thị Lan', 'Bùi Thị Ngọc'],
    place: 'Kho lưu trữ',
  });

  // Nobody was working with any of it for a long time.
  const loose = { db: desk.db, blobs: { ...blobs, lately: () => false }, arriving: null, now: desk.now };
  const removed = await removeLoose(loose);
  expect(new Set(removed)).toEqual(new Set(names.filter((hash) => !living.has(hash))));
  expect(names.filter((hash) => blobs.has(hash))).toEqual(names.filter((hash) => living.has(hash)));
  const page = outgoingOf(working, stays).file?.hash;
  expect(namesOf(stays)).toContain(page);
  expect(page !== undefined && blobs.has(page)).toBe(true);

  const document = outgoingOf(working, gone);
  expect(document).toMatchObject({
    state: 'destroyed',
    destroyed: { number: '45/QĐ-SKHCN', decidedOn: archivist.today },
    number: { notation: '01/TB-SKHCN' },
  });
  expect(() => fileOf(document, document.file?.hash ?? '')).toThrow('documents.destroyed');
  expect(outgoingOf(working, stays)).toMatchObject({ state: 'issued' });
});

test('nothing destroyed is missed afterwards, saved once more, found by its words, or back after a rebuild', async () => {
  const { open } = working.office;
  const { desk, blobs } = open;
  const check = () =>
    checkFiles({ db: desk.db, blobs, now: desk.now, copies: null, isShared: false, isOver: () => false });
  expect(await check()).toMatchObject({ found: [] });
  desk.rebuild();
  expect(await check()).toMatchObject({ found: [] });
  expect(namesOf(gone)).toEqual([]);
  const found = desk.db
    .prepare('SELECT count(*) FROM file_fts WHERE rowid = (SELECT n FROM document WHERE id = ?)')
    .pluck()
    .get(gone);
  expect(found).toBe(0);
  const page = outgoingOf(working, gone).file?.hash;
  const { manifest } = await backup({
    ...open,
    agencyId: desk.agencyId,
    db: desk.db,
    to: join(working.folder, 'bản sao'),
    now: desk.now(),
  });
  expect(manifest.files.some(({ path }) => path.includes(page ?? ''))).toBe(false);
});

test('the minutes name the decision, the files and two witnesses, and are the same whenever they are printed', () => {
  const archivist = working.as('archivist');
  const disposalId = archivist.open.desk.db
    .prepare("SELECT id FROM aggregate WHERE kind = 'disposal'")
    .pluck()
    .get();
  const print = () => {
    const asked = { disposalId: DisposalIdSchema.parse(disposalId), what: 'minutes' as const };
    const { exportId, size, name } = printDisposal(archivist, asked);
    return { name, bytes: archivist.exports.read(exportId, 0, size).bytes };
  };
  const [first, again] = [print(), print()];
  expect(Buffer.from(again.bytes).equals(first.bytes)).toBe(true);
  expect(first.name).toBe(`Biên bản hủy tài liệu ${archivist.today}.pdf`);
  const judge = judgesIn(working.folder);
  writeFileSync(join(working.folder, 'bien-ban.pdf'), first.bytes);
  expect(judge.qpdf('bien-ban.pdf')).toContain('No syntax or stream encoding errors');
  const text = judge.run('pdftotext', '-layout', 'bien-ban.pdf', '-').replaceAll(/\s+/gu, ' ');
  for (const said of [
    'BIÊN BẢN HỦY TÀI LIỆU',
    '45/QĐ-SKHCN',
    '01.VP',
    'Đỗ Thị Lan',
    'Bùi Thị Ngọc',
    'Kho lưu trữ',
  ]) {
    expect(text).toContain(said);
  }
  expect(text).toContain('Đã hủy 1 hồ sơ, 1 văn bản. Giữ lại 1 văn bản');
});
