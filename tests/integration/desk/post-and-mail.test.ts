import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMail } from '#electron/features/documents/make-mail.ts';
import { fileOf, readableDocument } from '#electron/features/documents/pages.ts';
import { exportRegister } from '#electron/features/documents/register-files.ts';
import { registerRows } from '#electron/features/documents/registers.ts';
import { openLetter, receiveFile } from '#electron/features/intake/public.ts';
import { mustHappen } from '#electron/features/sample/act-as.ts';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import { sealFile } from '#electron/features/signing/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import { documentAggregate, postBook } from '#shared/documents/public.ts';
import { pairCode, usualCard } from '#shared/exchange/public.ts';
import {
  AgencyIdSchema,
  AppError,
  DocumentIdSchema,
  dayOf,
  hashBytes,
  yearOf,
  type DocumentId,
} from '#shared/kernel/public.ts';
import { readMail, writeMail } from '#shared/node/mail/public.ts';
import { byGateway } from '../../support/by-gateway.ts';
import { corpusPath } from '../../support/corpus.ts';
import { wordFile } from '../../support/office-parts.ts';
import { aDocumentMessage, attachmentOf, written } from '../../support/edxml/messages.ts';
import {
  numberedNotice,
  officePin,
  outgoingOf,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

let working: WorkingOffice;
let documentId: DocumentId;
const today = dayOf(systemClock.now());
const asked = { book: postBook, year: yearOf(today), from: today, to: today, extra: [] };

beforeAll(async () => {
  working = await workingOffice();
  const { hash, size } = await working.office.open.blobs.put(new TextEncoder().encode('số liệu'));
  documentId = await numberedNotice(working, {
    attachments: [{ hash, size, name: 'Số liệu các xã.xlsx', pages: 0 }],
  });
  const sealing = { commandId: working.commandId(), documentId, pin: officePin };
  mustHappen((await sealFile(working.as('clerk'), sealing)).reply);
}, 120_000);
afterAll(() => {
  working.remove();
});

/** Writes down how an agency is reached; one's own, or one of the directory. */
function describe(name: string, contact: string, own = false): void {
  const { desk } = working.office.open;
  const ours = readState(desk.db, agencyAggregate, desk.agencyId);
  if (ours === null) throw new Error('There is no agency');
  const { superior, place, symbol, level, codes, books, collective } = ours;
  const agencyId = own ? desk.agencyId : systemClock.newId();
  const described = { superior, place, symbol, level, codes, books, collective, name, contact, own };
  working.as('administrator').must('directory.describeAgency', { agencyId, details: described });
}

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'done';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

test('what is issued stands among what goes to the post, one line for each envelope, printed and exported', async () => {
  const clerk = working.as('clerk');
  const { db } = clerk.open.desk;
  const window = { ...asked, today, offset: 0, limit: 50 };
  expect(registerRows(db, window).rows).toEqual([]);
  const recipients = [
    { name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' },
    { name: 'Văn phòng Sở', kind: 'unit' },
  ];
  clerk.must('documents.issue', { documentId, recipients, copies: 2, repliesTo: null });

  const { notation } = outgoingOf(working, documentId).number ?? { notation: '' };
  const day = today.split('-').toReversed().join('/');
  const { columns, rows, total } = registerRows(db, window);
  expect([columns, rows, total]).toEqual([
    ['Ngày chuyển', 'Số, ký hiệu', 'Nơi nhận', 'Số lượng bì', 'Ký nhận và dấu bưu điện', 'Ghi chú'],
    [
      {
        id: documentId,
        direction: 'outgoing',
        cells: [day, notation, 'Ủy ban nhân dân tỉnh An Bình', '1', '', ''],
      },
    ],
    1,
  ]);
  expect(await exportRegister(clerk, { ...asked, form: 'pdf' })).toMatchObject({
    name: `Sổ gửi văn bản đi bưu điện ${asked.year}.pdf`,
  });
  const { exportId, size } = await exportRegister(clerk, { ...asked, form: 'csv' });
  const csv = Buffer.from(clerk.exports.read(exportId, 0, size).bytes).toString('utf8');
  expect(csv.split('\r\n')[1]).toContain('Ủy ban nhân dân tỉnh An Bình');
});

test('an issued document becomes a letter with the sealed bytes, once it is known where it comes from', async () => {
  const clerk = working.as('clerk');
  expect(await codeOf(() => makeMail(clerk, { documentId }))).toBe('documents.mail-from-nowhere');
  const { name } = readState(clerk.open.desk.db, agencyAggregate, clerk.open.desk.agencyId) ?? { name: '' };
  describe(name, 'Số 1 đường Hùng Vương; thư: vanthu@skhcn.example', true);
  expect((await makeMail(clerk, { documentId })).unaddressed).toEqual(['Ủy ban nhân dân tỉnh An Bình']);
  describe('Ủy ban  nhân dân tỉnh AN BÌNH', 'vanthu@anbinh.example');

  const { made, addressed, unaddressed } = await makeMail(clerk, { documentId });
  expect([addressed, unaddressed]).toEqual([['Ủy ban nhân dân tỉnh An Bình'], []]);
  const bytes = clerk.exports.read(made.exportId, 0, made.size).bytes;
  expect(Buffer.from(bytes).toString('latin1')).toContain('<vanthu@anbinh.example>');
  const { letter, attachments } = readMail(bytes, made.name);
  const { file, number } = outgoingOf(working, documentId);
  if (file === null || number === null) throw new Error('It was sealed');
  expect([made.name, letter.sender, letter.address]).toEqual([
    `${number.notation.replaceAll('/', '-')}.eml`,
    name,
    'vanthu@skhcn.example',
  ]);
  const sealed = await clerk.open.blobs.read(file.hash, 0, file.size);
  expect(attachments.map((one) => [one.name, Buffer.from(one.bytes).toString('base64')])).toEqual([
    [file.name, Buffer.from(sealed).toString('base64')],
    ['Số liệu các xã.xlsx', Buffer.from('số liệu').toString('base64')],
  ]);
});

test('the letter of one agency comes in at the door of another: its PDF is received, the rest is named', async () => {
  const clerk = working.as('clerk');
  const { file } = outgoingOf(working, documentId);
  if (file === null) throw new Error('It was sealed');
  const pdf = await clerk.open.blobs.read(file.hash, 0, file.size);
  const bytes = writeMail({
    from: { name: 'Sở Y tế tỉnh An Bình', address: 'syt@anbinh.example' },
    to: [],
    subject: 'Fwd: Về việc tiêm chủng',
    text: 'Kính gửi',
    sentAt: systemClock.now(),
    id: '1',
    attachments: [
      { name: '../../etc/trực.pdf', type: 'application/octet-stream', bytes: pdf },
      { name: '..\\..\\con.exe', type: 'application/octet-stream', bytes: new Uint8Array([1]) },
    ],
  });
  const upload = (content: Uint8Array) => {
    const id = clerk.uploads.begin('thư.eml', content.length);
    clerk.uploads.append(id, 0, content);
    return id;
  };
  const { files, others } = openLetter(clerk, { uploadId: upload(bytes), only: null });
  expect([files.map(({ name }) => name), others]).toEqual([['trực.pdf'], ['_.._con.exe']]);
  const received = DocumentIdSchema.parse(systemClock.newId());
  const [first] = files;
  if (first === undefined) throw new Error('There was a PDF');
  const receiving = { commandId: working.commandId(), documentId: received, uploadId: first.uploadId };
  mustHappen((await receiveFile(clerk, receiving)).reply);
  const document = readState(clerk.open.desk.db, documentAggregate, received);
  // What the paper says of itself is believed before what its letter says.
  expect(document).toMatchObject({
    file: { hash: file.hash, name: 'trực.pdf' },
    suggestion: { fields: { subject: 'Phân công trực cuối năm' } },
  });
  expect(openLetter(clerk, { uploadId: upload(bytes), only: 0 }).files).toHaveLength(1);
  const onlyText = Buffer.from('From: a@b.vn\r\nSubject: x\r\n\r\nchào');
  expect(await codeOf(() => openLetter(clerk, { uploadId: upload(onlyText), only: null }))).toBe(
    'mail.nothing-attached',
  );
});

/** A letter with these attached, as a mail programme saves it. */
function anEmail(attachments: readonly Readonly<{ name: string; bytes: Uint8Array }>[]): Uint8Array {
  return writeMail({
    from: { name: 'Sở Y tế tỉnh An Bình', address: 'syt@anbinh.example' },
    to: [],
    subject: 'Gửi văn bản',
    text: '<script>alert(1)</script>',
    sentAt: systemClock.now(),
    id: '2',
    attachments: attachments.map((one) => ({ ...one, type: 'application/octet-stream' })),
  });
}

function openedEmail(bytes: Uint8Array) {
  const clerk = working.as('clerk');
  const uploadId = clerk.uploads.begin('thư của sở.eml', bytes.length);
  clerk.uploads.append(uploadId, 0, bytes);
  return openLetter(clerk, { uploadId, only: null }).files.map((file) => ({
    ...file,
    receive: () => {
      const received = DocumentIdSchema.parse(systemClock.newId());
      const asked = { commandId: working.commandId(), documentId: received, uploadId: file.uploadId };
      return receiveFile(clerk, asked).then((told) => ({ ...told, received }));
    },
  }));
}

const paperOf = (id: DocumentId) => readState(working.office.open.desk.db, documentAggregate, id);

async function aLetterPdf(place: number, over: Readonly<{ superior?: string }> = {}): Promise<Uint8Array> {
  const sample = sampleLetters[place];
  if (sample === undefined) throw new Error('No letters');
  return letterPdf({ ...sample, ...over }, systemClock.now());
}

test('the e-mail is kept with each paper that came in it, the other papers taken out, for whoever may read that paper', async () => {
  const [first, second] = [await aLetterPdf(0), await aLetterPdf(1)];
  const bytes = anEmail([
    { name: 'một.pdf', bytes: first },
    { name: 'hai.pdf', bytes: second },
    { name: 'số liệu.xlsx', bytes: new Uint8Array([1, 2, 3]) },
  ]);
  const parts = openedEmail(bytes);
  expect(parts).toHaveLength(2);
  const received = [];
  for (const part of parts) received.push(await part.receive());
  expect(received.map(({ reply, isMailLeft }) => [reply.ok, isMailLeft])).toEqual([
    [true, false],
    [true, false],
  ]);
  const [one, other] = received.map((paper) => paperOf(paper.received));
  if (one?.direction !== 'incoming' || other?.direction !== 'incoming') throw new Error('It was received');
  const goneFrom = async (paper: typeof one) => {
    const { mail } = paper;
    if (mail === undefined) throw new Error('Its e-mail is not kept');
    expect(fileOf(paper, mail.hash)).toEqual(mail);
    const stored = await working.office.open.blobs.read(mail.hash, 0, mail.size);
    return readMail(stored, mail.name).attachments.map((file) => Buffer.from(file.bytes));
  };
  const told = (pdf: Uint8Array) => Buffer.from(`sha-256 ${hashBytes(pdf)}, ${pdf.length} bytes`);
  const table = Buffer.from([1, 2, 3]);
  expect(await goneFrom(one)).toEqual([Buffer.from(first), told(second), table]);
  expect(await goneFrom(other)).toEqual([told(first), Buffer.from(second), table]);
  // A paper that was not in it has no claim to it; nor has who may not read the paper.
  const hash = one.mail?.hash ?? '';
  expect(() => fileOf(outgoingOf(working, documentId), hash)).toThrow('documents.unknown-file');
  expect(() => fileOf(other, hash)).toThrow('documents.unknown-file');
  const { open, scope } = working.as('secondOfficer');
  expect(() => readableDocument(open.desk.db, scope, one.id)).toThrow('documents.unknown');
});

test('an e-mail with a secret or unreadable paper in it is stored with none of the others', async () => {
  const secret = await aLetterPdf(2, { superior: 'MẬT' });
  const broken = Buffer.from('%PDF-1.7\nhỏng');
  for (const [name, bad] of [
    ['mật.pdf', secret],
    ['hỏng.pdf', broken],
  ] as const) {
    const bytes = anEmail([
      { name: 'thường.pdf', bytes: await aLetterPdf(3) },
      { name, bytes: bad },
    ]);
    const [plain, turnedAway] = openedEmail(bytes);
    const told = await plain?.receive();
    expect(told).toMatchObject({ reply: { ok: true }, isMailLeft: true });
    expect(told && paperOf(told.received)).not.toHaveProperty('mail');
    await expect(turnedAway?.receive()).rejects.toThrow(/^(?:documents\.secret|intake\.damaged)$/u);
    expect(working.office.open.blobs.has(hashBytes(bytes))).toBe(false);
    expect(working.office.open.blobs.has(hashBytes(bad))).toBe(false);
  }
});

test('an e-mail with a secret office file beside its paper is not stored, one with a plain one is', async () => {
  for (const [words, isLeft] of [
    ['TUYỆT MẬT', true],
    ['Bảo mật thông tin', false],
  ] as const) {
    const bytes = anEmail([
      { name: 'thường.pdf', bytes: await aLetterPdf(isLeft ? 4 : 5) },
      { name: 'kèm theo.docx', bytes: wordFile(words) },
    ]);
    const told = await openedEmail(bytes)[0]?.receive();
    expect(told).toMatchObject({ reply: { ok: true }, isMailLeft: isLeft });
    expect(working.office.open.blobs.has(hashBytes(bytes))).toBe(!isLeft);
  }
});

test('an e-mail larger than is kept is refused with what to do instead', async () => {
  const bytes = new Uint8Array(64 * 1_048_576 + 1).fill(0x20);
  bytes.set(Buffer.from('From: a@b.vn\r\n\r\n'));
  const clerk = working.as('clerk');
  const uploadId = clerk.uploads.begin('to.eml', bytes.length);
  clerk.uploads.append(uploadId, 0, bytes);
  await expect(
    Promise.resolve().then(() => openLetter(clerk, { uploadId, only: null })),
  ).rejects.toMatchObject({ code: 'mail.too-large', params: { name: 'to.eml', size: 65, limit: 64 } });
});

test('a message between agencies comes in at the same door: its fields stand in the register’s', async () => {
  const clerk = working.as('clerk');
  const pdf = new Uint8Array(readFileSync(corpusPath('incoming', 'congbao_chi-thi-so-21-ct-ttg-469580.pdf')));
  const contents = [new Uint8Array([1, 2, 3]), pdf];
  const attachments = [
    attachmentOf(contents[0] ?? pdf, { contentId: 'cid:1', name: 'số liệu.xlsx', contentType: null }),
    attachmentOf(pdf, { contentId: 'cid:2', name: 'công văn.pdf' }),
  ];
  const said = { number: '77', symbol: 'SYT-NV', subject: 'Phối hợp tiêm chủng mở rộng' };
  const bytes = written(aDocumentMessage({ ...said, attachments }), contents);
  const open = (called: string, content: Uint8Array) => {
    const uploadId = clerk.uploads.begin(called, content.length);
    clerk.uploads.append(uploadId, 0, content);
    return openLetter(clerk, { uploadId, only: null });
  };
  const { files, others } = open('goi.edxml', bytes);
  expect([files.map(({ name }) => name), others]).toEqual([['công văn.pdf'], ['số liệu.xlsx']]);
  const received = DocumentIdSchema.parse(systemClock.newId());
  const uploadId = files[0]?.uploadId ?? '';
  mustHappen(
    (await receiveFile(clerk, { commandId: working.commandId(), documentId: received, uploadId })).reply,
  );
  expect(readState(clerk.open.desk.db, documentAggregate, received)).toMatchObject({
    suggestion: { fields: said },
  });
  expect(paperOf(received)).not.toHaveProperty('mail');
  const status = readFileSync(corpusPath('edxml', 'status_finish_06.edxml'));
  expect(await codeOf(() => open('xong.edxml', status))).toBe('edxml.no-document');
  expect(await codeOf(() => open('cụt.edxml', bytes.subarray(0, 400)))).toBe('edxml.truncated');
});

test('whom the network takes the document to is taken off the post, and comes back when that is given up', async () => {
  const clerk = working.as('clerk');
  const administrator = working.as('administrator');
  const { db, agencyId } = clerk.open.desk;
  const fingerprintOf = (name: string) => hashBytes(new TextEncoder().encode(name));
  const province = AgencyIdSchema.parse(systemClock.newId());
  const meet = (peerId: string, name: string) => {
    const fingerprint = fingerprintOf(name);
    const details = { name, codes: [], authority: 'AAAA', fingerprint, sealing: 'AAAA', card: usualCard };
    byGateway(clerk.open.desk, 'exchange.meetPeer', { peerId, details });
  };
  meet(agencyId, 'Mình');
  meet(province, 'Ủy ban nhân dân tỉnh An Bình');
  const code = pairCode(fingerprintOf('Mình'), fingerprintOf('Ủy ban nhân dân tỉnh An Bình'));
  administrator.must('exchange.confirmPeer', { peerId: province, code });
  const posted = () =>
    registerRows(db, { ...asked, today, offset: 0, limit: 50 }).rows.map(({ cells }) => cells[2]);
  expect(posted()).toEqual(['Ủy ban nhân dân tỉnh An Bình']);

  const id = systemClock.newId();
  const consignments = [{ id, to: province, refs: [] }];
  clerk.must('exchange.prepare', { documentId, consignments, access: 'internal', succeeds: null });
  expect(posted()).toEqual([]);
  expect(await codeOf(() => makeMail(clerk, { documentId }))).toBe('documents.mail-for-nobody');
  clerk.must('exchange.withdrawPrepared', { consignments: [id], reason: 'Trục đang bảo trì' });
  expect(posted()).toEqual(['Ủy ban nhân dân tỉnh An Bình']);
});
