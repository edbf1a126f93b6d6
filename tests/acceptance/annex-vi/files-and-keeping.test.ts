import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentPage } from '#electron/features/documents/pages.ts';
import { handOverPage, waitingFiles } from '#electron/features/dossiers/hand-over-pages.ts';
import { dossierPage } from '#electron/features/dossiers/pages.ts';
import { makePackage, packageOf } from '#electron/features/dossiers/public.ts';
import { dossierRow, listDossiers } from '#electron/features/dossiers/rows.ts';
import { receiveFile } from '#electron/features/intake/public.ts';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { backup } from '#electron/store/backup.ts';
import { readState } from '#electron/store/read-state.ts';
import { restore } from '#electron/store/restore.ts';
import { agencyAggregate, personAggregate, readingScope } from '#shared/directory/public.ts';
import { documentAggregate, dossiersOf } from '#shared/documents/public.ts';
import { archiveChecks, dossierAggregate, type ListEntry } from '#shared/dossiers/public.ts';
import {
  DocumentIdSchema,
  HandOverIdSchema,
  HashSchema,
  addMonths,
  addWorkingDays,
  dayOf,
  yearOf,
  type DocumentId,
  type DossierId,
} from '#shared/kernel/public.ts';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { validatePackage } from '#shared/node/packages/public.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { anEntry, dossierId, someDossierFields } from '../../support/dossiers.ts';
import { judgesIn } from '../../support/pdf-judges.ts';
import {
  directedTo,
  issuedNotice,
  outgoingOf,
  registeredLetter,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

/** NĐ 30/2020/NĐ-CP, Phụ lục VI, Phần I, III.2–III.5: each function by its letter. */

let working: WorkingOffice;
let letter: DocumentId;
let answer: DocumentId;
let closed: DossierId;
let open: DossierId;
let root: string;
const today = dayOf(systemClock.now());
const year = yearOf(today);
const endedOn = addMonths(today, -12);
const listed: ListEntry[] = [
  anEntry({ code: '05.VP', heading: 'Văn phòng', title: 'Hồ sơ trực cuối năm', retention: 20 }),
  anEntry({ code: '06.VP', heading: 'Văn phòng', title: 'Hồ sơ giao ban', retention: 10 }),
];

beforeAll(async () => {
  working = await workingOffice(['minh', 'lan', 'ngoc', 'bich']);
  const officer = working.as('officer');
  letter = await registeredLetter(working);
  const due = addWorkingDays(today, 3, officer.open.desk.calendar);
  const taskId = directedTo(working, letter, due);
  answer = await issuedNotice(working, { repliesTo: letter });
  officer.must('workflow.finishTask', { taskId, documentId: letter, words: 'Đã trả lời' });
  working.as('leader').must('workflow.approveTask', { taskId, documentId: letter, words: 'Được' });
  working.as('clerk').must('dossiers.writeList', { year, entries: listed });
  working.as('leader').must('dossiers.approveList', { year, lines: listed.length });
  open = opened('06.VP', 'Hồ sơ giao ban', { startedOn: `${year}-01-05`, retention: 10 });
  officer.must('dossiers.file', { dossierId: open, documents: [letter] });
  closed = opened('21.CĐS', 'Hồ sơ ứng cứu sự cố', { startedOn: addMonths(today, -14), retention: 15 });
  officer.must('dossiers.file', { dossierId: closed, documents: [letter, answer] });
  officer.must('dossiers.close', { dossierId: closed, endedOn });
  await working.office.open.texts.settled();
  const to = join(working.folder, 'gói.zip');
  await makePackage(await packageOf(officer, { dossierId: closed, kind: 'SIP_hoso' }), { to, bag: false });
  judgesIn(working.folder).run('unzip', '-q', to, '-d', 'gói');
  root = join(working.folder, 'gói', readdirSync(join(working.folder, 'gói'))[0] ?? '');
}, 120_000);
afterAll(() => {
  working.remove();
});

type Kept = Readonly<{ startedOn: string; retention: number | 'permanent' }>;

function opened(code: string, title: string, kept: Kept): DossierId {
  const officer = working.as('officer');
  const id = dossierId();
  const fields = { ...someDossierFields({ code, title }), ...kept };
  officer.must('dossiers.open', { dossierId: id, fields, maker: officer.person.id, parent: null });
  return id;
}

const db = () => working.office.open.desk.db;
const dossierOf = (id: DossierId) => {
  const found = readState(db(), dossierAggregate, id);
  if (found === null) throw new Error('The file is gone');
  return found;
};
async function answerPdf(): Promise<Uint8Array> {
  const { file } = outgoingOf(working, answer);
  if (file === null) throw new Error('It is sealed');
  return working.office.open.blobs.read(file.hash, 0, file.size);
}
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('III.2.a Kết nối, liên thông với hệ thống của Lưu trữ lịch sử', async () => {
  // What is handed over is a package that the circular's checker finds nothing in (TT 05/2025/TT-BNV).
  expect(await validatePackage(join(working.folder, 'gói.zip'))).toEqual([]);
});

test('III.3.a Bảo đảm các cấp độ an ninh thông tin', async () => {
  const [sample] = sampleLetters;
  if (sample === undefined) throw new Error('No letters');
  const clerk = working.as('clerk');
  const secret = await letterPdf({ ...sample, superior: 'MẬT' }, systemClock.now());
  const uploadId = clerk.uploads.begin('mật.pdf', secret.length);
  clerk.uploads.append(uploadId, 0, secret);
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const asked = { commandId: working.commandId(), documentId, uploadId };
  await expect(receiveFile(clerk, asked)).rejects.toThrow('documents.secret');
  // Its bytes are nowhere; a file says who may use it.
  const hash = HashSchema.parse(createHash('sha256').update(secret).digest('hex'));
  expect(working.office.open.blobs.has(hash)).toBe(false);
  expect(dossierOf(open).mode).toBe('open');
});

test('III.3.b Phân quyền truy cập đối với từng hồ sơ, văn bản', () => {
  const page = (part: 'officer' | 'secondOfficer') => () => {
    const { scope } = working.as(part);
    return documentPage(db(), scope, letter).document.id;
  };
  expect(page('officer')()).toBe(letter);
  expect(page('secondOfficer')).toThrow('documents.unknown');
  expect(() => dossierPage(working.as('administrator'), open, null)).toThrow('dossiers.unknown');
});

test('III.3.c Cảnh báo thay đổi quyền truy cập cho đến khi người có thẩm quyền xác nhận', () => {
  const administrator = working.as('administrator');
  const personId = working.office.part('secondOfficer');
  const of = () => readState(db(), personAggregate, personId);
  const before = of();
  if (before === null) throw new Error('Nobody');
  const { name, post, rank, unit, email } = before;
  const details = { name, post, rank, unit, email, roles: ['officer', 'unit-head'] };
  administrator.must('directory.describePerson', { personId, details });
  expect(of()?.unconfirmed).toMatchObject({ by: administrator.person.id });
  const confirm = (part: 'administrator' | 'leader') => () => {
    working.as(part).must('directory.confirmRights', { people: [personId], delegations: [] });
  };
  expect(confirm('administrator')).toThrow('directory.confirm-own');
  confirm('leader')();
  expect(of()?.unconfirmed ?? null).toBeNull();
});

test('III.4.a Tạo lập Danh mục hồ sơ trong Hệ thống', () => {
  const clerk = working.as('clerk');
  const entries = listed.slice(0, 1);
  clerk.must('dossiers.writeList', { year: year + 1, entries });
  const approve = { year: year + 1, lines: 1 };
  expect(() => clerk.must('dossiers.approveList', approve)).toThrow();
  working.as('leader').must('dossiers.approveList', approve);
});

test('III.4.b Tạo mã cho từng hồ sơ và tự động đánh số thứ tự văn bản trong hồ sơ', () => {
  expect(dossierOf(closed).items).toEqual([
    { n: 1, document: letter },
    { n: 2, document: answer },
  ]);
  expect(() => opened('21.CĐS', 'Trùng mã', { startedOn: addMonths(today, -14), retention: 5 })).toThrow(
    'dossiers.code-taken',
  );
});

test('III.4.c Liên kết toàn bộ văn bản, dữ liệu đặc tả có cùng mã hồ sơ', () => {
  // Mã hồ sơ is agency, year, symbol; every paper's own code begins with it.
  const code = `H99.14.${dossierOf(closed).year}.21.CĐS`;
  const described = filesIn(root)
    .filter((path) => /EAD_DOC|EAD_doc/u.test(path))
    .map((path) => /<docCode>(?<code>[^<]*)</u.exec(readFileSync(path, 'utf8'))?.groups?.['code'] ?? '');
  expect(described.toSorted((a, b) => a.localeCompare(b))).toEqual([`${code}.0000001`, `${code}.0000002`]);
});

test('III.4.d Liên kết các trường của Danh mục hồ sơ với văn bản, dữ liệu đặc tả của hồ sơ', () => {
  expect(dossierOf(open)).toMatchObject({ code: '06.VP', inList: true, retention: 10, year });
  expect(dossierOf(closed).inList).toBe(false);
  expect(dossierPage(working.as('officer'), open, null).items).toMatchObject([{ document: { id: letter } }]);
});

test('III.4.đ Liên kết và thống kê toàn bộ hồ sơ của một tài khoản', () => {
  const { scope, person } = working.as('officer');
  const asked = { offset: 0, limit: 50, state: null, year: null, text: '' };
  const mine = listDossiers(db(), scope, { ...asked, maker: person.id });
  expect([mine.total, mine.rows.map(({ code }) => code).toSorted()]).toEqual([2, ['06.VP', '21.CĐS']]);
});

test('III.4.e Gán một văn bản cho nhiều hồ sơ mà không nhân bản', () => {
  const document = readState(db(), documentAggregate, letter);
  expect(document === null ? [] : dossiersOf(document).toSorted()).toEqual([closed, open].toSorted());
  const hash = document?.file?.hash;
  const blobs = filesIn(working.office.open.folder).filter((path) => path.endsWith(hash ?? 'none'));
  expect(blobs).toHaveLength(1);
});

test('III.4.g Kết xuất văn bản, dữ liệu đặc tả của hồ sơ ra .pdf, .xml theo trình tự thời gian', () => {
  const endings = new Set(filesIn(root).map((path) => path.split('.').at(-1)));
  expect([endings.has('pdf'), endings.has('xml')]).toEqual([true, true]);
  const log = filesIn(root).filter((path) => path.endsWith('.jsonl'));
  const times = log.map((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line) => /"recordedAt":"(?<at>[^"]+)"/u.exec(line)?.groups?.['at'] ?? []),
  );
  expect(times.flat().length).toBeGreaterThan(5);
  for (const told of times) expect(told).toEqual(told.toSorted());
});

test('III.5.a Lưu văn bản và quá trình giải quyết: chỉ đạo, dự thảo, góp ý, phê duyệt', () => {
  const { scope } = working.as('clerk');
  const acts = (id: DocumentId) => documentPage(db(), scope, id).timeline.map(({ type }) => type);
  expect(acts(letter)).toEqual(
    expect.arrayContaining(['directionGiven', 'taskAccepted', 'taskFinished', 'taskApproved']),
  );
  expect(acts(answer)).toEqual(expect.arrayContaining(['draftSubmitted', 'draftSigned', 'documentIssued']));
  // Every version that was submitted is kept as it was.
  expect(outgoingOf(working, answer).versions).toMatchObject([{ n: 1, ended: 'signed' }]);
});

test('III.5.b Tự động thông báo hồ sơ đến hạn nộp lưu trước 30 ngày', () => {
  const officer = working.as('officer');
  const { rows } = waitingFiles(officer, { offset: 0, limit: 50 });
  expect(rows).toMatchObject([{ dossier: { id: closed, handOverBy: addMonths(endedOn, 12) } }]);
});

test('III.5.c Nộp lưu hồ sơ vào Lưu trữ cơ quan, Lưu trữ lịch sử', () => {
  const file = opened('22.CĐS', 'Hồ sơ nộp lưu', {
    startedOn: addMonths(today, -14),
    retention: 'permanent',
  });
  const [officer, archivist] = [working.as('officer'), working.as('archivist')];
  officer.must('dossiers.file', { dossierId: file, documents: [answer] });
  officer.must('dossiers.close', { dossierId: file, endedOn });
  const handOverId = HandOverIdSchema.parse(systemClock.newId());
  officer.must('handOvers.offer', { handOverId, dossiers: [file] });
  archivist.must('handOvers.accept', { handOverId, checked: archiveChecks });
  expect(handOverPage(archivist, handOverId).handOver.state).toBe('accepted');
  const receipt = { to: 'Trung tâm Lưu trữ lịch sử tỉnh An Bình', number: '07/BB-LTLS', on: today };
  archivist.must('handOvers.recordReceipt', { dossiers: [file], receipt });
  expect(dossierOf(file)).toMatchObject({ state: 'transferred', handing: { transferred: receipt } });
});

test('III.5.d Bảo đảm sự toàn vẹn, tin cậy, không thay đổi của văn bản, hồ sơ', async () => {
  const { desk, blobs } = working.office.open;
  const { file } = outgoingOf(working, answer);
  if (file === null) throw new Error('It is sealed');
  const pdf = await blobs.read(file.hash, 0, file.size);
  expect(createHash('sha256').update(pdf).digest('hex')).toBe(file.hash);
  const trust = [
    Buffer.from(readState(db(), agencyAggregate, desk.agencyId)?.rootCertificate ?? '', 'base64'),
  ];
  expect(verifyPdf(pdf, { trust, at: desk.now() }).verdict).toBe('valid');
  const changed = Uint8Array.from(pdf);
  changed[2000] = (changed[2000] ?? 0) ^ 1;
  expect(verifyPdf(changed, { trust, at: desk.now() }).verdict).toBe('invalid');
  expect(walkChain(desk.log.entriesAfter(0, 100_000)).ok).toBe(true);
});

test('III.5.đ Bảo đảm khả năng truy cập và sử dụng hồ sơ theo thời hạn bảo quản', async () => {
  const { scope } = working.as('officer');
  expect(dossierRow(db(), scope, closed)).toMatchObject({ retention: 15, state: 'closed' });
  const { items } = dossierPage(working.as('officer'), closed, null);
  expect(items.map(({ document }) => document?.id)).toEqual([letter, answer]);
  expect(Buffer.from((await answerPdf()).subarray(0, 5)).toString('latin1')).toBe('%PDF-');
});

test('III.5.e Di chuyển hồ sơ, tài liệu, dữ liệu đặc tả và thay đổi định dạng', async () => {
  const to = join(working.folder, 'túi.zip');
  await makePackage(await packageOf(working.as('officer'), { dossierId: closed, kind: 'AIP_hoso' }), {
    to,
    bag: true,
  });
  expect(await validatePackage(to)).toEqual([]);
  // PDF/A-3a is what papers made here are: the form meant for keeping.
  expect(Buffer.from(await answerPdf()).toString('latin1')).toContain('<pdfaid:part>3</pdfaid:part>');
});

test('III.5.g Sao lưu định kỳ, đột xuất và phục hồi dữ liệu', async () => {
  const { desk, folder, blobs, dataKey } = working.office.open;
  const to = join(working.folder, 'sao lưu');
  const parts = { agencyId: desk.agencyId, folder, db: desk.db, blobs, dataKey, to, now: desk.now() };
  const { manifest } = await backup(parts);
  const dataFolder = join(working.folder, 'phục hồi');
  const restored = await restore({ from: to, dataFolder, personId: null, passphrase: 'AnTin@2026' });
  expect(restored.manifest).toEqual(manifest);
  expect(manifest.head.seq).toBe(desk.log.head().seq);
  expect(readingScope(working.as('leader').person).kind).toBe('agency');
});
