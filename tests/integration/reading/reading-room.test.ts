import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openReading, printReading } from '#electron/features/reading/copy.ts';
import { bookOf } from '#electron/features/reading/book.ts';
import { sealFile } from '#electron/features/signing/public.ts';
import { readState } from '#electron/store/read-state.ts';
import { accessBy } from '#shared/access/public.ts';
import {
  addDays,
  dayOf,
  instantFrom,
  ReadingIdSchema,
  type DocumentId,
  type ReadingId,
} from '#shared/kernel/public.ts';
import { readAllText } from '#shared/node/pdf-text/public.ts';
import { readingAggregate } from '#shared/reading/public.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';
import {
  numberedNotice,
  officePin,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';
import { refusalOf } from '../../support/store.ts';

let working: WorkingOffice;
let documentId: DocumentId;
const year = new Date().getUTCFullYear();
const today = () => dayOf(instantFrom(Date.now()));
const dayMs = 86_400_000;

beforeAll(async () => {
  working = await workingOffice();
  documentId = await archived('05.VP', 'open');
}, 120_000);
afterAll(() => {
  working.remove();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A sealed and issued notice in a closed file that was offered to the archive. */
async function archived(code: string, mode: 'open' | 'conditional'): Promise<DocumentId> {
  const officer = working.as('officer');
  const id = dossierId();
  const fields = { ...someDossierFields({ code, mode }), startedOn: `${year}-01-05` };
  officer.must('dossiers.open', { dossierId: id, fields, maker: officer.person.id, parent: null });
  const paper = await numberedNotice(working);
  officer.must('dossiers.file', { dossierId: id, documents: [paper] });
  await sealFile(working.as('clerk'), { commandId: working.commandId(), documentId: paper, pin: officePin });
  const recipients = [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' }];
  working.as('clerk').must('documents.issue', { documentId: paper, recipients, copies: 1, repliesTo: null });
  officer.must('dossiers.close', { dossierId: id, endedOn: `${year}-01-31` });
  officer.must('handOvers.offer', { handOverId: working.commandId(), dossiers: [id] });
  return paper;
}

const reader = () => working.as('secondOfficer');
const stateOf = (id: ReadingId) => readState(reader().open.desk.db, readingAggregate, id);
function asked(): ReadingId {
  const readingId = ReadingIdSchema.parse(working.commandId());
  reader().must('reading.ask', {
    readingId,
    wanted: 'Thông báo phân công trực',
    purpose: 'Lập lịch trực năm sau',
  });
  return readingId;
}
const lend = (readingId: ReadingId, document = documentId, until = addDays(today(), 3)) => {
  working.as('archivist').must('reading.lend', { readingId, document, until });
};

test('a reader asks in words and is answered within six working days; what is lent is read with its mark on every page', async () => {
  const id = asked();
  expect(stateOf(id)).toMatchObject({ state: 'asked', wanted: 'Thông báo phân công trực' });
  expect(await refusalOf(() => openReading(reader(), id))).toBe('reading.over');
  lend(id);
  const made = await openReading(reader(), id);
  const { bytes } = await opened(id);
  expect(made.size).toBeGreaterThan(0);
  const text = await readAllText(bytes);
  expect(text).toContain('BẢN SAO');
  expect(text).toContain('Các phòng bố trí người trực');
  // The signed original is not what is given.
  expect(Buffer.from(bytes).includes('/ByteRange')).toBe(false);
});

/** The marked pages as the window that asked reads them. */
async function opened(id: ReadingId): Promise<{ bytes: Uint8Array }> {
  const signed = reader();
  const { exportId, size } = await openReading(signed, id);
  return signed.exports.read(exportId, 0, size);
}

test('only who asked reads it, and nobody lends to themselves, beyond fifteen days, or what is not at the archive', async () => {
  const id = asked();
  lend(id);
  expect(await refusalOf(() => openReading(working.as('unitHead'), id))).toBe('reading.unknown');
  const later = asked();
  expect(() => lend(later, documentId, addDays(today(), 16))).toThrow('reading.until');
  expect(() => lend(later, documentId, addDays(today(), -1))).toThrow('reading.until');
  const elsewhere = await numberedNotice(working);
  expect(() => lend(later, elsewhere)).toThrow('reading.not-archived');
  const own = ReadingIdSchema.parse(working.commandId());
  working.as('archivist').must('reading.ask', { readingId: own, wanted: 'x', purpose: 'y' });
  expect(() => lend(own)).toThrow('reading.to-self');
  expect(() =>
    reader().must('reading.lend', { readingId: later, document: documentId, until: today() }),
  ).toThrow('directory.not-your-role');
  working.as('archivist').must('reading.decline', { readingId: later, words: 'Tài liệu đang chỉnh lý' });
  expect(stateOf(later)).toMatchObject({ state: 'declined', words: 'Tài liệu đang chỉnh lý' });
  expect(() => lend(later)).toThrow('reading.decided-already');
});

test('what is used under conditions is lent by a leader alone', async () => {
  const conditional = await archived('06.VP', 'conditional');
  const id = asked();
  expect(() => lend(id, conditional)).toThrow('reading.conditional');
  working.as('leader').must('reading.lend', { readingId: id, document: conditional, until: today() });
  expect(stateOf(id)).toMatchObject({ state: 'lent', until: today() });
});

test('a copy is printed only where whoever lent it allowed that, with both marks on the page', async () => {
  const id = asked();
  lend(id);
  expect(await refusalOf(() => printReading(reader(), id))).toBe('reading.not-to-print');
  const other = asked();
  const granted = { readingId: other, document: documentId, until: addDays(today(), 3), mayPrint: true };
  working.as('archivist').must('reading.lend', granted);
  expect(await refusalOf(() => printReading(working.as('unitHead'), other))).toBe('reading.unknown');
  const signed = reader();
  const { exportId, size, name } = await printReading(signed, other);
  expect(name).toMatch(/ \(bản in\)\.pdf$/u);
  const text = await readAllText(signed.exports.read(exportId, 0, size).bytes);
  expect(text).toContain('BẢN SAO');
  expect(text).toContain(`In từ hệ thống Ấn Tín · `);
  expect(text).toContain(signed.person.name);
  expect(accessBy('reading.print', { readingId: other })).toMatchObject({
    what: 'printed',
    on: { id: other },
  });
  for (const lent of [id, other]) reader().must('reading.end', { readingId: lent });
});

test('after its day it is over, also when the clock is set back', async () => {
  const id = asked();
  lend(id);
  await opened(id);
  const realMs = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: realMs + 4 * dayMs });
  expect(await refusalOf(() => openReading(reader(), id))).toBe('reading.over');
  expect(stateOf(id)).toMatchObject({ state: 'ended' });
  vi.setSystemTime(realMs);
  expect(await refusalOf(() => openReading(reader(), id))).toBe('reading.over');
  vi.useRealTimers();
  // Nor one nobody looked at meanwhile: the log knows a later moment than the clock says now.
  const other = asked();
  expect(() => lend(other, documentId, addDays(today(), 3))).toThrow('reading.until');
});

test('what is given back is over at once, and the register of archive use has a line for each that was lent', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * dayMs });
  const id = asked();
  lend(id);
  reader().must('reading.end', { readingId: id });
  expect(await refusalOf(() => openReading(reader(), id))).toBe('reading.over');
  expect(() => reader().must('reading.end', { readingId: id })).toThrow('reading.over');
  const book = bookOf(reader());
  expect(book.columns).toHaveLength(9);
  expect(book.rows).toHaveLength(7);
  const [day = '', who, notation, subject, file, , returned] = book.rows.at(-1) ?? [];
  expect([day, who, file, returned]).toEqual([returned, reader().person.name, '05.VP', day]);
  expect(notation).toMatch(/TB-\S+ \d{2}\/\d{2}\/\d{4}$/u);
  expect(subject).toBe('Thông báo: Phân công trực cuối năm');
});
