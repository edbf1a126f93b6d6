import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { documentPage } from '#electron/features/documents/pages.ts';
import { packageOf } from '#electron/features/dossiers/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import {
  AgencyCodeSchema,
  AgencyDetailsSchema,
  PersonDetailsSchema,
  agencyAggregate,
  personAggregate,
} from '#shared/directory/public.ts';
import {
  DraftSummarySchema,
  IncomingFieldsSchema,
  OutgoingSchema,
  RecipientSchema,
  asIncoming,
  documentAggregate,
  urgencies,
} from '#shared/documents/public.ts';
import {
  DossierFieldsSchema,
  FileCodeSchema,
  accessModes,
  dossierAggregate,
} from '#shared/dossiers/public.ts';
import { codeOn, peerAggregate } from '#shared/exchange/public.ts';
import {
  addWorkingDays,
  dayOf,
  yearOf,
  type AgencyId,
  type DocumentId,
  type DossierId,
} from '#shared/kernel/public.ts';
import type { Package } from '#shared/node/packages/public.ts';
import { connectedPeer, sentTo } from '../../support/connected-peer.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';
import {
  directedTo,
  issuedNotice,
  outgoingOf,
  registeredLetter,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

/**
 * NĐ 30/2020/NĐ-CP, Phụ lục VI, Phần II: each field by its number. `*` in the name is a field that is filled by itself (III.1.g).
 * Where the office keeps more than the decree's length, there is room for at least that.
 */

let working: WorkingOffice;
let letter: DocumentId;
let notice: DocumentId;
let file: DossierId;
let made: Package;
let province: AgencyId;
const today = dayOf(systemClock.now());
const year = yearOf(today);
const day = /^\d{4}-\d{2}-\d{2}$/u;

beforeAll(async () => {
  working = await workingOffice();
  const officer = working.as('officer');
  letter = await registeredLetter(working, {
    number: '15',
    symbol: 'UBND-VP',
    issuer: 'Ủy ban nhân dân xã Tân An',
    signer: 'Đặng Thị Hương Giang',
    signerPost: 'Chủ tịch',
    urgency: 'urgent',
    note: 'Có phụ lục',
  });
  const due = addWorkingDays(today, 3, officer.open.desk.calendar);
  const taskId = directedTo(working, letter, due);
  notice = await issuedNotice(working, { repliesTo: letter, dueOn: due });
  province = connectedPeer(working, 'Ủy ban nhân dân tỉnh An Bình');
  await sentTo(working, notice, province);
  officer.must('workflow.finishTask', { taskId, documentId: letter, words: 'Đã trả lời' });
  working.as('leader').must('workflow.approveTask', { taskId, documentId: letter, words: '' });
  file = dossierId();
  const fields = { ...someDossierFields({ code: '01.CĐS', description: 'Đủ phụ lục' }), startedOn: today };
  officer.must('dossiers.open', { dossierId: file, fields, maker: officer.person.id, parent: null });
  officer.must('dossiers.file', { dossierId: file, documents: [letter, notice] });
  working.as('clerk').must('documents.note', { documentId: notice, note: 'Gửi kèm đĩa' });
  officer.must('dossiers.close', { dossierId: file, endedOn: today });
  made = await packageOf(officer, { dossierId: file, kind: 'SIP_hoso' });
}, 120_000);
afterAll(() => {
  working.remove();
});

const db = () => working.office.open.desk.db;
const incoming = () => asIncoming(readState(db(), documentAggregate, letter));
const outgoing = () => outgoingOf(working, notice);
const agency = () => {
  const found = readState(db(), agencyAggregate, working.office.open.desk.agencyId);
  if (found === null) throw new Error('No agency');
  return found;
};
const dossier = () => {
  const found = readState(db(), dossierAggregate, file);
  if (found === null) throw new Error('No file');
  return found;
};
const described = (place: number) => made.documents[place]?.fields;

/** A text of the decree's length finds room. */
const roomFor = (schema: z.ZodType, length: number): boolean => schema.safeParse('x'.repeat(length)).success;
/** It is that length, and no more. */
const exactly = (schema: z.ZodType, length: number): boolean =>
  roomFor(schema, length) && !roomFor(schema, length + 1);

describe.each([
  ['Văn bản đi', 1],
  ['Văn bản đến', 0],
] as const)('%s: mã hồ sơ', (_direction, place) => {
  test('1 FileCode (nhóm): cơ quan, năm, số và ký hiệu hồ sơ', () => {
    expect(described(place)?.docCode).toMatch(new RegExp(`^H99\\.14\\.${year}\\.01\\.CĐS\\.`, 'u'));
  });
  test('1.1 OrganId S13 *', () => {
    expect(codeOn(agency(), today, 'qd20')).toBe('H99.14');
    expect(AgencyCodeSchema.shape.code.safeParse('H99.14.33.01.2').success).toBe(true);
  });
  test('1.2 FileCatalog N4 *', () => {
    expect(dossier().year).toBe(year);
  });
  test('1.3 FileNotation S20', () => {
    expect([dossier().code, exactly(FileCodeSchema, 20)]).toEqual(['01.CĐS', true]);
  });
  test('2 DocOrdinal N3 *', () => {
    expect([dossier().items[place]?.n, described(place)?.docOrdinal]).toEqual([place + 1, place + 1]);
  });
  test('9 Language S30', () => {
    // The circular's code of Vietnamese.
    expect(described(place)?.language).toBe('01');
  });
});

describe('Văn bản đi', () => {
  test('3 TypeName S100', () => {
    expect([outgoing().summary.kind, described(1)?.typeName]).toEqual(['TB', '07']);
  });
  test('4 CodeNumber S11 *', () => {
    expect([outgoing().number?.number, described(1)?.codeNumber]).toEqual([1, '01']);
  });
  test('5 CodeNotation S30', () => {
    expect([described(1)?.codeNotation, roomFor(DraftSummarySchema.shape.symbol, 30)]).toEqual([
      'TB-SKHCN',
      true,
    ]);
  });
  test('6 IssuedDate D10 *', () => {
    expect(outgoing().number?.issuedOn).toBe(today);
  });
  test('7 OrganName S200', () => {
    expect(described(1)?.organName).toBe('Sở Khoa học và Công nghệ tỉnh An Bình');
    expect(roomFor(AgencyDetailsSchema.shape.name, 200)).toBe(true);
  });
  test('8 Subject S500', () => {
    expect([described(1)?.subject, exactly(DraftSummarySchema.shape.subject, 500)]).toEqual([
      'Phân công trực cuối năm',
      true,
    ]);
  });
  test('10 PageAmount N3 *', () => {
    expect([outgoing().file?.pages, described(1)?.numberOfPage]).toEqual([1, 1]);
  });
  test('11 Description S500', () => {
    const { note } = OutgoingSchema.shape;
    expect([outgoing().note, exactly(note, 500)]).toEqual(['Gửi kèm đĩa', true]);
    expect(described(1)?.description).toBe('Gửi kèm đĩa');
  });
  test('12 SignerInfo (nhóm): 12.1 Position S100, 12.2 FullName S50', () => {
    const [step] = outgoing().circuit;
    const signer = step === undefined ? null : readState(db(), personAggregate, step.person);
    expect([signer?.post, signer?.name]).toEqual(['Giám đốc', 'Nguyễn Văn Minh']);
    const { post, name } = PersonDetailsSchema.shape;
    expect([roomFor(post, 100), roomFor(name, 50)]).toEqual([true, true]);
  });
  test('13 To (nhóm): 13.1 OrganId S13 *, 13.2 OrganName S200', () => {
    // Whom the connection names is known by code; nobody writes it.
    const [link] = outgoing().consignments ?? [];
    expect([link?.to, readState(db(), peerAggregate, province)?.name]).toEqual([
      province,
      'Ủy ban nhân dân tỉnh An Bình',
    ]);
    expect(outgoing().recipients).toMatchObject([{ name: 'Ủy ban nhân dân tỉnh An Bình' }]);
    expect(exactly(RecipientSchema.shape.name, 200)).toBe(true);
  });
  test('14 Priority N1', () => {
    expect([outgoing().summary.urgency, urgencies.length]).toEqual(['normal', 4]);
  });
  test('15 IssuedAmount N3', () => {
    expect(outgoing().copies).toBe(1);
    expect(OutgoingSchema.shape.copies.safeParse(999).success).toBe(true);
  });
  test('16 DueDate D10', () => {
    expect(outgoing().summary.dueOn).toMatch(day);
  });
});

describe('Văn bản đến', () => {
  const { shape } = IncomingFieldsSchema;

  test('3 TypeName S100', () => {
    expect([incoming().fields?.kind, exactly(shape.kind, 100)]).toEqual(['Công văn', true]);
  });
  test('4 CodeNumber S11', () => {
    expect([incoming().fields?.number, roomFor(shape.number, 11)]).toEqual(['15', true]);
  });
  test('5 CodeNotation S30', () => {
    expect([incoming().fields?.symbol, roomFor(shape.symbol, 30)]).toEqual(['UBND-VP', true]);
  });
  test('6 IssuedDate D10', () => {
    expect(incoming().fields?.issuedOn).toMatch(day);
  });
  test('7 OrganName S200', () => {
    expect([incoming().fields?.issuer, exactly(shape.issuer, 200)]).toEqual([
      'Ủy ban nhân dân xã Tân An',
      true,
    ]);
  });
  test('8 Subject S500', () => {
    expect([incoming().fields?.subject !== '', exactly(shape.subject, 500)]).toEqual([true, true]);
  });
  test('10 PageAmount N3 *', () => {
    expect([incoming().file?.pages, described(0)?.numberOfPage]).toEqual([1, 1]);
  });
  test('11 Description S500', () => {
    expect([incoming().fields?.note, exactly(shape.note, 500)]).toEqual(['Có phụ lục', true]);
  });
  test('12 ArrivalDate D10 *', () => {
    expect(incoming().arrival?.day).toBe(today);
  });
  test('13 ArrivalNumber N10 *', () => {
    expect(incoming().arrival?.number).toBe(1);
  });
  test('14 SignerInfo (nhóm): 14.1 Position S100, 14.2 FullName S50', () => {
    expect(incoming().fields).toMatchObject({ signerPost: 'Chủ tịch', signer: 'Đặng Thị Hương Giang' });
    expect([exactly(shape.signerPost, 100), roomFor(shape.signer, 50)]).toEqual([true, true]);
  });
  test('15 Priority N1', () => {
    expect(incoming().fields?.urgency).toBe('urgent');
  });
  test('16 ToPlaces S1000', () => {
    // Whoever it went to, as the direction names them: nothing is written a second time, and no length is set.
    expect(incoming().people).toContain(working.office.part('officer'));
  });
  test('17 TraceHeaderList LongText', () => {
    const { timeline } = documentPage(db(), working.as('clerk').scope, letter);
    expect(timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['directionGiven', 'taskAccepted', 'handlingFinished']),
    );
    expect(described(0)?.autograph).toContain('Nghiên cứu, tham mưu trả lời.');
  });
  test('18 DueDate D10', () => {
    expect(incoming().dueOn).toMatch(day);
  });
});

describe('Hồ sơ', () => {
  const { shape } = DossierFieldsSchema;

  test('1 FileCode (nhóm): 1.1 OrganId S13 *, 1.2 FileCatalog N4 *, 1.3 FileNotation S20', () => {
    expect(made.dossier?.arcFileCode).toBe(`H99.14.${year}.01.CĐS`);
  });
  test('2 Title S500', () => {
    expect([made.dossier?.title, exactly(shape.title, 500)]).toEqual([dossier().title, true]);
  });
  test('3 Maintenance S30', () => {
    expect([dossier().retention, made.dossier?.maintenance]).toEqual([20, '05']);
  });
  test('4 Rights S30', () => {
    expect([dossier().mode, made.dossier?.mode, accessModes]).toEqual([
      'open',
      '01',
      ['open', 'conditional'],
    ]);
  });
  test('5 Creator S30', () => {
    expect(dossier().maker).toBe(working.office.part('officer'));
  });
  test('6 Language S50', () => {
    expect(made.dossier?.language).toBe('01');
  });
  test('7 StartDate D10', () => {
    expect(made.dossier?.startDate).toBe(today);
  });
  test('8 EndDate D10', () => {
    expect(made.dossier?.endDate).toBe(today);
  });
  test('9 DocTotal N4 *', () => {
    expect(made.dossier?.totalDoc).toBe(2);
  });
  test('10 PageTotal N4 *', () => {
    expect(made.dossier?.numberOfPage).toBe(2);
  });
  test('11 Description S500', () => {
    expect([dossier().description, exactly(shape.description, 500)]).toEqual(['Đủ phụ lục', true]);
  });
});
