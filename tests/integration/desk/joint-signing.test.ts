import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agencyAggregate } from '#shared/directory/public.ts';
import { keepPicture, pictureOf } from '#electron/features/signing/pictures.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import type { CoSigner } from '#shared/drafting/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { fillTextFields, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { ownPicture, sealImage, signatureImage } from '#shared/node/typesetting/public.ts';
import { deputySigns, jointOffice, type JointOffice } from '../../support/joint-office.ts';
import { judgesIn } from '../../support/pdf-judges.ts';
import { signingOffice } from '../../support/signing-office.ts';
import { refusalOf } from '../../support/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'antin-lien-tich-'));
const judges = judgesIn(folder);
const antin = resolve(import.meta.dirname, '../../../cli/antin.mjs');
let joint: JointOffice;
let root = new Uint8Array();
beforeAll(async () => {
  joint = await jointOffice(folder);
  const { db, agencyId } = joint.office.open.desk;
  const der = readState(db, agencyAggregate, agencyId)?.rootCertificate;
  root = new Uint8Array(Buffer.from(der ?? '', 'base64'));
  judges.trust(root);
}, 60_000);
afterAll(() => {
  joint.office.open.close();
  rmSync(folder, { recursive: true, force: true });
});

const plan = { kind: 'KH', template: 'thong-bao', subject: 'phối hợp chuyển đổi số' } as const;

function withDeputy(): CoSigner[] {
  return [{ kind: 'here', person: joint.office.part('deputy'), as: '' }];
}

/** The page after a step: its signatures, judged by us and by others; what was there before is there, byte for byte. */
async function looked(id: DocumentId, name: string, before: Uint8Array) {
  const pdf = await joint.page(id);
  judges.saved(name, pdf);
  const report = verifyPdf(pdf, { trust: [root], at: systemClock.now() });
  const { valid, trusted } = judges.pdfsig(name);
  expect(Buffer.from(pdf.subarray(0, before.length)).equals(before)).toBe(true);
  expect(judges.qpdf(name)).toContain('No syntax or stream encoding errors');
  expect([valid, trusted]).toEqual([report.signatures.length, report.signatures.length]);
  expect(report.verdict).toBe('valid');
  return { pdf, signed: report.signatures.map(({ field, role, signer }) => `${field} ${role} ${signer}`) };
}

describe('a paper with two leaders', () => {
  test('goes through initials, both leaders, number and seal; every signature stands at every step', async () => {
    const { step } = joint;
    const id = await joint.submit({
      ...plan,
      coSigners: withDeputy(),
      drafterMark: 'pl',
      steps: [
        step('initials', 'unitHead'),
        step('sign', 'leader', { block: 1 }),
        deputySigns(joint, joint.delegation),
      ],
    });
    const base = await joint.page(id);
    await joint.sign(id, 'unitHead');
    const initialled = await looked(id, '1.pdf', base);
    expect(initialled.signed).toEqual(['initials-1 initials Hoàng Minh Tuấn']);
    await joint.sign(id, 'leader');
    const first = await looked(id, '2.pdf', initialled.pdf);
    expect(() => joint.number(id)).toThrow(/not-in-state/u);
    await joint.sign(id, 'deputy');
    const second = await looked(id, '3.pdf', first.pdf);
    expect(second.signed).toEqual([
      'initials-1 initials Hoàng Minh Tuấn',
      'leader leader Nguyễn Văn Minh',
      'leader-2 leader Trần Thị Hồng Hạnh',
    ]);
    joint.number(id);
    await joint.seal(id);
    const sealed = await looked(id, '4.pdf', second.pdf);
    expect(sealed.signed).toEqual([...second.signed, 'seal seal Sở Khoa học và Công nghệ tỉnh An Bình']);
    const words = judges.run('pdftotext', '-layout', '4.pdf', '-').normalize('NFC');
    expect(words).toMatch(/KT\. GIÁM ĐỐC\s+GIÁM ĐỐC/u);
    expect(words).toMatch(/Trần Thị Hồng Hạnh\s+Nguyễn Văn Minh/u);
    expect(words).toContain('PL.(5)');
    expect(words).toMatch(/Số:\s+0\d\/KH-SKHCN/u);
    const told = JSON.parse(
      judges.run(process.execPath, antin, 'verify', '4.pdf', '--trust', 'goc.pem', '--json'),
    ) as Readonly<{ verdict: string; signatures: readonly Readonly<{ field: string; role: string }>[] }>;
    expect([told.verdict, ...told.signatures.map(({ field, role }) => `${field} ${role}`)]).toEqual([
      'valid',
      'initials-1 initials',
      'leader leader',
      'leader-2 leader',
      'seal seal',
    ]);
  });

  test('is signed in any order where its circuit says so', async () => {
    const { step } = joint;
    const id = await joint.submit({
      ...plan,
      coSigners: withDeputy(),
      steps: [step('sign', 'leader', { block: 1 }), deputySigns(joint, joint.delegation, { together: true })],
    });
    const base = await joint.page(id);
    await joint.sign(id, 'deputy');
    const first = await looked(id, 'b1.pdf', base);
    await joint.sign(id, 'leader');
    const second = await looked(id, 'b2.pdf', first.pdf);
    expect(second.signed).toEqual(['leader-2 leader Trần Thị Hồng Hạnh', 'leader leader Nguyễn Văn Minh']);
    joint.number(id);
    await joint.seal(id);
    expect((await looked(id, 'b3.pdf', second.pdf)).signed).toHaveLength(3);
  });

  test('that goes back to the first of them is signed anew on the page as it was', async () => {
    const { step } = joint;
    const lead = step('sign', 'leader', { block: 1 });
    const second = deputySigns(joint, joint.delegation);
    const id = await joint.submit({ ...plan, coSigners: withDeputy(), steps: [lead, second] });
    const base = await joint.page(id);
    await joint.sign(id, 'leader');
    joint.as('deputy').must('workflow.returnDraft', {
      documentId: id,
      stepId: second.id,
      toStep: lead.id,
      reason: 'Xem lại mốc thời gian.',
    });
    expect(Buffer.from(await joint.page(id)).equals(base)).toBe(true);
    await joint.sign(id, 'leader');
    await joint.sign(id, 'deputy');
    expect((await looked(id, 'c.pdf', base)).signed).toHaveLength(2);
  });

  test('is not submitted when its signing steps are not those of its co-signers', async () => {
    const { step } = joint;
    const lead = step('sign', 'leader', { block: 1 });
    const second = deputySigns(joint, joint.delegation);
    const submit = (coSigners: CoSigner[], steps: (typeof lead)[]) =>
      refusalOf(() => joint.submit({ ...plan, coSigners, steps }));
    expect(await submit(withDeputy(), [lead])).toBe('workflow.signature-blocks');
    expect(await submit([], [lead, second])).toBe('workflow.signature-blocks');
    expect(await submit([{ kind: 'here', person: null, as: '' }], [lead, second])).toBe(
      'drafting.no-co-signer',
    );
  });
});

describe('a leader with a picture of their own signature', () => {
  test('signs with that picture, cut to its strokes, and not with one drawn from the name', async () => {
    const { step, as } = joint;
    const leader = as('leader');
    expect(pictureOf(leader, 'person')).toBeNull();
    keepPicture(leader, 'person', signatureImage('Một người khác'));
    const { width, height } = ownPicture(signatureImage('Một người khác'), 'person');
    const id = await joint.submit({ ...plan, steps: [step('sign', 'leader')] });
    const base = await joint.page(id);
    await joint.sign(id, 'leader');
    const { pdf } = await looked(id, 'hinh.pdf', base);
    const revision = Buffer.from(pdf.subarray(base.length)).toString('latin1');
    expect(revision).toContain(`/Width ${width} /Height ${height}`);
    expect(await refusalOf(() => keepPicture(leader, 'seal', sealImage('Sở')))).toBe('documents.only-clerk');
    expect(pictureOf(leader, 'seal')).toBeNull();
  });
});

describe('minutes', () => {
  test('are signed by the secretary on the left and the chair on the right', async () => {
    const { step } = joint;
    const id = await joint.submit({
      kind: 'BB',
      template: 'bien-ban',
      subject: 'họp giao ban tháng 11',
      coSigners: [{ kind: 'here', person: joint.office.part('officer'), as: '' }],
      steps: [step('sign', 'officer', { block: 2 }), step('sign', 'leader', { block: 1 })],
    });
    const base = await joint.page(id);
    await joint.sign(id, 'officer');
    await joint.sign(id, 'leader');
    await looked(id, 'bb.pdf', base);
    const words = judges.run('pdftotext', '-layout', 'bb.pdf', '-').normalize('NFC');
    expect(words).toMatch(/THƯ KÝ\s+CHỦ TỌA/u);
    expect(words).toMatch(/Bùi Thị Ngọc\s+Nguyễn Văn Minh/u);
  });
});

describe('a paper with the leader of another agency', () => {
  const other: CoSigner = {
    kind: 'elsewhere',
    agency: 'Sở Tài chính tỉnh An Bình',
    symbol: 'STC',
    authority: 'KT.',
    of: 'Giám đốc',
    post: 'Phó Giám đốc',
    name: 'Nguyễn Văn Ấn',
  };
  const theirs = signingOffice();
  const signThere = (pdf: Uint8Array, field = 'leader-2') => {
    const signedAt = systemClock.now();
    return signField({ pdf, field, key: theirs.leader.key, signedAt, signerName: other.name });
  };

  test('names both agencies, takes the page back signed, and refuses every other file', async () => {
    const { step } = joint;
    const elsewhere = { agency: other.agency, name: other.name };
    const id = await joint.submit({
      ...plan,
      coSigners: [other],
      steps: [step('sign', 'leader', { block: 1 }), step('sign', 'officer', { block: 2, elsewhere })],
    });
    expect(joint.document(id).summary.symbol).toBe('KH-SKHCN-STC');
    const base = await joint.page(id);
    await joint.sign(id, 'leader');
    const mine = await joint.page(id);
    const bring = (pdf: Uint8Array) => refusalOf(() => joint.bring(id, 'officer', pdf));
    expect(await bring(mine)).toBe('signing.another-page');
    expect(await bring(await signThere(base))).toBe('signing.another-page');
    const filled = fillTextFields({ pdf: mine, values: { number: '07' } });
    expect(await bring(filled)).toBe('signing.not-the-signature-asked');
    expect(await bring(await signThere(filled))).toBe('signing.changed-elsewhere');
    expect(await bring(await signThere(mine, 'seal'))).toBe('signing.not-the-signature-asked');
    const spoiled = Uint8Array.from(await signThere(mine));
    spoiled[mine.length + 40] = (spoiled[mine.length + 40] ?? 0) ^ 1;
    expect(await bring(spoiled)).not.toBeNull();
    await joint.bring(id, 'officer', await signThere(mine));
    expect(joint.document(id).state).toBe('signed');
    joint.number(id);
    await joint.seal(id);
    const report = verifyPdf(await joint.page(id), {
      trust: [root, theirs.ca.certificateDer],
      at: systemClock.now(),
    });
    expect([report.verdict, ...report.signatures.map(({ field, role }) => `${field} ${role}`)]).toEqual([
      'valid',
      'leader leader',
      'leader-2 leader',
      'seal seal',
    ]);
    judges.saved('hai.pdf', await joint.page(id));
    const words = judges.run('pdftotext', '-layout', 'hai.pdf', '-').normalize('NFC');
    expect(words).toMatch(/SỞ KHOA HỌC VÀ CÔNG NGHỆ[\s\S]+SỞ TÀI CHÍNH TỈNH AN BÌNH/u);
    expect(words).toContain('PHÓ GIÁM ĐỐC');
  });
});
