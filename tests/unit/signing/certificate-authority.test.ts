import { describe, expect, test } from 'vitest';
import {
  standingOf,
  whyNotKeepers,
  type CertificateAuthority,
  type CertificateRecord,
} from '#shared/signing/public.ts';
import { ask, codeOf } from '../../support/ask.ts';
import { aPerson, anAgency, hashOf, ids, instant, mondayMorning } from '../../support/builders.ts';

const administrator = aPerson({ roles: ['administrator'] });
const holder = aPerson();
const agency = anAgency();
const facts = {
  certificate: 'AAAA',
  name: 'CA',
  validFrom: instant('2026-01-01T00:00:00.000Z'),
  validTo: instant('2031-01-01T00:00:00.000Z'),
};
const level = { ...facts, serial: '02', revoked: null };
const authority: CertificateAuthority = {
  id: agency.id,
  root: { ...facts, serial: '01', fingerprint: hashOf(1) },
  keepers: { needed: 2, names: ['An', 'Bình'] },
  levels: [level],
};
const record: CertificateRecord = {
  ...facts,
  id: '03',
  serial: '03',
  name: holder.name,
  holder: { use: 'person', person: holder.id },
  level: '02',
  renews: null,
  issuedBy: administrator.id,
  issuedAt: mondayMorning,
  revoked: null,
};
const revoked = {
  since: mondayMorning,
  reason: 'superseded' as const,
  why: 'Thay thẻ.',
  revokedBy: administrator.id,
};

function certify(over: Partial<CertificateRecord> = {}, known: Parameters<typeof ask>[1]['known'] = {}) {
  const { id: _id, issuedBy: _by, issuedAt: _at, revoked: _r, ...issued } = { ...record, ...over };
  return ask('authority.certify', {
    by: administrator,
    body: { ...issued, serial: '09' },
    known: { agency, people: [holder], authorities: [authority], ...known },
  });
}

describe('the keepers of the root', () => {
  test.each([
    [2, ['An', 'Bình'], null],
    [3, ['An', 'Bình'], 'signing.keepers-too-few'],
    [2, ['Lê An', 'lê an'], 'signing.keeper-twice'],
  ])('open it with %s of %s: %s', (needed, names, code) => {
    expect(whyNotKeepers({ needed, names })?.code ?? null).toBe(code);
  });
});

describe('a certificate', () => {
  test('is issued by a level that still runs, to somebody who is here, and named in the directory', () => {
    const decision = certify();
    expect(decision).toMatchObject([{ type: 'certificateIssued' }, { type: 'personCertified' }]);
    expect(certify({ holder: { use: 'seal' } })).toMatchObject([
      { type: 'certificateIssued' },
      { type: 'agencyCertified', body: { sealCertificate: 'AAAA' } },
    ]);
    expect(codeOf(certify({}, { authorities: [] }))).toBe('signing.no-authority');
    const taken = { ...authority, levels: [{ ...level, revoked }] };
    expect(codeOf(certify({}, { authorities: [taken] }))).toBe('signing.level-ended');
    const ended = { ...authority, levels: [{ ...level, validTo: mondayMorning }] };
    expect(codeOf(certify({}, { authorities: [ended] }))).toBe('signing.level-ended');
    expect(codeOf(certify({}, { people: [{ ...holder, active: false }] }))).toBe('directory.person-left');
  });

  test('carries on only one of the same holder that was not taken back', () => {
    const renewed = (before: Partial<CertificateRecord>) =>
      codeOf(certify({ renews: '03' }, { certificates: [{ ...record, ...before }] }));
    expect(renewed({})).toBeNull();
    expect(renewed({ revoked })).toBe('signing.certificate-revoked-already');
    expect(renewed({ holder: { use: 'person', person: ids.person() } })).toBe('signing.unknown-certificate');
    expect(codeOf(certify({ renews: '03' }))).toBe('signing.unknown-certificate');
  });

  test('is taken back from a moment within its time, with a reason, once', () => {
    const takeBack = (since: string, certificates = [record]) =>
      codeOf(
        ask('authority.takeBack', {
          by: administrator,
          body: { serial: '03', since, reason: 'key-compromise', why: 'Mất thẻ.' },
          known: { agency, certificates },
        }),
      );
    expect(takeBack(mondayMorning)).toBeNull();
    expect(takeBack('2026-11-23T02:00:01.000Z')).toBe('signing.revocation-moment-wrong');
    expect(takeBack('2025-12-31T23:59:59.000Z')).toBe('signing.revocation-moment-wrong');
    expect(takeBack(mondayMorning, [{ ...record, revoked }])).toBe('signing.certificate-revoked-already');
    expect(takeBack(mondayMorning, [])).toBe('signing.unknown-certificate');
  });

  test.each([
    ['valid', {}, { isCurrent: true }],
    ['ending', { validTo: instant('2026-12-20T00:00:00.000Z') }, { isCurrent: true }],
    ['replaced', {}, { isCurrent: false }],
    ['ended', { validTo: mondayMorning }, { isCurrent: true }],
    ['revoked', { revoked }, { isCurrent: true }],
    ['revoked', {}, { isCurrent: true, authority: { ...authority, levels: [{ ...level, revoked }] } }],
  ])('is told to be %s', (standing, over, seen) => {
    const now = mondayMorning;
    expect(standingOf({ ...record, ...over }, { now, authority, ...seen })).toBe(standing);
  });
});

test('an agency founds one authority, and goes on trusting the root it had', () => {
  const { revoked: _none, ...first } = level;
  const found = (own: typeof agency, authorities: readonly CertificateAuthority[] = []) =>
    ask('authority.found', {
      by: administrator,
      body: { root: authority.root, level: first, keepers: authority.keepers, formerRoot: hashOf(7) },
      known: { agency: own, authorities },
    });
  expect(found(agency)).toMatchObject([{ type: 'authorityFounded' }, { type: 'agencyCertified' }]);
  expect(found({ ...agency, rootCertificate: 'BBBB' })).toMatchObject([
    {},
    {},
    { type: 'rootTrusted', body: { fingerprint: hashOf(7), certificate: 'BBBB' } },
  ]);
  expect(codeOf(found(agency, [authority]))).toBe('signing.authority-there');
});
