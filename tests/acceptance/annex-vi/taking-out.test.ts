import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentPage } from '#electron/features/documents/pages.ts';
import { printFile } from '#electron/features/documents/print-file.ts';
import { exportRegister } from '#electron/features/documents/register-files.ts';
import type { Actor } from '#electron/features/sample/act-as.ts';
import { copyFile, printCopy } from '#electron/features/signing/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import { accessBy } from '#shared/access/public.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import type { Export } from '#shared/documents/public.ts';
import { dayOf, writtenDay, yearOf, type DocumentId } from '#shared/kernel/public.ts';
import { officeFilesIn } from '../../support/office-files.ts';
import {
  issuedNotice,
  outgoingOf,
  registeredLetter,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

/** NĐ 30/2020/NĐ-CP, Phụ lục VI, Phần I, III.6: what leaves the system on paper or as a file. */

let working: WorkingOffice;
let letter: DocumentId;
let answer: DocumentId;
const today = dayOf(systemClock.now());
const day = writtenDay(today);

beforeAll(async () => {
  working = await workingOffice();
  letter = await registeredLetter(working);
  answer = await issuedNotice(working);
}, 120_000);
afterAll(() => {
  working.remove();
});

const db = () => working.office.open.desk.db;
const asked = { book: 'arrivals', year: yearOf(today), from: null, to: null, extra: [] };

test('III.6.i Tải hoặc in văn bản, dữ liệu đặc tả', async () => {
  const clerk = working.as('clerk');
  const { open, scope } = clerk;
  const { document } = documentPage(open.desk.db, scope, letter);
  if (document.file === null) throw new Error('It has a file');
  const begins = await open.blobs.read(document.file.hash, 0, 4);
  expect(Buffer.from(begins).toString()).toBe('%PDF');
  const made = await exportRegister(clerk, { ...asked, form: 'pdf' });
  expect(made.size).toBeGreaterThan(1000);
  expect(accessBy('documents.exportRegister', { ...asked, form: 'pdf' })).toMatchObject({
    what: 'printed',
  });
});

test('III.6.k Đánh dấu vào văn bản được in ra từ Hệ thống', async () => {
  const clerk = working.as('clerk');
  const { file: original } = outgoingOf(working, answer);
  if (original === null) throw new Error('It has a file');
  const { hash, size, pages } = original;
  const paper = read(clerk, await printFile(clerk, { documentId: answer, hash, size }));
  const agency = readState(db(), agencyAggregate, clerk.open.desk.agencyId)?.name ?? '';
  const said = `In từ hệ thống Ấn Tín · ${agency} · ${clerk.person.name}`;
  const marks = officeFilesIn(working.folder).pdf(paper).split(said).slice(1);
  expect(marks.map((after) => after.includes(day))).toEqual(Array.from({ length: pages }, () => true));
  // What is printed is no longer what was signed; the original goes out as its own act, and each leaves its line.
  expect(Buffer.from(paper).includes('/ByteRange')).toBe(false);
  const given = { documentId: answer, hash };
  expect(accessBy('documents.printFile', given)).toMatchObject({ what: 'printed', file: hash });
  const whole = { ...given, offset: 0, purpose: 'save' };
  expect(accessBy('documents.readFile', whole)).toMatchObject({ what: 'downloaded', file: hash });
  const decidedBy = working.office.part('leader');
  const recipients = [{ name: 'Ủy ban nhân dân xã Tân An', kind: 'agency' as const }];
  const copy = { form: 'sao-y', target: 'paper', pages: null, purpose: '', pin: null } as const;
  const commandId = working.commandId();
  const { reply } = await copyFile(clerk, { ...copy, recipients, decidedBy, commandId, documentId: answer });
  expect(reply.ok).toBe(true);
  const [kept] = outgoingOf(working, answer).certifiedCopies;
  const number = { number: kept?.number ?? 0, year: kept?.year ?? 0 };
  const printed = read(clerk, await printCopy(clerk, { documentId: answer, ...number }));
  expect(officeFilesIn(working.folder).pdf(printed)).toContain('Số: 01/SY-SKHCN');
});

function read(actor: Actor, { exportId, size }: Export): Uint8Array {
  return actor.exports.read(exportId, 0, size).bytes;
}
