import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument, rgb } from 'pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentPage } from '#electron/features/documents/pages.ts';
import { exportRegister } from '#electron/features/documents/register-files.ts';
import { registerRows } from '#electron/features/documents/registers.ts';
import { fileOf } from '#electron/features/documents/public.ts';
import { receiveFile } from '#electron/features/intake/public.ts';
import { mustHappen } from '#electron/features/sample/act-as.ts';
import { copyFile, printCopy, sealFile } from '#electron/features/signing/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import {
  copiesBook,
  documentAggregate,
  type CopyForm,
  type Medium,
  type OfficialDocument,
} from '#shared/documents/public.ts';
import { AppError, DocumentIdSchema, dayOf, yearOf, type DocumentId } from '#shared/kernel/public.ts';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { someFields } from '../../support/builders.ts';
import {
  issuedNotice,
  numberedNotice,
  officePin,
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

/** What a scanner gives: pictures of pages, and no signature. */
async function scanned(pages: number): Promise<Uint8Array> {
  const made = await PDFDocument.create();
  for (let page = 1; page <= pages; page++) {
    const sheet = made.addPage([595, 842]);
    sheet.drawRectangle({ x: 60, y: 100, width: 470, height: 640, color: rgb(0.93, 0.93, 0.9) });
    sheet.drawText(`TO SO ${page}`, { x: 80, y: 600 });
  }
  return made.save();
}

async function registered(bytes: Uint8Array): Promise<DocumentId> {
  const clerk = working.as('clerk');
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const uploadId = clerk.uploads.begin('ban-quet.pdf', bytes.length);
  clerk.uploads.append(uploadId, 0, bytes);
  mustHappen((await receiveFile(clerk, { commandId: working.commandId(), documentId, uploadId })).reply);
  const presentTo = working.office.part('leader');
  clerk.must('documents.registerIncoming', { documentId, fields: someFields({ issuedOn: null }), presentTo });
  return documentId;
}

type Copying = Readonly<{ pages?: number[]; target?: Medium }>;

async function copied(documentId: DocumentId, form: CopyForm, more: Copying = {}) {
  const { pages = null, target = 'electronic' } = more;
  const recipients = [{ name: 'Phòng Văn hóa – Xã hội xã Tân An', kind: 'agency' as const }];
  const decidedBy = working.office.part('leader');
  const pin = target === 'paper' ? null : officePin;
  const asked = { form, target, pages, recipients, decidedBy, purpose: 'Phối hợp thực hiện', pin };
  return copyFile(working.as('clerk'), { ...asked, commandId: working.commandId(), documentId });
}

function documentOf(id: DocumentId): OfficialDocument {
  const document = readState(working.office.open.desk.db, documentAggregate, id);
  if (document === null) throw new Error('It is gone');
  return document;
}

async function bytesOf(document: OfficialDocument, hash: string): Promise<Uint8Array> {
  const file = fileOf(document, hash);
  return working.office.open.blobs.read(file.hash, 0, file.size);
}

function judged(pdf: Uint8Array): readonly unknown[] {
  const { desk } = working.office.open;
  const root = readState(desk.db, agencyAggregate, desk.agencyId)?.rootCertificate ?? '';
  const { verdict, signatures } = verifyPdf(pdf, { trust: [Buffer.from(root, 'base64')], at: desk.now() });
  return [verdict, ...signatures.map(({ role, coversWholeFile }) => `${role} ${coversWholeFile}`)];
}

function judge(pdf: Uint8Array, program: string, ...args: readonly string[]): string {
  const path = join(working.folder, 'judged.pdf');
  writeFileSync(path, pdf);
  return execFileSync(program, [...args, path, ...(program === 'pdftotext' ? ['-'] : [])], {
    encoding: 'utf8',
  });
}

const mark = (form: string) =>
  new RegExp(
    `${form}; Sở Khoa học và Công nghệ tỉnh An Bình; \\d{2}/\\d{2}/\\d{4} \\d{2}:\\d{2}:\\d{2} \\+07:00`,
    'u',
  );

test('digitised paper is copied whole: its bytes first, then the mark and the signature of the agency', async () => {
  const before = await scanned(2);
  const documentId = await registered(before);
  expect((await copied(documentId, 'sao-y')).reply.ok).toBe(true);
  expect((await copied(documentId, 'sao-luc')).reply.ok).toBe(true);
  const document = documentOf(documentId);
  expect(document.state).toBe('registered');
  expect(document.certifiedCopies.map(({ notation, pages, source }) => [notation, pages, source])).toEqual([
    ['01/SY-SKHCN', null, document.file?.hash],
    ['02/SL-SKHCN', null, document.file?.hash],
  ]);
  for (const [place, words] of ['Sao y', 'Sao lục'].entries()) {
    const pdf = await bytesOf(document, document.certifiedCopies[place]?.file.hash ?? '');
    expect(Buffer.from(pdf.subarray(0, before.length)).equals(Buffer.from(before))).toBe(true);
    expect(judged(pdf)).toEqual(['valid', 'copy true']);
    expect(judge(pdf, 'pdftotext').replaceAll('\n', ' ')).toMatch(
      mark(`${words} \\(chuyển từ văn bản giấy\\)`),
    );
    expect(judge(pdf, 'qpdf', '--check')).toContain('No syntax or stream encoding errors');
    expect(judge(pdf, 'pdfsig', '-nocert')).toContain('Signature is Valid');
    // What it was made from stands inside the signature.
    expect(Buffer.from(pdf).toString('latin1')).toContain(
      Buffer.from(`SHA-256 ${document.file?.hash}`).toString('hex'),
    );
  }
});

test('an electronic document is extracted and not copied whole; the extract carries one signature, its own', async () => {
  const documentId = await numberedNotice(working);
  await expect(copied(documentId, 'trich-sao', { pages: [1] })).rejects.toMatchObject({
    code: 'documents.not-in-state',
  });
  const sealed = await sealFile(working.as('clerk'), {
    commandId: working.commandId(),
    documentId,
    pin: officePin,
  });
  mustHappen(sealed.reply);
  await expect(copied(documentId, 'sao-y')).rejects.toMatchObject({ code: 'documents.copy-of-electronic' });
  await expect(copied(documentId, 'trich-sao', { pages: [1] })).rejects.toMatchObject({
    code: 'documents.extract-of-everything',
  });

  const long = await numberedNotice(working, { paragraphs: 60 });
  mustHappen(
    (
      await sealFile(working.as('clerk'), {
        commandId: working.commandId(),
        documentId: long,
        pin: officePin,
      })
    ).reply,
  );
  mustHappen((await copied(long, 'trich-sao', { pages: [1] })).reply);
  const [copy] = documentOf(long).certifiedCopies;
  expect(copy).toMatchObject({ notation: '03/TrS-SKHCN', pages: [1], file: { pages: 1 } });
  const pdf = await bytesOf(documentOf(long), copy?.file.hash ?? '');
  expect(judged(pdf)).toEqual(['valid', 'copy true']);
  expect(judge(pdf, 'qpdf', '--check')).toContain('No syntax or stream encoding errors');
  // Number and day were written in fields; they are part of the page now.
  const said = judge(pdf, 'pdftotext').replaceAll('\n', ' ');
  expect(said).toMatch(/\d\d\/TB-SKHCN/u);
  expect(said).toMatch(/ngày \d\d tháng \d\d năm \d{4}/u);
  expect([said.includes('ca thứ 3.'), said.includes('ca thứ 59.')]).toEqual([true, false]);
  expect(said).toMatch(mark('Trích sao'));
});

test('an extract of digitised paper has the chosen sheets and no other', async () => {
  const pages = await registered(await scanned(4));
  mustHappen((await copied(pages, 'trich-sao', { pages: [1, 3] })).reply);
  const document = documentOf(pages);
  const [copy] = document.certifiedCopies;
  expect(copy).toMatchObject({ notation: '04/TrS-SKHCN', pages: [1, 3], file: { pages: 2 } });
  const pdf = await bytesOf(document, copy?.file.hash ?? '');
  expect(judged(pdf)).toEqual(['valid', 'copy true']);
  const said = judge(pdf, 'pdftotext');
  expect([said.includes('TO SO 1'), said.includes('TO SO 2'), said.includes('TO SO 3')]).toEqual([
    true,
    false,
    true,
  ]);
  expect(said.replaceAll('\n', ' ')).toMatch(mark('Trích sao \\(chuyển từ văn bản giấy\\)'));
});

test('a copy is told in the story of its document, and voiding it too', async () => {
  const documentId = await registered(await scanned(1));
  mustHappen((await copied(documentId, 'sao-y')).reply);
  const { number = 0, year = 0 } = documentOf(documentId).certifiedCopies[0] ?? {};
  const clerk = working.as('clerk');
  clerk.must('documents.voidCopy', { documentId, number, year, reason: 'Sao nhầm văn bản' });
  const { timeline } = documentPage(clerk.open.desk.db, clerk.scope, documentId);
  expect(timeline.map(({ type }) => type).slice(-2)).toEqual(['copyMade', 'copyVoided']);
  expect(documentOf(documentId).certifiedCopies).toMatchObject([{ voidedBecause: 'Sao nhầm văn bản' }]);
});

test('with a wrong PIN nothing is kept and no number is used', async () => {
  const documentId = await registered(await scanned(1));
  const stored = () =>
    readdirSync(working.folder, { recursive: true }).filter((name) => String(name).includes('blobs')).length;
  const before = stored();
  const refused = await copyFile(working.as('clerk'), {
    commandId: working.commandId(),
    documentId,
    form: 'sao-y',
    pages: null,
    purpose: '',
    recipients: [{ name: 'UBND tỉnh', kind: 'agency' }],
    decidedBy: working.office.part('leader'),
    pin: '000000',
  }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AppError);
  expect(stored()).toBe(before);
  expect(documentOf(documentId).certifiedCopies).toEqual([]);
});

test('onto paper an electronic document is copied whole: its pages as seen, and the sheet of a copy with its number', async () => {
  const documentId = await issuedNotice(working);
  mustHappen((await copied(documentId, 'sao-y', { target: 'paper' })).reply);
  const clerk = working.as('clerk');
  const [copy] = documentOf(documentId).certifiedCopies;
  expect(copy).toMatchObject({ target: 'paper', pages: null, file: { pages: 1 } });
  const number = { number: copy?.number ?? 0, year: copy?.year ?? 0 };
  const { exportId, name, size } = await printCopy(clerk, { documentId, ...number });
  expect(name).toBe(`${copy?.notation.replace('/', '-')}.pdf`);
  const pdf = clerk.exports.read(exportId, 0, size).bytes;
  expect(judge(pdf, 'qpdf', '--check')).toContain('No syntax or stream encoding errors');
  // What was signed is on the page; the signatures themselves belong to the electronic original.
  expect(judged(pdf)[0]).toBe('unsigned');
  const [page, sheet] = judge(pdf, 'pdftotext').replaceAll('\n', ' ').split('\f');
  expect(page).toMatch(/\d\d\/TB-SKHCN/u);
  for (const said of [
    'SAO Y',
    `Số: ${copy?.notation}`,
    'An Bình, ngày',
    'GIÁM ĐỐC',
    'Nguyễn Văn Minh',
    '- Lưu: VT.',
  ]) {
    expect(sheet).toContain(said);
  }
  clerk.must('documents.voidCopy', { documentId, ...number, reason: 'In nhầm' });
  await expect(printCopy(clerk, { documentId, ...number })).rejects.toThrow('documents.copy-voided');
});

test('the register of copies has a line for every number of the year, the voided ones too', async () => {
  const db = working.office.open.desk.db;
  const year = yearOf(dayOf(systemClock.now()));
  const asked = { book: copiesBook, year, from: null, to: null, extra: [] };
  const { columns, rows, total } = registerRows(db, {
    ...asked,
    today: working.as('clerk').today,
    offset: 1,
    limit: 4,
  });
  expect(columns.slice(0, 3)).toEqual(['Số, ký hiệu bản sao', 'Ngày sao', 'Hình thức sao']);
  expect([total, rows.map(({ cells }) => [cells[0], cells[2], cells.at(-1)])]).toEqual([
    6,
    [
      ['02/SL-SKHCN', 'Sao lục', 'Phối hợp thực hiện'],
      ['03/TrS-SKHCN', 'Trích sao', 'Phối hợp thực hiện'],
      ['04/TrS-SKHCN', 'Trích sao', 'Phối hợp thực hiện'],
      ['05/SY-SKHCN', 'Sao y', 'Đã hủy: Sao nhầm văn bản'],
    ],
  ]);
  const clerk = working.as('clerk');
  const { exportId, name, size } = await exportRegister(clerk, { ...asked, form: 'pdf' });
  expect(name).toBe(`Sổ đăng ký bản sao ${year}.pdf`);
  const said = judge(clerk.exports.read(exportId, 0, size).bytes, 'pdftotext', '-layout');
  expect([said.includes('03/TrS-SKHCN'), /Từ số 01\/SY-SKHCN đến số 06\/SY-SKHCN/u.test(said)]).toEqual([
    true,
    true,
  ]);
});
