import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  keepRevocationList,
  readRoots,
  trustHere,
  trustOf,
  trustRoot,
} from '#electron/features/signing/trust.ts';
import { CommandIdSchema, InstantSchema, type Hash } from '#shared/kernel/public.ts';
import { issueCrl, judgeCertificate, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { pem } from '../../support/pem.ts';
import { officePki, serialOf, today, tomorrow, type OfficePki } from '../../support/pki/office-pki.ts';
import { proofOffice, type ProofOffice } from '../../support/proof-office.ts';
import { refusalOf } from '../../support/store.ts';

let pki: OfficePki;
let elsewhere: OfficePki;
let office: ProofOffice;
let made = 0;

beforeAll(() => {
  pki = officePki();
  elsewhere = officePki('http://127.0.0.1:9');
  office = proofOffice(pki, today);
});
afterAll(() => {
  office.remove();
});

function newCommand() {
  made += 1;
  return CommandIdSchema.parse(`01980000-0000-7000-8000-${String(made).padStart(12, '0')}`);
}

function verdictOf(pdf: Uint8Array) {
  const { desk } = office.open();
  return verifyPdf(pdf, { ...trustOf(desk), at: desk.now() }).signatures[0];
}

function list(revoked: Parameters<typeof issueCrl>[0]['revoked'] = [], at = today): Uint8Array {
  return issueCrl({ ca: elsewhere.issuing, number: 1, at, nextUpdate: tomorrow, revoked });
}

const fromElsewhere = (): Promise<Uint8Array> =>
  signField({
    pdf: fieldedPdf(),
    field: 'leader',
    key: elsewhere.leader.key,
    signedAt: today,
    signerName: 'Người nơi khác',
  });

test('a signature from elsewhere counts once its root is believed and its lists are here, and not before', async () => {
  const pdf = await fromElsewhere();
  const administrator = office.as('administrator');
  expect(verdictOf(pdf)).toMatchObject({ verdict: 'indeterminate', reasons: ['no-path-to-trust'] });

  const file = Buffer.from(pem('CERTIFICATE', elsewhere.root.certificateDer));
  const [offered] = readRoots(administrator, file);
  const fingerprint = offered?.fingerprint as Hash;
  trustRoot(administrator, { commandId: newCommand(), file, fingerprint });
  expect(trustHere(administrator).roots.map((root) => root.fingerprint)).toEqual([fingerprint]);
  expect(verdictOf(pdf)).toMatchObject({ verdict: 'indeterminate', reasons: ['no-revocation-data'] });

  const rootList = issueCrl({ ca: elsewhere.root, number: 1, at: today, nextUpdate: tomorrow, revoked: [] });
  keepRevocationList(administrator, rootList);
  keepRevocationList(administrator, Buffer.from(pem('X509 CRL', list())));
  expect(verdictOf(pdf)).toMatchObject({ verdict: 'valid', reasons: [] });
});

test('a newer list counts at once, an older or a stale one is not taken', async () => {
  const administrator = office.as('administrator');
  const pdf = await fromElsewhere();
  const later = InstantSchema.parse('2026-11-23T01:21:00.000Z');
  const revoked = { serial: serialOf(elsewhere.leader), at: today, reason: 'key-compromise' } as const;
  office.setNow('2026-11-23T01:30:00.000Z');
  keepRevocationList(administrator, list([revoked], later));
  expect(verdictOf(pdf)).toMatchObject({ verdict: 'invalid', trust: 'revoked' });
  expect(await refusalOf(() => keepRevocationList(administrator, list()))).toBe('signing.list-older');
  const stale = issueCrl({
    ca: elsewhere.issuing,
    number: 9,
    at: InstantSchema.parse('2026-01-02T00:00:00.000Z'),
    nextUpdate: InstantSchema.parse('2026-01-03T00:00:00.000Z'),
    revoked: [],
  });
  expect(await refusalOf(() => keepRevocationList(administrator, stale))).toBe('signing.list-stale');
  expect(await refusalOf(() => keepRevocationList(administrator, Buffer.from('không phải')))).toBe(
    'signing.unreadable-list',
  );
});

test('a root is believed no longer once somebody says why, and twice is refused', async () => {
  const administrator = office.as('administrator');
  const file = Buffer.from(elsewhere.root.certificateDer);
  const fingerprint = readRoots(administrator, file)[0]?.fingerprint as Hash;
  const again = trustRoot(administrator, { commandId: newCommand(), file, fingerprint });
  expect(again.reply).toMatchObject({ ok: false, refusal: { code: 'directory.root-trusted-already' } });
  administrator.must('directory.distrustRoot', { fingerprint, reason: 'Nơi cấp đã ngừng dịch vụ.' });
  expect(trustHere(administrator).roots).toEqual([]);
  expect(verdictOf(await fromElsewhere())).toMatchObject({ reasons: ['no-path-to-trust'] });
});

test('only an authority can be believed: a person’s certificate or rubbish is refused with why', async () => {
  const administrator = office.as('administrator');
  const person = Buffer.from(elsewhere.leader.certificateDer);
  expect(await refusalOf(() => readRoots(administrator, person))).toBe('signing.no-authority-in-file');
  expect(await refusalOf(() => readRoots(administrator, Buffer.from('abc')))).toBe(
    'signing.unreadable-trust',
  );
});

test('nobody signs with a certificate that is known to be revoked, and nothing is written', async () => {
  const administrator = office.as('administrator');
  const before = await office.sealed();
  const revoked = { serial: serialOf(pki.leader), at: today, reason: 'superseded' } as const;
  const ca = pki.issuing;
  keepRevocationList(
    administrator,
    issueCrl({ ca, number: 2, at: today, nextUpdate: tomorrow, revoked: [revoked] }),
  );
  const { desk } = office.open();
  const question = { certificate: pki.leader.certificateDer, chain: pki.leader.key.chain, at: desk.now() };
  expect(judgeCertificate({ ...question, ...trustOf(desk) })).toEqual({
    trust: 'revoked',
    reason: 'revoked',
    revokedAt: today,
  });
  expect(judgeCertificate({ ...question, trust: [], evidence: trustOf(desk).evidence }).trust).toBe(
    'unknown',
  );
  expect(await refusalOf(() => office.sealed())).toBe('signing.certificate-revoked');
  // What was signed before stays readable, and is told to be revoked now.
  expect(office.outgoing(before).state).toBe('sealed');
});
