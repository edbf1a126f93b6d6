import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeReport, sealReport } from '#electron/features/signing/signature-report.ts';
import { sealFile } from '#electron/features/signing/public.ts';
import { readState } from '#electron/store/read-state.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import type { Export, StoredFile } from '#shared/documents/public.ts';
import { maxBlobBytes, type DocumentId, type Hash } from '#shared/kernel/public.ts';
import { issueCertificate, openPkcs12, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { judgesIn } from '../../support/pdf-judges.ts';
import { signedAt, signingOffice, validFrom } from '../../support/signing-office.ts';
import { refusalOf } from '../../support/store.ts';
import {
  numberedNotice,
  officePin,
  outgoingOf,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

let working: WorkingOffice;
let folder = '';
let documentId: DocumentId;
let sealedNotice: DocumentId;
let page: StoredFile;
let given: Readonly<Record<'tampered' | 'foreign' | 'unreadable', StoredFile>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'antin báo cáo '));
  working = await workingOffice();
  given = await strangeFiles();
  documentId = await numberedNotice(working, { attachments: Object.values(given) });
  sealedNotice = await numberedNotice(working);
  const commandId = working.commandId();
  await sealFile(working.as('clerk'), { commandId, documentId: sealedNotice, pin: officePin });
  const { file } = outgoingOf(working, sealedNotice);
  if (file === null) throw new Error('Nothing was sealed');
  page = file;
}, 120_000);
afterAll(() => {
  working.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** What others may send: a page that was changed after it was signed, one whose signer nobody knows, and no PDF at all. */
async function strangeFiles() {
  const { ca } = signingOffice();
  const one = issueCertificate({
    ca,
    organisation: 'Công ty 文',
    validFrom,
    years: 3,
    commonName: `Lý Văn 文 \u202Eaiổi`,
    role: 'person',
  });
  const signed = await signField({
    pdf: fieldedPdf({ says: 'Ho so' }),
    field: 'leader',
    key: openPkcs12(one.p12('123456'), '123456'),
    signedAt,
    signerName: 'Lý Văn',
  });
  const tampered = Buffer.from(signed);
  tampered.write('9', tampered.indexOf('/MediaBox [') + '/MediaBox ['.length, 'latin1');
  return {
    tampered: await store('bi-sua.pdf', tampered),
    foreign: await store('noi-khac.pdf', signed),
    unreadable: await store('hong.pdf', new TextEncoder().encode('not a PDF')),
  };
}

async function store(name: string, bytes: Uint8Array): Promise<StoredFile> {
  const { hash, size } = await working.office.open.blobs.put(bytes);
  return { hash, size, name, pages: 1 };
}

type Made = Readonly<{ name: string; path: string; pdf: Uint8Array; text: string }>;

async function made(who: ReturnType<WorkingOffice['as']>, report: Promise<Export>): Promise<Made> {
  const { exportId, name } = await report;
  const pdf = who.exports.read(exportId, 0, maxBlobBytes).bytes;
  const path = join(folder, 'report.pdf');
  writeFileSync(path, pdf);
  // Without line breaks, so that a sentence is one wherever it was broken.
  const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).replaceAll(/\s+/gu, ' ');
  return { name, path, pdf, text };
}

async function unsealed(of: DocumentId, hash: Hash): Promise<Made> {
  const officer = working.as('clerk');
  return made(officer, makeReport(officer, { documentId: of, hash }));
}

async function sealed(pin = officePin): Promise<Made> {
  const clerk = working.as('clerk');
  return made(clerk, sealReport(clerk, { documentId: sealedNotice, hash: page.hash, pin, key: null }));
}

function ownRoot(): Buffer {
  const { desk } = working.office.open;
  return Buffer.from(readState(desk.db, agencyAggregate, desk.agencyId)?.rootCertificate ?? '', 'base64');
}

describe('a report under the seal', () => {
  test('says who signed, what came after, of which file, by whose trust, and what was not asked', async () => {
    const { text, name } = await sealed();
    const { desk } = working.office.open;
    const agency = readState(desk.db, agencyAggregate, desk.agencyId)?.name ?? '';
    expect(name).toBe(`Báo cáo kiểm tra chữ ký – ${page.name}`);
    for (const said of [
      agency.toLocaleUpperCase('vi'),
      'Mọi chữ ký đều hợp lệ',
      page.name,
      page.hash,
      `Nguyễn Văn Minh ký, cho ${agency}`,
      `Con dấu: ${agency}`,
      /Sau đó: điền số 02; ghi ngày .*; đóng dấu/u,
      'TOTAL-PASSED',
      /byte đầu của tệp, đến hết lần lưu thứ \d/u,
      `cả tệp, ${page.size.toLocaleString('vi-VN')} byte`,
      'Không hỏi nơi nào qua mạng',
      /SHA-256 [0-9a-f]{64}/u,
    ]) {
      expect(text).toMatch(said);
    }
    expect(text).not.toMatch(/chưa đóng dấu/iu);
  });

  test('is valid for its root to us and to others, and still says that it is PDF/A-3a', async () => {
    const { pdf, path } = await sealed();
    const { verdict, signatures } = verifyPdf(pdf, {
      trust: [ownRoot()],
      at: working.office.open.desk.now(),
    });
    expect(verdict).toBe('valid');
    expect(signatures.map(({ field, role, coversWholeFile }) => [field, role, coversWholeFile])).toEqual([
      ['seal', 'seal', true],
    ]);
    const judges = judgesIn(folder);
    judges.trust(ownRoot());
    expect(judges.pdfsig('report.pdf')).toEqual({ valid: 1, trusted: 1 });
    expect(judges.qpdf('report.pdf')).toContain('No syntax or stream encoding errors');
    const metadata = judges.run('pdfinfo', '-meta', 'report.pdf');
    expect(metadata).toMatch(/<pdfaid:part>3<\/pdfaid:part>/u);
    expect(metadata).toMatch(/<pdfaid:conformance>A<\/pdfaid:conformance>/u);
    writeFileSync(join(folder, 'goc.der'), ownRoot());
    const antin = resolve(import.meta.dirname, '../../../cli/antin.mjs');
    const { status } = spawnSync(process.execPath, [
      antin,
      'verify',
      path,
      '--trust',
      join(folder, 'goc.der'),
    ]);
    expect(status).toBe(0);
  });

  test('is not made with a wrong PIN, nor of a file that the document does not have', async () => {
    expect(await refusalOf(() => sealed('000000'))).toBe('signing.wrong-pin');
    expect(await refusalOf(() => unsealed(documentId, page.hash))).toBe('documents.unknown-file');
  });
});

describe('a report without a seal', () => {
  test('says on its page that it has none, and holds no field for one', async () => {
    const { text, pdf } = await unsealed(sealedNotice, page.hash);
    expect(text).toContain('CHƯA ĐÓNG DẤU');
    expect(verifyPdf(pdf, { trust: [], at: signedAt }).verdict).toBe('unsigned');
    expect(Buffer.from(pdf).includes('/AcroForm')).toBe(false);
  });

  test('says which file was changed after it was signed, and how that is known', async () => {
    const { text } = await unsealed(documentId, given.tampered.hash);
    expect(text).toContain('Có chữ ký không hợp lệ');
    expect(text).toMatch(/Nội dung đã ký bị thay đổi\. \(digest-mismatch\)/u);
    expect(text).toContain('TOTAL-FAILED / HASH_FAILURE');
    expect(text).not.toContain('Mọi chữ ký đều hợp lệ');
  });

  test('doubts a signer whom nobody here trusts, and lets no strange name stop or turn its words', async () => {
    const { text } = await unsealed(documentId, given.foreign.hash);
    expect(text).toContain('Chưa xác định được hết');
    expect(text).toContain('no-path-to-trust');
    expect(text).toContain('Lý Văn □ aiổi');
    expect(text).not.toContain('\u202E');
  });

  test('says of what is no PDF that nothing can be said', async () => {
    const { text } = await unsealed(documentId, given.unreadable.hash);
    expect(text).toContain('Chưa xác định được hết');
    expect(text).toContain('(pdf-unreadable)');
    expect(text).toContain('Không đọc được chữ ký nào trong tệp');
  });
});
