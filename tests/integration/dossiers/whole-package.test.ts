import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handOverPage } from '#electron/features/dossiers/hand-over-pages.ts';
import { signMinutes } from '#electron/features/dossiers/minutes.ts';
import { makePackage, packageOf } from '#electron/features/dossiers/public.ts';
import { openLetter, receiveFile } from '#electron/features/intake/public.ts';
import { mustHappen } from '#electron/features/sample/act-as.ts';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import { sealFile, signFile } from '#electron/features/signing/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import { bookFor } from '#shared/documents/public.ts';
import { archiveChecks } from '#shared/dossiers/public.ts';
import {
  DocumentIdSchema,
  HandOverIdSchema,
  addMonths,
  dayOf,
  hashBytes,
  yearOf,
  type DocumentId,
  type DossierId,
} from '#shared/kernel/public.ts';
import { readMail, writeMail } from '#shared/node/mail/public.ts';
import { readPackage, type Package } from '#shared/node/packages/public.ts';
import { VerifyReportSchema } from '#shared/signing/public.ts';
import { someFields } from '../../support/builders.ts';
import { connectedPeer, receiptFrom, sentTo } from '../../support/connected-peer.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';
import { judgesIn } from '../../support/pdf-judges.ts';
import { pem } from '../../support/pem.ts';
import {
  directedTo,
  officePin,
  outgoingOf,
  submittedNotice,
  turnOf,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');
const today = dayOf(systemClock.now());
let working: WorkingOffice;
let folder: string;
let pdfs: readonly Uint8Array[];
let notice: DocumentId;
let file: DossierId;
let minutes: string | undefined;
let root: string;

beforeAll(async () => {
  working = await workingOffice(['minh', 'lan', 'ngoc', 'bich']);
  folder = join(working.folder, 'người ngoài');
  mkdirSync(folder);
  const letters = await lettersByMail();
  notice = await exchangedNotice();
  file = closedFile([...letters, notice]);
  minutes = await handedOver(file);
  const { desk } = working.office.open;
  const authority = readState(desk.db, agencyAggregate, desk.agencyId)?.rootCertificate ?? '';
  writeFileSync(join(folder, 'goc.pem'), pem('CERTIFICATE', Buffer.from(authority, 'base64')));
  await working.office.open.texts.settled();
}, 180_000);
afterAll(() => {
  working.remove();
});

/** Two letters that came in one e-mail, each directed, handled and reported as done. */
async function lettersByMail(): Promise<readonly DocumentId[]> {
  const clerk = working.as('clerk');
  pdfs = await Promise.all(sampleLetters.slice(0, 2).map((one) => letterPdf(one, systemClock.now())));
  const email = writeMail({
    from: { name: 'Sở Nội vụ tỉnh An Bình', address: 'snv@anbinh.example' },
    to: [],
    subject: 'Gửi hai công văn',
    text: 'Kính gửi',
    sentAt: systemClock.now(),
    id: '1',
    attachments: pdfs.map((bytes, n) => ({ name: `cv${n + 1}.pdf`, type: 'application/pdf', bytes })),
  });
  const uploadId = clerk.uploads.begin('thư của sở.eml', email.length);
  clerk.uploads.append(uploadId, 0, email);
  const letters: DocumentId[] = [];
  for (const part of openLetter(clerk, { uploadId, only: null }).files) {
    const documentId = DocumentIdSchema.parse(systemClock.newId());
    const asked = { commandId: working.commandId(), documentId, uploadId: part.uploadId };
    mustHappen((await receiveFile(clerk, asked)).reply);
    const fields = someFields({ number: String(31 + letters.length), issuedOn: today });
    clerk.must('documents.registerIncoming', {
      documentId,
      fields,
      presentTo: working.office.part('leader'),
    });
    const taskId = directedTo(working, documentId, addMonths(today, 1));
    working.as('officer').must('workflow.finishTask', { documentId, taskId, words: 'Đã báo cáo.' });
    working.as('leader').must('workflow.approveTask', { documentId, taskId, words: '' });
    letters.push(documentId);
  }
  return letters;
}

/** A notice that was agreed to with words, signed, sealed, sent over the network and answered. */
async function exchangedNotice(): Promise<DocumentId> {
  const province = connectedPeer(working, 'Ủy ban nhân dân tỉnh An Bình');
  const documentId = await submittedNotice(working, { visas: ['unitHead'] });
  const visa = { documentId, stepId: turnOf(working, documentId) };
  working.as('unitHead').must('workflow.passStep', { ...visa, words: 'Đồng ý, thêm số điện thoại' });
  const asked = () => ({ commandId: working.commandId(), documentId, pin: officePin });
  const stepId = turnOf(working, documentId);
  mustHappen((await signFile(working.as('leader'), { ...asked(), stepId })).reply);
  const clerk = working.as('clerk');
  const { desk } = clerk.open;
  const agency = readState(desk.db, agencyAggregate, desk.agencyId);
  const book = agency === null ? null : bookFor(agency, 'TB');
  clerk.must('documents.number', { documentId, book, issuedOn: today });
  mustHappen((await sealFile(clerk, asked())).reply);
  const recipients = [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' }];
  clerk.must('documents.issue', { documentId, recipients, copies: 1, repliesTo: null });
  const consignment = await sentTo(working, documentId, province);
  receiptFrom(working, consignment, { status: 'arrived' });
  const arrival = { number: 88, year: yearOf(today), day: today };
  receiptFrom(working, consignment, { status: 'accepted', arrival });
  receiptFrom(working, consignment, { status: 'done' });
  return documentId;
}

function closedFile(documents: readonly DocumentId[]): DossierId {
  const officer = working.as('officer');
  const id = dossierId();
  const fields = { ...someDossierFields({ code: '31.VP' }), startedOn: addMonths(today, -14) };
  officer.must('dossiers.open', { dossierId: id, fields, maker: officer.person.id, parent: null });
  working.as('clerk').must('dossiers.file', { dossierId: id, documents });
  officer.must('dossiers.close', { dossierId: id, endedOn: today });
  return id;
}

/** At the archive, with minutes both sides signed; the hash of those. */
async function handedOver(dossier: DossierId): Promise<string | undefined> {
  const handOverId = HandOverIdSchema.parse(systemClock.newId());
  const [officer, archivist] = [working.as('officer'), working.as('archivist')];
  officer.must('handOvers.offer', { handOverId, dossiers: [dossier] });
  archivist.must('handOvers.accept', { handOverId, checked: archiveChecks });
  for (const by of [archivist, officer]) {
    const asked = { commandId: working.commandId(), handOverId, pin: officePin, key: null };
    mustHappen((await signMinutes(by, asked)).reply);
  }
  return handOverPage(officer, handOverId).handOver.minutes?.file.hash;
}

async function read(path: string): Promise<Package> {
  const { package: found, findings, close } = await readPackage(path);
  close();
  expect(findings).toEqual([]);
  if (found === null) throw new Error('It is no package');
  return found;
}

/** What lies in a package, whoever made it when. */
function contentsOf({ documents, others, dossier }: Package) {
  const told = ({
    role,
    name,
    hash,
    size,
  }: Package['others'][number] | Package['documents'][number]['files'][number]) =>
    [role, name, hash, size] as const;
  return {
    dossier,
    documents: documents.map(({ fields, files }) => ({ fields, files: files.map(told) })),
    others: others.map(told),
  };
}

function antin(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, ANTIN_LANG: 'vi' },
  });
  return { status, stdout, stderr };
}

/** The only file of that role, as it lies in the unpacked package. */
function inRole(role: string): readonly string[] {
  const at = join(root, 'documentation', role);
  return readdirSync(at)
    .toSorted()
    .map((name) => join(at, name));
}

function only(role: string): string {
  const [path, ...more] = inRole(role);
  expect(more).toEqual([]);
  return path ?? '';
}

test('only signed pages are read for the reports; how far that is counts, and it stops when nobody waits', async () => {
  const given = await packageOf(working.as('officer'), { dossierId: file, kind: 'SIP_hoso' });
  // The door has seen that the letters carry no signature.
  expect(given.proofs.bytes).toBe(outgoingOf(working, notice).file?.size);
  const told: number[] = [];
  await makePackage(given, {
    to: join(folder, 'theo dõi.zip'),
    bag: false,
    onProgress: ({ bytes, ofBytes }) => told.push(bytes / ofBytes),
  });
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBe(1);
  const stopping = new AbortController();
  const stopped = makePackage(given, {
    to: join(folder, 'dừng.zip'),
    bag: false,
    signal: stopping.signal,
    onProgress: () => {
      stopping.abort();
    },
  });
  await expect(stopped).rejects.toThrow('packages.cancelled');
  await expect(given.proofs.make({ signal: AbortSignal.abort() })).rejects.toThrow('packages.cancelled');
  expect(readdirSync(folder)).not.toContain('dừng.zip');
});

test(
  'the command packs the mail, opinions, receipts, minutes and reports on signatures of a file, and the next package holds the same',
  { timeout: 300_000 },
  async () => {
    const archivist = working.as('archivist');
    const asked = { dossierId: file, kind: 'AIP_hoso' } as const;
    await makePackage(await packageOf(archivist, asked), { to: join(folder, 'lần một.zip'), bag: false });
    working.office.open.close();
    writeFileSync(join(folder, 'mk.txt'), 'AnTin@2026\n');
    const data = ['--data', working.folder, '--passphrase-file', 'mk.txt', '--person', archivist.person.id];
    const exporting = ['archive', 'export', '--dossier', '31.VP', '--kind', 'AIP_hoso', '--to', 'lệnh.zip'];
    const made = antin(...exporting, ...data);
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(antin('archive', 'validate', 'lệnh.zip')).toMatchObject({ status: 0 });

    const first = contentsOf(await read(join(folder, 'lần một.zip')));
    const second = contentsOf(await read(join(folder, 'lệnh.zip')));
    expect(second).toEqual(first);
    const roles = second.others.map(([role]) => role);
    expect(roles.filter((role) => role !== 'draft')).toEqual([
      'list',
      'certificate',
      'certificate',
      'minutes',
      'mail',
      'mail',
      'opinion',
      'receipt',
      'log',
      'proof',
    ]);
    judgesIn(folder).run('unzip', '-q', 'lệnh.zip', '-d', 'mở');
    root = join(folder, 'mở', readdirSync(join(folder, 'mở'))[0] ?? '');
    const mets = readFileSync(join(root, 'METS.xml'), 'utf8');
    for (const role of ['mail', 'opinion', 'receipt', 'minutes', 'proof']) {
      expect(mets).toMatch(new RegExp(`USE="${role}"`, 'u'));
    }
  },
);

test('the e-mail lies in it with each of its papers, the other one taken out, and so do the minutes', () => {
  const mails = inRole('mail').map((path) => readMail(readFileSync(path), path).attachments);
  const told = pdfs.map((pdf) => `sha-256 ${hashBytes(pdf)}, ${pdf.length} bytes`);
  expect(mails.map((files) => files.map(({ bytes }) => Buffer.from(bytes).toString('latin1')))).toEqual([
    [Buffer.from(pdfs[0] ?? []).toString('latin1'), told[1]],
    [told[0], Buffer.from(pdfs[1] ?? []).toString('latin1')],
  ]);
  const mets = readFileSync(join(root, 'METS.xml'), 'utf8');
  for (const docId of ['0000001', '0000002']) expect(mets).toContain(`${docId} thư của sở.eml`);
  expect(hashBytes(readFileSync(only('minutes')))).toBe(minutes);
});

test('opinions, directions and reports are one table; receipts and business states are as the ledger has them', () => {
  const table = readFileSync(only('opinion'), 'utf8');
  expect(table).toMatch(/0000003,[^\n]*,Duyệt,"Đồng ý, thêm số điện thoại"/u);
  expect(table).toMatch(/0000001,[^\n]*Nguyễn Văn Minh,Chỉ đạo,"Nghiên cứu, tham mưu trả lời."/u);
  expect(table).toMatch(/0000002,[^\n]*Bùi Thị Ngọc,Báo cáo kết quả,Đã báo cáo./u);
  const ledger = JSON.parse(readFileSync(only('receipt'), 'utf8')) as unknown;
  expect(ledger).toMatchObject([
    {
      receipts: [{ status: 'arrived' }, { status: 'accepted' }, { status: 'done' }],
      arrival: { number: 88 },
    },
  ]);
});

test('the report on signatures is what antin verify says of the page in the package at that moment', () => {
  const lines = readFileSync(only('proof'), 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  const { file: name, hash, at, ...report } = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  const page = join(root, 'representations/rep1/data/0000003.pdf');
  expect(hash).toBe(hashBytes(readFileSync(page)));
  expect(name).toMatch(/\.pdf$/u);
  const { verdict, signatures } = VerifyReportSchema.parse(report);
  expect([verdict, signatures.map(({ role, verdict: own }) => [role, own])]).toEqual([
    'valid',
    [
      ['leader', 'valid'],
      ['seal', 'valid'],
    ],
  ]);
  for (const { signer, signedAt, timestamp, timestampBy, certificate, level } of signatures) {
    expect([signer, signedAt, certificate?.serial, certificate?.issuer]).not.toContain('');
    expect([timestamp, timestampBy, level]).toEqual([null, null, 'B-B']);
  }
  const docs = readFileSync(join(import.meta.dirname, '../../../docs/audit.md'), 'utf8');
  writeFileSync(join(folder, 'reports.sh'), /```bash\n(# reports\.sh [^]*?)```/u.exec(docs)?.[1] ?? '');
  expect(spawnSync('bash', ['reports.sh', root], { cwd: folder, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stdout: `${String(at)} ${page}\n`,
  });
  const asked = ['verify', page, '--trust', 'goc.pem', '--at', String(at), '--json'];
  const { stdout } = antin(...asked);
  expect(JSON.parse(stdout)).toEqual({ file: page, ...report });
});
