import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePackage, packageOf } from '#electron/features/dossiers/public.ts';
import { packageForWindow } from '#electron/features/dossiers/export-package.ts';
import { receiveFile } from '#electron/features/intake/public.ts';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import { sealFile } from '#electron/features/signing/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import type { PackageStep } from '#shared/dossiers/public.ts';
import {
  DocumentIdSchema,
  TaskIdSchema,
  dayOf,
  yearOf,
  type DocumentId,
  type DossierId,
} from '#shared/kernel/public.ts';
import { readPackage, validatePackage } from '#shared/node/packages/public.ts';
import { auditLine } from '#shared/node/sequencer/public.ts';
import { someFields } from '../../support/builders.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';
import { judgedBySchemas } from '../../support/packages/schemas.ts';
import { judgesIn } from '../../support/pdf-judges.ts';
import { pem } from '../../support/pem.ts';
import {
  numberedNotice,
  officePin,
  outgoingOf,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

let working: WorkingOffice;
let letter: DocumentId;
let notice: DocumentId;
let closed: DossierId;
let folder: string;
const annex = Buffer.from('Số thứ tự;Họ tên\n1;Bùi Thị Ngọc\n');
const today = dayOf(systemClock.now());
const code = `H99.14.${yearOf(today)}.05.VP`;

beforeAll(async () => {
  working = await workingOffice(['lan', 'minh']);
  folder = join(working.folder, 'người ngoài');
  mkdirSync(folder);
  letter = await handledLetter();
  const { blobs } = working.office.open;
  const stored = { ...(await blobs.put(annex)), name: 'Danh sách trực.csv', pages: 0 };
  notice = await numberedNotice(working, { attachments: [stored] });
  await sealFile(working.as('clerk'), { commandId: working.commandId(), documentId: notice, pin: officePin });
  const recipients = [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' }];
  working.as('clerk').must('documents.issue', { documentId: notice, recipients, copies: 1, repliesTo: null });
  closed = opened('05.VP');
  working.as('clerk').must('dossiers.file', { dossierId: closed, documents: [letter, notice] });
  working.as('officer').must('dossiers.close', { dossierId: closed, endedOn: today });
  await working.office.open.texts.settled();
}, 120_000);
afterAll(() => {
  working.remove();
});

function opened(symbol: string, by: 'officer' | 'secondOfficer' = 'officer'): DossierId {
  const officer = working.as(by);
  const id = dossierId();
  const fields = {
    ...someDossierFields({ code: symbol, retention: 15 }),
    startedOn: `${yearOf(today)}-01-05`,
  };
  officer.must('dossiers.open', { dossierId: id, fields, maker: officer.person.id, parent: null });
  return id;
}

/** A letter that came, was directed, handled and reported as done. */
async function handledLetter(): Promise<DocumentId> {
  const [sample] = sampleLetters;
  if (sample === undefined) throw new Error('No letters');
  const clerk = working.as('clerk');
  const pdf = await letterPdf(sample, systemClock.now());
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const uploadId = clerk.uploads.begin('Công văn đến.pdf', pdf.length);
  clerk.uploads.append(uploadId, 0, pdf);
  await receiveFile(clerk, { commandId: working.commandId(), documentId, uploadId });
  const fields = { ...someFields({ number: '1234567890123', issuedOn: null }), kind: 'Công văn' };
  clerk.must('documents.registerIncoming', { documentId, fields, presentTo: working.office.part('leader') });
  const taskId = TaskIdSchema.parse(systemClock.newId());
  const to = { kind: 'person', id: working.office.part('officer') };
  const assignments = [{ task: taskId, role: 'lead', to, dueOn: null }];
  const words = 'Chủ trì, báo cáo trước ngày 15.';
  working.as('leader').must('workflow.direct', { documentId, words, assignments, inform: [] });
  working.as('officer').must('workflow.acceptTask', { documentId, taskId });
  working.as('officer').must('workflow.finishTask', { documentId, taskId, words: 'Đã báo cáo.' });
  working.as('leader').must('workflow.approveTask', { documentId, taskId, words: '' });
  return documentId;
}

async function made(name: string, kind: 'SIP_hoso' | 'AIP_hoso' | 'DIP', bag = false): Promise<string> {
  const to = join(folder, name);
  await makePackage(await packageOf(working.as('officer'), { dossierId: closed, kind }), { to, bag });
  return to;
}

async function unzipped(name: string): Promise<string> {
  const zip = await made(`${name}.zip`, 'SIP_hoso');
  judgesIn(folder).run('unzip', '-q', zip, '-d', name);
  return join(folder, name, readdirSync(join(folder, name))[0] ?? '');
}

function lines(path: string): readonly string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

test('a closed file is a package that the schemas, the checker and the log hold to', async () => {
  const root = await unzipped('gói');
  expect(judgedBySchemas(folder, root).toSorted()).toEqual([
    'EAD_doc.xsd',
    'EAD_doc.xsd',
    'ead.xsd',
    'mets.xsd',
    'mets.xsd',
  ]);
  const { package: read, findings, close } = await readPackage(join(folder, 'gói.zip'));
  close();
  expect(findings).toEqual([]);
  expect(read).toMatchObject({
    kind: 'SIP_hoso',
    agency: { code: 'H99.14', fonds: 'H99-14' },
    dossier: {
      arcFileCode: code,
      maintenance: '07',
      description: 'Thời hạn bảo quản: 15 năm',
      mode: '01',
      endDate: today,
      totalDoc: 2,
      confidenceLevel: '01',
    },
  });
  const arrival = readState(working.office.open.desk.db, documentAggregate, letter);
  if (arrival?.direction !== 'incoming' || arrival.arrival === null) throw new Error('It is registered');
  const [first, second] = read?.documents ?? [];
  expect(first?.fields).toMatchObject({
    docCode: `${code}.0000001`,
    typeName: '22',
    // Longer than the circular has room for: it stands whole in the description.
    codeNumber: null,
    issuedDate: arrival.arrival.day,
    autograph: 'Nguyễn Văn Minh: Chủ trì, báo cáo trước ngày 15.',
  });
  expect(first?.fields.description).toContain('Số, ký hiệu: 1234567890123/');
  const { number } = outgoingOf(working, notice);
  expect(second?.fields).toMatchObject({
    docCode: `${code}.0000002`,
    docOrdinal: 2,
    typeName: '07',
    codeNumber: '01',
    codeNotation: 'TB-SKHCN',
    issuedDate: number?.issuedOn,
    organName: 'Sở Khoa học và Công nghệ tỉnh An Bình',
    subject: 'Phân công trực cuối năm',
  });
});

test('originals lie in it bit by bit, with their words and attachments, and the acts as the log’s own lines', async () => {
  const root = await unzipped('bản gốc');
  const data = join(root, 'representations/rep1/data');
  const whole = working.office.open.desk.log.entriesAfter(0, 10_000).map(auditLine);
  const { file } = outgoingOf(working, notice);
  const bytes = readFileSync(join(data, '0000002.pdf'));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file?.hash);
  expect(readFileSync(join(data, '0000002~attachment1.csv'))).toEqual(annex);
  expect(readFileSync(join(data, '0000001~text1.txt'), 'utf8')).toContain(
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  );
  const story = lines(join(data, '0000002~evidence1.jsonl'));
  expect(story.filter((line) => !whole.includes(line))).toEqual([]);
  expect(
    story.map((line) => JSON.parse(line) as { entry: { command: { name: string } } }).at(-1)?.entry.command
      .name,
  ).toBe('dossiers.file');
  expect(story.some((line) => line.includes('"documentSealed"'))).toBe(true);
  const ofFile = lines(
    join(root, 'documentation/log', readdirSync(join(root, 'documentation/log'))[0] ?? ''),
  );
  expect(ofFile.filter((line) => !whole.includes(line))).toEqual([]);
  expect(
    ofFile.map((line) => (JSON.parse(line) as { entry: { command: { name: string } } }).entry.command.name),
  ).toEqual(['dossiers.open', 'dossiers.file', 'dossiers.close']);
  expect(readdirSync(join(root, 'documentation/draft')).length).toBeGreaterThan(0);
  expect(readdirSync(join(root, 'documentation/list'))).toHaveLength(1);
});

test('the certificate of closing says who, when, what was said, and the hash that sha256sum gives for the list beside it', async () => {
  const root = await unzipped('chứng từ');
  const at = join(root, 'documentation/certificate');
  const [page = '', list = ''] = ['.pdf', '.txt'].map(
    (ending) => readdirSync(at).find((name) => name.endsWith(ending)) ?? '',
  );
  const { run } = judgesIn(folder);
  const said = run('pdftotext', '-layout', join(at, page), '-').replaceAll(/\s+/gu, ' ');
  expect(said).toContain('Bùi Thị Ngọc');
  expect(said).toMatch(/Lúc kết thúc \d\d:\d\d \d\d\/\d\d\/\d{4}/u);
  expect(said).toContain('Số văn bản 2');
  expect(said).toContain('Văn bản thiếu số hoặc ngày trong sổ: số thứ tự 1.');
  const [hash = ''] = run('sha256sum', join(at, list)).split(' ');
  expect(said.replaceAll(' ', '')).toContain(hash);
  const data = join(root, 'representations/rep1/data');
  const originals = ['0000001.pdf', '0000002.pdf'].map((name) =>
    run('sha256sum', join(data, name)).slice(0, 64),
  );
  expect(lines(join(at, list))).toEqual(originals.map((one, place) => `${one}  ${place + 1}`));
});

/** A script as it stands in the docs, put where an outsider runs it. */
function keepRecipe(name: string): void {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/audit.md'), 'utf8');
  const scripts = [...page.matchAll(/```bash\n([^]*?)```/gu)].map(([, script = '']) => script);
  writeFileSync(join(folder, name), scripts.find((script) => script.startsWith(`# ${name}`)) ?? '');
}

test('sha256sum alone checks the certificate as docs/audit.md says, and tells a paper or a list that was changed', async () => {
  const root = await unzipped('đối chiếu');
  keepRecipe('closing.sh');
  const closing = () => {
    const { status, stdout } = spawnSync('bash', ['closing.sh', root], { cwd: folder, encoding: 'utf8' });
    return { status, said: stdout.trim() };
  };
  const at = join(root, 'documentation/certificate');
  const list = join(at, readdirSync(at).find((name) => name.endsWith('.txt')) ?? '');
  const hash = createHash('sha256').update(readFileSync(list)).digest('hex');
  expect(closing()).toEqual({ status: 0, said: `${hash}: 2 văn bản` });
  const paper = join(root, 'representations/rep1/data/0000002.pdf');
  const bytes = readFileSync(paper);
  writeFileSync(paper, Buffer.concat([bytes, Buffer.from('x')]));
  expect(closing()).toEqual({ status: 1, said: 'văn bản số 2 sai hoặc thiếu' });
  writeFileSync(paper, bytes);
  writeFileSync(list, lines(list).toReversed().join('\n'));
  expect(closing()).toMatchObject({
    status: 1,
    said: expect.stringContaining('nhật ký không ghi') as string,
  });
});

test('openssl alone checks a signature as docs/audit.md says, on the page as it lies in the package', async () => {
  const data = join(await unzipped('chữ ký'), 'representations/rep1/data');
  const { run } = judgesIn(folder);
  keepRecipe('signatures.sh');
  const { desk } = working.office.open;
  const authority = readState(desk.db, agencyAggregate, desk.agencyId)?.rootCertificate ?? '';
  writeFileSync(join(folder, 'goc.pem'), pem('CERTIFICATE', Buffer.from(authority, 'base64')));
  expect(run('bash', 'signatures.sh', join(data, '0000002.pdf'), 'goc.pem')).toBe(
    'chữ ký đúng\nchữ ký đúng\n',
  );
});

test('the other kinds and a bag are sound as well; an AIP has the fonds’ code before the file’s', async () => {
  const aip = await made('lưu.zip', 'AIP_hoso', true);
  expect(await validatePackage(aip)).toEqual([]);
  const { package: read, close } = await readPackage(aip);
  close();
  expect(read).toMatchObject({ kind: 'AIP_hoso', dossier: { arcFileCode: `H99-14.${code}` } });
  expect(read?.events).toMatchObject([{ type: 'information package creation' }]);
  expect(await validatePackage(await made('dùng.zip', 'DIP'))).toEqual([]);
});

test('a file that is open, not theirs, or holds what they may not read is refused with its sentence; a name is never taken twice', async () => {
  const open = opened('06.VP');
  const asking = (who: Parameters<WorkingOffice['as']>[0], id = closed) =>
    packageOf(working.as(who), { dossierId: id, kind: 'SIP_hoso' });
  await expect(asking('officer', open)).rejects.toThrow('dossiers.is-open');
  await expect(asking('leader')).rejects.toThrow('dossiers.only-keeper');
  await expect(asking('secondOfficer')).rejects.toThrow('dossiers.unknown');
  await expect(asking('administrator')).rejects.toThrow('dossiers.unknown');
  const theirs = opened('07.VP', 'secondOfficer');
  working.as('clerk').must('dossiers.file', { dossierId: theirs, documents: [letter] });
  working.as('clerk').must('dossiers.close', { dossierId: theirs, endedOn: today });
  await expect(asking('secondOfficer', theirs)).rejects.toMatchObject({
    code: 'dossiers.paper-hidden',
    params: { n: 1, code: '07.VP' },
  });
  working.as('clerk').must('dossiers.reopen', { dossierId: theirs, reason: 'Giao lại' });
  const to = working.office.part('secondOfficer');
  working.as('clerk').must('dossiers.passOn', { dossierId: theirs, to, reason: 'Giao lại' });
  working.as('clerk').must('dossiers.close', { dossierId: theirs, endedOn: today });
  expect((await asking('secondOfficer', theirs)).documents).toHaveLength(1);
  const given = await asking('clerk');
  const there = join(folder, 'đã có.zip');
  writeFileSync(there, 'của người khác');
  await expect(makePackage(given, { to: there, bag: false })).rejects.toThrow('packages.exists');
  expect(readFileSync(there, 'utf8')).toBe('của người khác');
});

test('a page that is damaged in the store stops the package, and nothing is left behind', async () => {
  const { blobs } = working.office.open;
  const { file } = outgoingOf(working, notice);
  const path = blobs.pathOf(file?.hash ?? readHash());
  const sealed = readFileSync(path);
  const flipped = Buffer.from(sealed);
  flipped[sealed.length - 40] = (flipped[sealed.length - 40] ?? 0) ^ 1;
  writeFileSync(path, flipped);
  const given = await packageOf(working.as('clerk'), { dossierId: closed, kind: 'SIP_hoso' });
  const before = readdirSync(folder);
  await expect(makePackage(given, { to: join(folder, 'hỏng.zip'), bag: false })).rejects.toThrow(
    'store.blob-damaged',
  );
  expect(readdirSync(folder)).toEqual(before);
  writeFileSync(path, sealed);
});

test('a window reads what was made in ranges, and it goes with the session', async () => {
  const clerk = working.as('clerk');
  const given = await packageOf(clerk, { dossierId: closed, kind: 'SIP_hoso' });
  const steps: PackageStep[] = [];
  for await (const step of packageForWindow(clerk, given, { bag: false, signal: undefined })) {
    steps.push(step);
  }
  const last = steps.at(-1);
  if (last?.is !== 'made') throw new Error('Nothing was made');
  expect(last.made.name).toBe(`${code} SIP_hoso.zip`);
  const { size, exportId } = last.made;
  const pieces = [clerk.exports.read(exportId, 0, 1000), clerk.exports.read(exportId, 1000, size)];
  const copy = join(folder, 'từ cửa sổ.zip');
  writeFileSync(copy, Buffer.concat(pieces.map(({ bytes }) => bytes)));
  expect(await validatePackage(copy)).toEqual([]);
  const place = join(clerk.open.folder, 'made');
  expect(readdirSync(place)).toHaveLength(1);
  clerk.exports.clear();
  expect(readdirSync(place)).toEqual([]);
  expect(() => clerk.exports.read(exportId, 0, 1)).toThrow('documents.export-gone');
  const stopped = AbortSignal.abort();
  const none = packageForWindow(clerk, given, { bag: false, signal: stopped });
  await expect(none.next()).rejects.toThrow('packages.cancelled');
  expect(readdirSync(place)).toEqual([]);
});

test(
  'the command makes the same, for whom it sits down as, and the other command finds nothing in it',
  { timeout: 60_000 },
  async () => {
    const { open } = working.office;
    const id = working.office.part('clerk');
    open.close();
    const word = join(folder, 'mk.txt');
    writeFileSync(word, 'AnTin@2026\n');
    const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');
    const antin = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'archive', ...args], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 60_000,
        env: { ...process.env, ANTIN_LANG: 'vi' },
      });
      return { status, stdout, stderr };
    };
    const data = ['--data', working.folder, '--passphrase-file', word];
    const asked = [...data, '--dossier', '05.VP', '--person', id, '--to'];
    expect(antin('export', ...asked, 'lệnh.zip')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(`^lệnh.zip: gói SIP_hoso của hồ sơ ${code}, 2 tài liệu, `) as string,
    });
    expect(antin('validate', 'lệnh.zip')).toMatchObject({ status: 0 });
    const told = antin('export', ...asked, 'túi.zip', '--kind', 'AIP_hoso', '--bagit', '--json');
    expect(JSON.parse(told.stdout)).toMatchObject({
      kind: 'AIP_hoso',
      documents: 2,
      bytes: statSync(join(folder, 'túi.zip')).size,
    });
    expect(await validatePackage(join(folder, 'túi.zip'))).toEqual([]);
    expect(antin('export', ...data, '--dossier', '06.VP', '--person', id, '--to', 'mở.zip')).toMatchObject({
      status: 1,
      stderr: 'Hồ sơ 06.VP đang mở. Hãy kết thúc hồ sơ trước.\n',
    });
    expect(antin('export', ...asked, 'lạ.zip', '--kind', 'SIP_tailieu').status).toBe(64);
  },
);

function readHash(): never {
  throw new Error('It is sealed');
}
