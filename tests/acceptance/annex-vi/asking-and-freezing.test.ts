import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { counts } from '#electron/features/access/look.ts';
import { noteAccess, storeOf } from '#electron/features/access/note.ts';
import { exportSought, saveQuery, savedQueries, seek } from '#electron/features/search/seek.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { backup } from '#electron/store/backup.ts';
import { checkFiles } from '#electron/store/check-files.ts';
import { readState } from '#electron/store/read-state.ts';
import { wholeLog } from '#shared/access/public.ts';
import { mayRead } from '#shared/directory/public.ts';
import { documentAggregate, type TableForm } from '#shared/documents/public.ts';
import { accessModes, dossierAggregate, modeCode } from '#shared/dossiers/public.ts';
import { LockIdSchema, dayOf, type DocumentId, type DossierId } from '#shared/kernel/public.ts';
import { readMessage } from '#shared/node/edxml/public.ts';
import { SoughtQuerySchema, soughtFields } from '#shared/search/public.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';
import { aDocumentMessage, written } from '../../support/edxml/messages.ts';
import { officeFilesIn } from '../../support/office-files.ts';
import { registeredLetter, workingOffice, type WorkingOffice } from '../../support/working-office.ts';

/** NĐ 30/2020/NĐ-CP, Phụ lục VI, Phần I, III.2, III.6, III.7 and IV: what is asked for, kept as it is, and mended. */

let working: WorkingOffice;
let letter: DocumentId;
let later: DocumentId;
let file: DossierId;
const today = dayOf(systemClock.now());

beforeAll(async () => {
  working = await workingOffice();
  letter = await registeredLetter(working, { subject: 'Báo cáo ngân sách quý I', number: '007' });
  later = await registeredLetter(working, { subject: 'Báo cáo ngân sách quý II', number: '102' });
  file = dossierId();
  const clerk = working.as('clerk');
  const fields = { ...someDossierFields({ code: '09.TC', title: 'Hồ sơ tài chính' }), startedOn: today };
  clerk.must('dossiers.open', { dossierId: file, fields, maker: clerk.person.id, parent: null });
  clerk.must('dossiers.file', { dossierId: file, documents: [letter] });
}, 120_000);
afterAll(() => {
  working.remove();
});

const db = () => working.office.open.desk.db;
const query = SoughtQuerySchema.parse({
  groups: [[{ field: 'subject', operator: 'has', value: 'ngân sách' }]],
  columns: ['codeNumber', 'subject'],
  sort: { by: 'codeNumber', descending: true },
});

test('III.6.đ Lựa chọn hiển thị các trường thông tin trong kết quả tìm kiếm', () => {
  const cells = (columns: readonly string[]) =>
    seek(db(), working.as('leader').scope, {
      query: SoughtQuerySchema.parse({ ...query, columns }),
      offset: 0,
      limit: 10,
    }).map((row) => row.cells);
  expect(cells(['codeNumber', 'subject'])).toEqual([
    ['102', 'Báo cáo ngân sách quý II'],
    ['007', 'Báo cáo ngân sách quý I'],
  ]);
  expect(cells(['arrivalNumber'])).toEqual([['2'], ['1']]);
  expect(Object.keys(soughtFields).length).toBeGreaterThan(30);
});

test('III.6.e Lưu và sử dụng lại các yêu cầu tìm kiếm', () => {
  const { person } = working.as('leader');
  saveQuery(db(), person.id, { name: 'Ngân sách', query });
  const [kept] = savedQueries(db(), person.id);
  expect(kept).toEqual({ name: 'Ngân sách', query });
  expect(savedQueries(db(), working.office.part('officer'))).toEqual([]);
});

test('III.6.g Hiển thị thứ tự kết quả tìm kiếm', () => {
  const { scope } = working.as('leader');
  const order = (descending: boolean) =>
    seek(db(), scope, {
      query: { ...query, sort: { by: 'codeNumber', descending } },
      offset: 0,
      limit: 10,
    }).map(({ id }) => id);
  expect([order(true), order(false)]).toEqual([
    [later, letter],
    [letter, later],
  ]);
});

test('III.6.h Kết xuất kết quả tìm kiếm ra các định dạng .docx, .pdf', async () => {
  const leader = working.as('leader');
  const made = async (form: TableForm) => {
    const { exportId, size } = await exportSought(leader, query, form);
    return leader.exports.read(exportId, 0, size).bytes;
  };
  const read = officeFilesIn(working.folder);
  const [, , ...rows] = read.docx(await made('docx'));
  expect(rows).toEqual([
    ['102', 'Báo cáo ngân sách quý II'],
    ['007', 'Báo cáo ngân sách quý I'],
  ]);
  expect(read.pdf(await made('pdf'))).toContain('007');
});

test('III.2.c Kết nối, liên thông với các hệ thống chuyên dụng khác', () => {
  // edXML (QCVN 102:2016) is what other systems speak: what is written is read back whole.
  const message = aDocumentMessage();
  const { isComplete, message: read } = readMessage(written(message));
  expect([isComplete, read]).toMatchObject([true, { kind: 'document', subject: message.subject }]);
});

test('III.7.d Lưu dữ liệu đặc tả của quá trình kiểm soát an ninh', () => {
  const { open, person } = working.as('administrator');
  noteAccess(open, person.id, {
    what: 'signedIn',
    on: { kind: 'desk', id: open.desk.agencyId },
    file: null,
  });
  const found = storeOf(open).find({
    filter: { ...wholeLog, person: person.id },
    by: 'line',
    offset: 0,
    limit: 10,
  });
  expect(found.lines).toMatchObject([{ what: 'signedIn', person: person.id }]);
});

test('IV.1.a Tạo lập nhóm hồ sơ theo cấp độ thông tin khác nhau', () => {
  const clerk = working.as('clerk');
  const fields = { ...someDossierFields({ code: '09.TC', title: 'Hồ sơ tài chính' }), startedOn: today };
  clerk.must('dossiers.describe', { dossierId: file, fields: { ...fields, mode: 'conditional' } });
  const mode = readState(db(), dossierAggregate, file)?.mode;
  // TT 05/2025/TT-BNV: 01 for everybody, 02 under conditions; secret files are on no networked machine.
  expect([mode, modeCode(mode ?? 'open'), accessModes.map(modeCode)]).toEqual([
    'conditional',
    '02',
    ['01', '02'],
  ]);
});

test('IV.1.c Truy cập vào hồ sơ và dữ liệu đặc tả theo quy định của cơ quan', async () => {
  const [leader, administrator] = [working.as('leader'), working.as('administrator')];
  noteAccess(leader.open, leader.person.id, {
    what: 'opened',
    on: { kind: 'document', id: letter },
    file: null,
  });
  const named = async (actor: typeof leader) =>
    (await counts(actor, wholeLog, { offset: 0, limit: 10 })).rows
      .filter(({ on }) => on.id === letter)
      .map(({ on, times }) => [on.name, times]);
  // Whoever looks after the system sees that it was opened, and not what it is.
  expect(await named(leader)).toEqual([[expect.stringContaining('007'), 1]]);
  expect(await named(administrator)).toEqual([[null, 1]]);
});

test('IV.1.d Thay đổi quyền truy cập đối với hồ sơ, văn bản', () => {
  const officer = working.as('officer');
  const seen = () => {
    const dossier = readState(db(), dossierAggregate, file);
    return dossier !== null && mayRead(officer.scope, dossier);
  };
  expect(seen()).toBe(false);
  working.as('clerk').must('dossiers.passOn', { dossierId: file, to: officer.person.id, reason: 'Chuyển' });
  expect(seen()).toBe(true);
});

test('IV.1.e Phục hồi thông tin khi lỗi và thông báo kết quả', async () => {
  const { desk, folder, blobs, dataKey } = working.office.open;
  const to = join(working.folder, 'bản sao');
  const { agencyId, now } = desk;
  await backup({ agencyId, folder, db: desk.db, blobs, dataKey, to, now: now() });
  const hash = readState(db(), documentAggregate, letter)?.file?.hash;
  if (hash === undefined) throw new Error('It has a file');
  rmSync(blobs.pathOf(hash));
  const parts = { db: desk.db, blobs, copies: to, isShared: false, now, isOver: () => false };
  expect(await checkFiles(parts)).toMatchObject({ found: [hash], mended: [hash] });
  expect(blobs.has(hash)).toBe(true);
});

test('IV.1.g Khóa hoặc đóng băng các tập hợp để ngăn di chuyển, xóa, sửa', () => {
  const lockId = LockIdSchema.parse(systemClock.newId());
  const chief = working.as('chief');
  const set = { title: 'Thanh tra tài chính', reason: 'Theo yêu cầu của thanh tra', documents: [] };
  chief.must('freezes.set', { lockId, ...set, dossiers: [file] });
  const clerk = working.as('clerk');
  const out = { dossierId: file, documents: [letter], reason: 'Nhầm' };
  expect(() => clerk.must('dossiers.takeOut', out)).toThrow();
  const before = readState(db(), dossierAggregate, file);
  chief.must('freezes.lift', { lockId, reason: 'Xong' });
  clerk.must('dossiers.takeOut', out);
  expect([before?.items.length, readState(db(), dossierAggregate, file)?.items.length]).toEqual([1, 0]);
  // A set may be of single papers as well.
  const alone = LockIdSchema.parse(systemClock.newId());
  chief.must('freezes.set', { ...set, lockId: alone, dossiers: [], documents: [letter] });
  const into = { dossierId: file, documents: [letter] };
  expect(() => clerk.must('dossiers.file', into)).toThrow('documents.frozen');
  chief.must('freezes.lift', { lockId: alone, reason: 'Xong' });
  clerk.must('dossiers.file', into);
  expect(readState(db(), dossierAggregate, file)?.items.length).toBe(1);
});
