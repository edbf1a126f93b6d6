import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentPage, readableDocument } from '#electron/features/documents/pages.ts';
import { listDocuments } from '#electron/features/documents/rows.ts';
import { consignmentsOf } from '#electron/features/exchange/sending.ts';
import { receiveFile } from '#electron/features/intake/public.ts';
import { waitingFor } from '#electron/features/workflow/public.ts';
import { supervision } from '#electron/features/workflow/supervision.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import { asIncoming, documentAggregate } from '#shared/documents/public.ts';
import {
  deliveryAggregate,
  deliveryId,
  documentIdOf,
  statusOfDelivery,
  statusOfDocument,
} from '#shared/exchange/public.ts';
import {
  DocumentIdSchema,
  addWorkingDays,
  dayOf,
  yearOf,
  type AgencyId,
  type DocumentId,
} from '#shared/kernel/public.ts';
import { taskAggregate } from '#shared/workflow/public.ts';
import { byGateway } from '../../support/by-gateway.ts';
import { someFields } from '../../support/builders.ts';
import { connectedPeer, deliveredBy, receiptFrom, sentTo } from '../../support/connected-peer.ts';
import { consignmentId } from '../../support/exchange.ts';
import { judgesIn } from '../../support/pdf-judges.ts';
import {
  directedTo,
  issuedNotice,
  numberedNotice,
  outgoingOf,
  registeredLetter,
  submittedNotice,
  turnOf,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

/** NĐ 30/2020/NĐ-CP, Phụ lục VI, Phần I, III.1 and III.8: each function by its letter. */

let working: WorkingOffice;
let province: AgencyId;
let notice: DocumentId;
let letter: DocumentId;
const today = dayOf(systemClock.now());
const window = { offset: 0, limit: 100 };

beforeAll(async () => {
  working = await workingOffice();
  province = connectedPeer(working, 'Ủy ban nhân dân tỉnh An Bình');
  notice = await issuedNotice(working);
  letter = await registeredLetter(working, { urgency: 'flash' });
}, 120_000);
afterAll(() => {
  working.remove();
});

const db = () => working.office.open.desk.db;
const incomingOf = (id: DocumentId) => asIncoming(readState(db(), documentAggregate, id));
const rowOf = (id: DocumentId) => documentPage(db(), working.as('clerk').scope, id).row;
const waits = (part: 'clerk' | 'leader' | 'officer', id: DocumentId) => {
  const { person } = working.as(part);
  const { items } = waitingFor(db(), person, { ...window, today });
  return items.filter(({ document }) => document?.id === id).map(({ why }) => why);
};

test('III.1.a Tạo lập văn bản mới và chuyển đổi định dạng văn bản', async () => {
  const [version] = outgoingOf(working, notice).versions;
  const { blobs } = working.office.open;
  const read = async (file: { hash: Parameters<typeof blobs.read>[0]; size: number } | undefined) =>
    file === undefined ? new Uint8Array() : blobs.read(file.hash, 0, file.size);
  // The words stay as they were written; the page made of them is the PDF that was signed.
  expect(Buffer.from(await read(version?.draft)).toString('utf8')).toContain('ca thứ 1');
  const judge = judgesIn(working.folder);
  const name = judge.saved('trang.pdf', await read(version?.file));
  expect(judge.run('pdftotext', name, '-').replaceAll(/\s+/gu, ' ')).toContain(
    'bố trí người trực, ca thứ 1.',
  );
  expect(judge.run('pdfinfo', name)).toMatch(/Page size: +595\.\d+ x 841\.\d+ pts \(A4\)/u);
});

test('III.1.b Đính kèm văn bản', async () => {
  const bytes = Buffer.from('TT;Họ tên\n1;Bùi Thị Ngọc\n');
  const stored = { ...(await working.office.open.blobs.put(bytes)), name: 'Danh sách.csv', pages: 0 };
  const documentId = await numberedNotice(working, { attachments: [stored] });
  expect(outgoingOf(working, documentId).attachments).toEqual([stored]);
});

test('III.1.c Tạo mã định danh văn bản đi', () => {
  const { number } = outgoingOf(working, notice);
  const { notation = '', issuedOn = today } = number ?? {};
  // QĐ 28/2018: agency, day, notation; nobody types any of them.
  expect(documentIdOf({ agency: 'H99.14', on: issuedOn, notation })).toBe(
    `H99.14,${today.replaceAll('-', '/')},01/TB-SKHCN`,
  );
});

test('III.1.d Hiển thị mức độ khẩn của văn bản', () => {
  const { scope } = working.as('leader');
  const { rows } = listDocuments(db(), scope, 'incoming', { ...window, states: null, year: null, text: '' });
  expect(rows.find(({ id }) => id === letter)?.urgency).toBe('flash');
});

test('III.1.đ Tự động cấp số văn bản đi và số đến theo thứ tự và trình tự thời gian trong năm', async () => {
  const next = [await registeredLetter(working), await registeredLetter(working)];
  const first = incomingOf(letter).arrival?.number ?? 0;
  expect(next.map((id) => incomingOf(id).arrival)).toEqual(
    [1, 2].map((more) => ({ number: first + more, year: yearOf(today), day: today })),
  );
  const before = outgoingOf(working, await numberedNotice(working)).number?.number ?? 0;
  const after = outgoingOf(working, await numberedNotice(working)).number;
  expect(after).toMatchObject({ number: before + 1, year: yearOf(today), issuedOn: today });
});

test('III.1.e Bên nhận tự động thông báo cho bên gửi đã nhận văn bản', () => {
  const { documentId, envelope } = deliveredBy(working, province);
  const delivery = readState(db(), deliveryAggregate, deliveryId(province, envelope));
  expect(delivery).toMatchObject({ state: 'arrived', document: documentId });
  // What the gateway then owes the sender, without anybody asking for it.
  expect(delivery === null ? null : statusOfDelivery(null, delivery)).toMatchObject({ status: 'arrived' });
  const before = incomingOf(documentId);
  const presentTo = working.office.part('leader');
  working.as('clerk').must('documents.registerIncoming', { documentId, fields: someFields(), presentTo });
  expect(statusOfDocument(before, incomingOf(documentId))).toMatchObject({ status: 'accepted' });
});

test('III.1.g Tự động cập nhật các trường thông tin', () => {
  const { arrival, file } = incomingOf(letter);
  // Số đến, ngày đến, số trang: none of them was given.
  expect([arrival?.number, arrival?.day, file?.pages]).toEqual([1, today, 1]);
  const { number, file: page } = outgoingOf(working, notice);
  expect([number?.number, number?.issuedOn, page?.pages]).toEqual([1, today, 1]);
});

test('III.1.h Thông báo cho văn thư khi trùng mã định danh, hoặc số, ký hiệu và cơ quan ban hành', async () => {
  const clerk = working.as('clerk');
  const first = incomingOf(letter).file;
  if (first === null) throw new Error('It has a file');
  const again = await working.office.open.blobs.read(first.hash, 0, first.size);
  const uploadId = clerk.uploads.begin('lại.pdf', again.length);
  clerk.uploads.append(uploadId, 0, again);
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const { duplicates } = await receiveFile(clerk, { commandId: working.commandId(), documentId, uploadId });
  expect(duplicates.map(({ id }) => id)).toEqual([letter]);
  const named = { number: '77', symbol: 'QĐ-UBND', issuer: 'Ủy ban nhân dân xã Tân An' };
  const one = await registeredLetter(working, named);
  const other = await registeredLetter(working, named);
  expect(documentPage(db(), clerk.scope, other).linked).toMatchObject([
    { relation: 'duplicateOf', document: { id: one } },
  ]);
});

test('III.1.i Thông báo khi có văn bản mới', async () => {
  const { documentId } = deliveredBy(working, province);
  expect(waits('clerk', documentId)).toEqual(['register']);
  const registered = await registeredLetter(working);
  expect(waits('leader', registered)).toEqual(['direct']);
});

test('III.1.k Thông báo tình trạng nhận văn bản tại nơi nhận', async () => {
  const documentId = await issuedNotice(working);
  const consignment = await sentTo(working, documentId, province);
  const state = () => consignmentsOf(working.as('clerk'), outgoingOf(working, documentId))[0];
  expect(state()?.state).toBe('sent');
  receiptFrom(working, consignment, { status: 'arrived' });
  expect(state()?.state).toBe('arrived');
  const arrival = { number: 312, year: yearOf(today), day: today };
  receiptFrom(working, consignment, { status: 'accepted', arrival });
  expect(state()).toMatchObject({ state: 'accepted', arrival });
});

test('III.1.l Thống kê, theo dõi, đôn đốc việc giải quyết văn bản đến', async () => {
  const documentId = await registeredLetter(working);
  const { calendar } = working.office.open.desk;
  directedTo(working, documentId, addWorkingDays(today, 1, calendar));
  // As the leader sees it a week later.
  const seen = supervision({ ...working.as('leader'), today: addWorkingDays(today, 6, calendar) });
  const officer = working.office.part('officer');
  expect(seen.people.find(({ person }) => person === officer)?.late).toBe(1);
  expect(seen.late.map(({ id }) => id)).toContain(documentId);
});

test('III.1.m Phân phối văn bản đến, theo dõi, đôn đốc giải quyết đúng thời hạn', async () => {
  const documentId = await registeredLetter(working);
  const dueOn = addWorkingDays(today, 5, working.office.open.desk.calendar);
  const task = directedTo(working, documentId, dueOn);
  expect(incomingOf(documentId)).toMatchObject({ state: 'in-progress', dueOn, leadTask: task });
  expect(waits('officer', documentId)).toEqual(['do']);
  const target = { taskId: task, documentId };
  working.as('officer').must('workflow.reportProgress', { ...target, words: 'Đã soạn xong', percent: 60 });
  expect(readState(db(), taskAggregate, task)).toMatchObject({ percent: 60, dueOn });
});

test('III.1.n Người có thẩm quyền truy cập, chỉnh sửa, chuyển lại dự thảo', async () => {
  const documentId = await submittedNotice(working, { visas: ['unitHead'] });
  const head = working.as('unitHead');
  expect(readableDocument(db(), head.scope, documentId).state).toBe('circulating');
  const back = { stepId: turnOf(working, documentId), toStep: null, reason: 'Bổ sung căn cứ' };
  head.must('workflow.returnDraft', { documentId, ...back });
  expect(outgoingOf(working, documentId)).toMatchObject({
    state: 'draft',
    returnedBecause: 'Bổ sung căn cứ',
  });
  // Whoever is named to write along writes in the draft itself.
  working.as('officer').must('drafting.nameCoWriters', { documentId, people: [head.person.id] });
  expect(outgoingOf(working, documentId).coWriters).toEqual([head.person.id]);
});

test('III.1.o Cơ quan gửi biết tình trạng xử lý của cơ quan nhận', async () => {
  const documentId = await issuedNotice(working);
  const consignment = await sentTo(working, documentId, province);
  const states = ['arrived', 'accepted', 'assigned', 'in-progress', 'done'].map((status) => {
    receiptFrom(working, consignment, { status });
    return consignmentsOf(working.as('clerk'), outgoingOf(working, documentId))[0]?.state;
  });
  expect(states).toEqual(['arrived', 'accepted', 'assigned', 'in-progress', 'done']);
});

test('III.8.a Đóng băng văn bản đi và dữ liệu đặc tả khi có lệnh thu hồi', async () => {
  const documentId = await issuedNotice(working);
  const consignment = await sentTo(working, documentId, province);
  const clerk = working.as('clerk');
  const reason = 'Ban hành nhầm thẩm quyền';
  const consignments = [{ id: consignment.id, message: consignmentId() }];
  clerk.must('exchange.askBack', { documentId, consignments, reason });
  const frozen = outgoingOf(working, documentId);
  expect(frozen).toMatchObject({ state: 'recalled', recalledBecause: reason });
  const recipients = [{ name: 'Nơi khác', kind: 'agency' }];
  expect(() =>
    clerk.must('documents.issue', { documentId, recipients, copies: 1, repliesTo: null }),
  ).toThrow();
  expect(outgoingOf(working, documentId)).toEqual(frozen);
});

test('III.8.b Hủy văn bản đến và dữ liệu đặc tả khi có lệnh thu hồi từ nơi phát hành', () => {
  const { documentId, envelope } = deliveredBy(working, province);
  const clerk = working.as('clerk');
  clerk.must('documents.registerIncoming', {
    documentId,
    fields: someFields({ number: '81' }),
    presentTo: working.office.part('leader'),
  });
  const message = consignmentId();
  const asked = { from: province, envelope, message, reason: 'Gửi nhầm' };
  byGateway(clerk.open.desk, 'exchange.takeRecall', { ...asked, askedAt: clerk.open.desk.now() });
  expect(waits('clerk', documentId)).toContain('answer-recall');
  clerk.must('exchange.answerRecall', {
    deliveryId: deliveryId(province, envelope),
    documentId,
    message,
    agree: true,
    words: '',
    tasks: [],
  });
  expect(incomingOf(documentId)).toMatchObject({ state: 'recalled', recalledBecause: 'Gửi nhầm' });
  expect(waits('leader', documentId)).toEqual([]);
});

test('III.8.c Lưu dữ liệu đặc tả của quá trình thu hồi', async () => {
  const documentId = await issuedNotice(working);
  const consignment = await sentTo(working, documentId, province);
  const clerk = working.as('clerk');
  const message = consignmentId();
  const consignments = [{ id: consignment.id, message }];
  clerk.must('exchange.askBack', { documentId, consignments, reason: 'Sai số liệu' });
  receiptFrom(working, consignment, { status: 'arrived' });
  const [kept] = consignmentsOf(clerk, outgoingOf(working, documentId));
  expect(kept?.recall).toMatchObject({ message, reason: 'Sai số liệu', answer: null });
  const { timeline } = documentPage(db(), clerk.scope, documentId);
  expect(timeline.at(-1)).toMatchObject({ type: 'documentRecalled', actor: clerk.person.id });
  expect(rowOf(documentId).state).toBe('recalled');
});
