import { afterAll, beforeAll, expect, test } from 'vitest';
import { counts, lines, linesOfPaper } from '#electron/features/access/look.ts';
import { noteAccess } from '#electron/features/access/note.ts';
import { lineageOf } from '#electron/features/documents/lineage.ts';
import { documentPage } from '#electron/features/documents/pages.ts';
import { exportRegister } from '#electron/features/documents/register-files.ts';
import { printContents, printDossiers } from '#electron/features/dossiers/contents-files.ts';
import { listDossiers } from '#electron/features/dossiers/rows.ts';
import { connectedPeers } from '#electron/features/exchange/sending.ts';
import type { Actor } from '#electron/features/sample/act-as.ts';
import { findDocuments } from '#electron/features/search/find.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { prepared } from '#electron/store/prepared.ts';
import { readState } from '#electron/store/read-state.ts';
import { accessBy, wholeLog } from '#shared/access/public.ts';
import { personAggregate, readingScope, roles, unitAggregate } from '#shared/directory/public.ts';
import { arrivalsReport, documentAggregate, issuedReport, type Export } from '#shared/documents/public.ts';
import { dossierAggregate } from '#shared/dossiers/public.ts';
import { addWorkingDays, dayOf, yearOf, type DocumentId, type DossierId } from '#shared/kernel/public.ts';
import { connectedPeer, receiptFrom, sentTo } from '../../support/connected-peer.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';
import { officeFilesIn } from '../../support/office-files.ts';
import {
  directedTo,
  issuedNotice,
  registeredLetter,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

/** NĐ 30/2020/NĐ-CP, Phụ lục VI, Phần I, III.6, III.7, IV and V: each function by its number. */

let working: WorkingOffice;
let letter: DocumentId;
let answer: DocumentId;
let file: DossierId;
const today = dayOf(systemClock.now());
const year = yearOf(today);
const day = today.split('-').toReversed().join('/');
const window = { offset: 0, limit: 50 };

beforeAll(async () => {
  working = await workingOffice();
  const [clerk, officer] = [working.as('clerk'), working.as('officer')];
  letter = await registeredLetter(working, {
    number: '0015',
    symbol: 'UBND-VP',
    issuer: 'Ủy ban nhân dân xã Tân An',
    subject: 'báo cáo phòng chống lụt bão đường Hùng Vương',
    signer: 'Đặng Thị Hương Giang',
    note: 'Có phụ lục',
  });
  directedTo(working, letter, addWorkingDays(today, 3, officer.open.desk.calendar));
  const dueOn = addWorkingDays(today, 9, officer.open.desk.calendar);
  answer = await issuedNotice(working, { repliesTo: letter, dueOn });
  const province = connectedPeer(working, 'Ủy ban nhân dân tỉnh An Bình');
  const consignment = await sentTo(working, answer, province);
  receiptFrom(working, consignment, { status: 'accepted', arrival: { number: 44, year, day: today } });
  file = dossierId();
  const fields = { ...someDossierFields({ code: '07.VP', title: 'Hồ sơ bão lụt' }), startedOn: today };
  clerk.must('dossiers.open', { dossierId: file, fields, maker: clerk.person.id, parent: null });
  clerk.must('dossiers.file', { dossierId: file, documents: [letter, answer] });
  await working.office.open.texts.settled();
}, 120_000);
afterAll(() => {
  working.remove();
});

const db = () => working.office.open.desk.db;
const finds = (words: string) =>
  findDocuments(db(), working.as('leader').scope, { words, ...window }).hits.map(
    ({ document }) => document.id,
  );
const opens = (actor: Actor, documentId: DocumentId): void => {
  const access = accessBy('documents.page', { documentId });
  if (access !== null) noteAccess(actor.open, actor.person.id, access);
};

test('III.6.a Thống kê số lượng hồ sơ, văn bản; số lượt truy cập vào từng hồ sơ, văn bản', async () => {
  const { total } = listDossiers(db(), working.as('clerk').scope, {
    ...window,
    state: null,
    maker: null,
    year,
    text: '',
  });
  const { papers } = prepared(db(), 'SELECT sum(documents) AS papers FROM tally').get() as { papers: number };
  expect([total, papers]).toEqual([1, 2]);
  opens(working.as('leader'), letter);
  opens(working.as('officer'), letter);
  const { rows } = await counts(working.as('leader'), wholeLog, window);
  expect(rows.find(({ on }) => on.id === letter)).toMatchObject({ times: 2, people: 2 });
});

test('III.6.b Thống kê số lượt truy cập vào Hệ thống', async () => {
  const { open, person } = working.as('officer');
  const here = { kind: 'desk', id: open.desk.agencyId } as const;
  noteAccess(open, person.id, { what: 'signedIn', on: here, file: null });
  const asked = { ...wholeLog, what: 'signedIn' as const };
  const found = await lines(working.as('administrator'), asked, window);
  expect(found).toMatchObject({ total: 1, rows: [{ person: person.id, what: 'signedIn' }] });
});

test('III.6.c Cấp quyền, kiểm soát quyền truy cập vào hồ sơ lưu trữ điện tử', () => {
  const asked = { ...window, state: null, maker: null, year, text: '' };
  const seen = (part: Parameters<WorkingOffice['as']>[0]) =>
    listDossiers(db(), working.as(part).scope, asked).total;
  expect([seen('leader'), seen('officer'), seen('archivist'), seen('administrator')]).toEqual([1, 0, 0, 0]);
  const to = working.office.part('officer');
  working.as('clerk').must('dossiers.passOn', { dossierId: file, to, reason: 'Theo dõi tiếp' });
  expect([seen('officer'), seen('secondOfficer')]).toEqual([1, 0]);
});

test('III.6.d Tìm kiếm theo các trường thông tin đầu vào và theo nội dung', () => {
  // Number, symbol, author and subject of what came; number and the words on the page of what went out.
  for (const words of ['0015', 'UBND-VP', 'xa tan an', 'phong chong lut bao', 'duong hung vuong']) {
    expect([words, finds(words)]).toEqual([words, [letter]]);
  }
  for (const words of ['01 TB SKHCN', 'bo tri nguoi truc']) {
    expect([words, finds(words)]).toEqual([words, [answer]]);
  }
  expect(finds('khong co chu nao the nay')).toEqual([]);
});

test('III.6.l Lưu lịch sử truy cập và sử dụng văn bản', async () => {
  const chief = working.as('chief');
  opens(chief, answer);
  const { rows } = await linesOfPaper(working.as('leader'), { documentId: answer, ...window });
  expect(rows[0]).toMatchObject({ person: chief.person.id, what: 'opened', on: { id: answer } });
});

test('III.7.a Lưu dữ liệu đặc tả liên quan đến văn bản, hồ sơ', () => {
  expect(readState(db(), documentAggregate, letter)).toMatchObject({
    fields: { number: '0015', issuer: 'Ủy ban nhân dân xã Tân An', note: 'Có phụ lục' },
  });
  expect(readState(db(), dossierAggregate, file)).toMatchObject({ code: '07.VP', retention: 20 });
});

test('III.7.b Hiển thị toàn bộ dữ liệu đặc tả khi người được cấp quyền yêu cầu', () => {
  const { scope } = working.as('leader');
  const { document, timeline } = documentPage(db(), scope, letter);
  expect(document).toMatchObject({ fields: { signer: 'Đặng Thị Hương Giang' }, arrival: { number: 1 } });
  expect(timeline.length).toBeGreaterThan(3);
  const { steps } = lineageOf(db(), scope, letter);
  expect(steps.map(({ stage }) => stage)).toEqual(
    expect.arrayContaining(['arrived', 'registered', 'directed', 'issued', 'receipt', 'filed']),
  );
});

test('III.7.c Nhập dữ liệu đặc tả bổ sung cho văn bản, hồ sơ', () => {
  const document = readState(db(), documentAggregate, letter);
  if (document?.direction !== 'incoming' || document.fields === null) throw new Error('No fields');
  const fields = { ...document.fields, signerPost: 'Chủ tịch' };
  working.as('clerk').must('documents.correctRegistration', {
    documentId: letter,
    fields,
    reason: 'Bổ sung chức vụ người ký',
  });
  expect(readState(db(), documentAggregate, letter)).toMatchObject({ fields: { signerPost: 'Chủ tịch' } });
  const dossier = readState(db(), dossierAggregate, file);
  const more = { ...someDossierFields(), code: dossier?.code, startedOn: today, keywords: 'bão; lụt' };
  working.as('clerk').must('dossiers.describe', { dossierId: file, fields: more });
  expect(readState(db(), dossierAggregate, file)?.keywords).toBe('bão; lụt');
});

test('III.7.đ Lưu và cố định liên kết của văn bản, hồ sơ với dữ liệu đặc tả', () => {
  const { scope } = working.as('leader');
  const { timeline, entryHash } = documentPage(db(), scope, letter);
  expect(entryHash).toMatch(/^[0-9a-f]{64}$/u);
  // What was corrected stays beside what stands now.
  expect(timeline.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['incomingRegistered', 'registrationCorrected']),
  );
});

test('IV.1.b Phân quyền cho người sử dụng', () => {
  const officer = working.as('officer');
  const body = { documentId: letter, words: '', assignments: [], inform: [] };
  expect(() => officer.must('workflow.direct', body)).toThrow('directory.not-your-role');
  expect(() => officer.must('documents.number', { documentId: answer, book: null, issuedOn: today })).toThrow(
    'directory.not-your-role',
  );
  expect(roles.length).toBeGreaterThanOrEqual(8);
});

test('IV.1.đ Thay đổi quyền truy cập khi thay đổi vị trí công tác', () => {
  const administrator = working.as('administrator');
  const personId = working.office.part('secondOfficer');
  const before = readState(db(), personAggregate, personId);
  if (before === null) throw new Error('Nobody');
  expect(readingScope(before)).not.toMatchObject({ kind: 'agency' });
  const { name, rank, unit, email } = before;
  const details = { name, rank, unit, email, post: 'Phó Giám đốc', roles: ['leader'] };
  administrator.must('directory.describePerson', { personId, details });
  const after = readState(db(), personAggregate, personId);
  expect(after === null ? null : readingScope(after)).toMatchObject({ kind: 'agency' });
  expect(readState(db(), unitAggregate, unit)).not.toBeNull();
});

test('IV.2 Cảnh báo xung đột xảy ra trong Hệ thống', () => {
  const [clerk, leader] = [working.as('clerk'), working.as('leader')];
  const line = { heading: '', title: 'Hồ sơ', retention: 5, maker: null, note: '' };
  clerk.must('dossiers.writeList', { year, entries: [{ ...line, code: '1' }] });
  clerk.must('dossiers.writeList', {
    year,
    entries: [
      { ...line, code: '1' },
      { ...line, code: '2' },
    ],
  });
  // Whoever read one line does not approve two.
  expect(() => leader.must('dossiers.approveList', { year, lines: 1 })).toThrow('dossiers.list-changed');
});

test('IV.3 Thiết lập kết nối liên thông', () => {
  expect(connectedPeers(working.as('clerk'))).toMatchObject([
    { name: 'Ủy ban nhân dân tỉnh An Bình', state: 'confirmed' },
  ]);
});

const asked = (book: string) => ({ book, year, from: null, to: null, extra: [] });

function read(actor: Actor, { exportId, size }: Export): Uint8Array {
  return actor.exports.read(exportId, 0, size).bytes;
}

type Making = (form: 'pdf' | 'docx' | 'xlsx') => Promise<Export>;

/** The heading and the rows of an output, the same in a text file, a workbook and on the page. */
async function inThreeForms(clerk: Actor, make: Making): Promise<readonly string[][]> {
  const files = officeFilesIn(working.folder);
  const [head, places, ...rows] = files.docx(read(clerk, await make('docx')));
  const sheet = files.xlsx(read(clerk, await make('xlsx')));
  const from = sheet.findIndex((row) => row[0] === head?.[0] && row[1] === head?.[1]);
  expect(sheet.slice(from, from + 2 + rows.length)).toEqual([head, places, ...rows]);
  const page = files.pdf(read(clerk, await make('pdf'))).replaceAll(/\s+/gu, '');
  for (const [first = ''] of rows) expect(page).toContain(first.replaceAll(/\s+/gu, ''));
  return [head ?? [], ...rows];
}

const register = (book: string) => {
  const clerk = working.as('clerk');
  return inThreeForms(clerk, (form) => exportRegister(clerk, { ...asked(book), form }));
};

test('V.1 Sổ đăng ký văn bản đến', async () => {
  expect(await register('arrivals')).toEqual([
    [
      'Ngày đến',
      'Số đến',
      'Tác giả',
      'Số, ký hiệu văn bản',
      'Ngày tháng văn bản',
      'Tên loại và trích yếu',
      'Đơn vị hoặc người nhận',
      'Ngày chuyển',
      'Ký nhận',
      'Ghi chú',
    ],
    [
      day,
      '1',
      'Ủy ban nhân dân xã Tân An',
      '0015/UBND-VP',
      day,
      'Công văn báo cáo phòng chống lụt bão đường Hùng Vương',
      'Phòng Chuyển đổi số; Bùi Thị Ngọc',
      day,
      '',
      'Có phụ lục',
    ],
  ]);
});

test('V.2 Báo cáo tình hình giải quyết văn bản đến', async () => {
  const due = addWorkingDays(today, 3, working.office.open.desk.calendar).split('-').toReversed().join('/');
  expect(await register(arrivalsReport)).toEqual([
    [
      'Số đến',
      'Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản',
      'Đơn vị hoặc người nhận',
      'Thời hạn giải quyết',
      'Tiến độ giải quyết',
      'Số, ký hiệu văn bản trả lời',
      'Ghi chú',
    ],
    [
      '1',
      `Công văn số 0015/UBND-VP ngày ${day} của Ủy ban nhân dân xã Tân An`,
      'Phòng Chuyển đổi số; Bùi Thị Ngọc',
      due,
      'Đang xử lý, 0%',
      '01/TB-SKHCN',
      'Có phụ lục',
    ],
  ]);
});

test('V.3 Sổ đăng ký văn bản đi', async () => {
  const [book = ''] = working.office.open.desk.db
    .prepare<[], { book: string }>(
      "SELECT book FROM document WHERE direction = 'outgoing' AND book IS NOT NULL",
    )
    .all()
    .map((row) => row.book);
  working.as('clerk').must('documents.note', { documentId: answer, note: 'Gửi kèm đĩa' });
  const [head, row] = await register(book);
  expect(head).toEqual([
    'Số, ký hiệu văn bản',
    'Ngày tháng văn bản',
    'Tên loại và trích yếu nội dung',
    'Người ký',
    'Nơi nhận văn bản',
    'Đơn vị, người nhận bản lưu',
    'Số lượng bản',
    'Ngày chuyển',
    'Ký nhận',
    'Ghi chú',
  ]);
  expect(row?.slice(0, 5)).toEqual([
    '01/TB-SKHCN',
    day,
    'Thông báo: Phân công trực cuối năm',
    'Nguyễn Văn Minh',
    'Ủy ban nhân dân tỉnh An Bình',
  ]);
  expect(row?.at(-1)).toBe('Gửi kèm đĩa');
});

test('V.4 Báo cáo tình hình giải quyết văn bản đi', async () => {
  const due = addWorkingDays(today, 9, working.office.open.desk.calendar).split('-').toReversed().join('/');
  const [, row] = await register(issuedReport);
  expect(row).toEqual([
    '01/TB-SKHCN',
    day,
    'Thông báo: Phân công trực cuối năm',
    'Ủy ban nhân dân tỉnh An Bình',
    due,
    'Đã phát hành; Ủy ban nhân dân tỉnh An Bình: Đã tiếp nhận (44)',
    'Trả lời 0015/UBND-VP',
  ]);
});

test('V.5 Mục lục văn bản trong hồ sơ', async () => {
  const clerk = working.as('clerk');
  const contents = await inThreeForms(clerk, (form) => printContents(clerk, { dossierId: file, form }));
  expect(contents).toEqual([
    [
      'STT',
      'Số, ký hiệu văn bản',
      'Ngày tháng văn bản',
      'Tên loại và trích yếu nội dung văn bản',
      'Tác giả văn bản',
      'Tờ số/Trang số',
      'Ghi chú',
    ],
    [
      '1',
      '0015/UBND-VP',
      day,
      'Công văn báo cáo phòng chống lụt bão đường Hùng Vương',
      'Ủy ban nhân dân xã Tân An',
      '1–1',
      '',
    ],
    [
      '2',
      '01/TB-SKHCN',
      day,
      'Thông báo: Phân công trực cuối năm',
      'Sở Khoa học và Công nghệ tỉnh An Bình',
      '2–2',
      '',
    ],
  ]);
});

test('V.6 Mục lục hồ sơ', async () => {
  const clerk = working.as('clerk');
  const { rows } = listDossiers(db(), clerk.scope, { ...window, state: null, maker: null, year, text: '' });
  const [head, row] = await inThreeForms(clerk, (form) => printDossiers(clerk, rows, form));
  expect(head).toEqual([
    'STT',
    'Số, ký hiệu hồ sơ',
    'Tiêu đề hồ sơ',
    'Thời gian tài liệu',
    'Thời hạn bảo quản',
    'Số tờ/Số trang',
    'Ghi chú',
  ]);
  expect([row?.[0], row?.[1], row?.[4], row?.[5], row?.[6]]).toEqual([
    '1',
    '07.VP',
    '20 năm',
    '2 trang',
    '2 văn bản',
  ]);
});
