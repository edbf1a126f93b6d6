import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admitAttachment } from '#electron/features/drafting/attachments.ts';
import { fileOf } from '#electron/features/documents/public.ts';
import { sealFile } from '#electron/features/signing/public.ts';
import { readState } from '#electron/store/read-state.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import { attachmentsToSend, type StoredFile } from '#shared/documents/public.ts';
import { AppError, type DocumentId } from '#shared/kernel/public.ts';
import { signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { wordFile } from '../../support/office-parts.ts';
import { signedAt, signingOffice } from '../../support/signing-office.ts';
import {
  numberedNotice,
  officePin,
  outgoingOf,
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

async function annex(words: string, landscape = false): Promise<Uint8Array> {
  const made = await PDFDocument.create();
  made.addPage(landscape ? [842, 595] : [595, 842]).drawText(words, { x: 60, y: 300 });
  return made.save();
}

/** As the office stores a file that is given to it. */
async function store(name: string, bytes: Uint8Array, pages = 1): Promise<StoredFile> {
  const { hash, size } = await working.office.open.blobs.put(bytes);
  return { hash, size, name, pages };
}

async function read({ hash, size }: Pick<StoredFile, 'hash' | 'size'>): Promise<Uint8Array> {
  return working.office.open.blobs.read(hash, 0, size);
}

function seal(documentId: DocumentId) {
  return sealFile(working.as('clerk'), { commandId: working.commandId(), documentId, pin: officePin });
}

function storedFiles(): number {
  return readdirSync(working.folder, { recursive: true }).filter((name) => String(name).includes('blobs'))
    .length;
}

function roots(): readonly Uint8Array[] {
  const { desk } = working.office.open;
  const root = readState(desk.db, agencyAggregate, desk.agencyId)?.rootCertificate ?? '';
  return [Buffer.from(root, 'base64')];
}

test('every PDF that goes beside a document carries the seal of its own, with number and time', async () => {
  const given = await Promise.all([annex('Phu luc mot'), annex('Phu luc hai', true)]);
  const table = await store('so-lieu.xlsx', new TextEncoder().encode('not a PDF'), 0);
  const files = [
    await store('phu-luc-1.pdf', given[0] ?? new Uint8Array()),
    await store('phu-luc-2.PDF', given[1] ?? new Uint8Array()),
    table,
  ];
  const documentId = await numberedNotice(working, { attachments: files });
  expect((await seal(documentId)).reply).toMatchObject({ ok: true });

  const document = outgoingOf(working, documentId);
  expect(document.state).toBe('sealed');
  expect(document.sealedAttachments.map(({ of }) => of)).toEqual(files.slice(0, 2).map(({ hash }) => hash));
  expect(attachmentsToSend(document).map(({ name }) => name)).toEqual(files.map(({ name }) => name));
  expect(attachmentsToSend(document)[2]).toEqual(table);
  for (const [place, { file }] of document.sealedAttachments.entries()) {
    const before = given[place] ?? new Uint8Array();
    const pdf = await read(fileOf(document, file.hash));
    expect(Buffer.from(pdf.subarray(0, before.length)).equals(Buffer.from(before))).toBe(true);
    const { verdict, signatures } = verifyPdf(pdf, {
      trust: roots(),
      at: working.as('clerk').open.desk.now(),
    });
    expect([verdict, signatures.map(({ role, coversWholeFile }) => [role, coversWholeFile])]).toEqual([
      'valid',
      [['seal', true]],
    ]);
    const path = join(working.folder, `sealed-${place}.pdf`);
    writeFileSync(path, pdf);
    const said = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' });
    const number = document.number?.notation ?? '';
    expect(said).toMatch(new RegExp(`${number}; \\d{2}/\\d{2}/\\d{4} \\d{2}:\\d{2}:\\d{2} \\+07:00`, 'u'));
  }
});

const other = signingOffice();
const unfit = [
  { what: 'a file behind a password', code: 'documents.attachment-encrypted', make: encrypted },
  { what: 'a file that an earlier signature closed', code: 'documents.attachment-closed', make: closed },
  { what: 'a file that is broken', code: 'documents.attachment-unreadable', make: broken },
];

test.each(unfit)('$what stops the whole act with its name, and nothing is kept', async ({ code, make }) => {
  const good = await store('tot.pdf', await annex('Tot'));
  const bad = await store('xau.pdf', await make());
  const documentId = await numberedNotice(working, { attachments: [good, bad] });
  const before = storedFiles();
  const refused = await seal(documentId).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AppError);
  expect(refused).toMatchObject({ code, params: { name: 'xau.pdf' } });
  expect(outgoingOf(working, documentId).state).toBe('numbered');
  expect(storedFiles()).toBe(before);
});

test.each(unfit.slice(1, 2))('$what is turned away when the drafter attaches it', async ({ code, make }) => {
  const officer = working.as('officer');
  const bytes = await make();
  const uploadId = officer.uploads.begin('xau.pdf', bytes.length);
  officer.uploads.append(uploadId, 0, bytes);
  const refused = await admitAttachment(officer, uploadId).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code, params: { name: 'xau.pdf' } });
});

test('an office file with a secrecy mark is turned away as a PDF with one is, and nothing of it is kept', async () => {
  const officer = working.as('officer');
  const bytes = wordFile('TỐI MẬT');
  const uploadId = officer.uploads.begin('phụ lục.docx', bytes.length);
  officer.uploads.append(uploadId, 0, bytes);
  const before = storedFiles();
  const refused = await admitAttachment(officer, uploadId).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: 'documents.secret',
    params: { name: 'phụ lục.docx', mark: 'TỐI MẬT' },
  });
  expect(storedFiles()).toBe(before);
});

async function encrypted(): Promise<Uint8Array> {
  const [plain, locked] = [join(working.folder, 'plain.pdf'), join(working.folder, 'locked.pdf')];
  writeFileSync(plain, await annex('Mat khau'));
  execFileSync('qpdf', ['--encrypt', 'doc', 'chu', '256', '--', plain, locked]);
  return execFileSync('cat', [locked]);
}

async function closed(): Promise<Uint8Array> {
  return signField({
    pdf: fieldedPdf(),
    field: 'seal',
    key: other.seal.key,
    signedAt,
    signerName: 'Con dấu',
  });
}

async function broken(): Promise<Uint8Array> {
  const pdf = Buffer.from(await annex('Hong'));
  pdf.write('startxref\n999999\n', pdf.lastIndexOf('startxref'));
  return pdf;
}
