import { describe, expect, test } from 'vitest';
import type { Lease, Register } from '#shared/documents/public.ts';
import { DeviceIdSchema, LeaseIdSchema, dayOf, type Instant } from '#shared/kernel/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import {
  aFile,
  aPerson,
  aSummary,
  anAgency,
  anOutgoing,
  day,
  idNumber,
  instant,
} from '../../support/builders.ts';

const clerk = aPerson({ roles: ['clerk'] });
const agency = anAgency();
const device = DeviceIdSchema.parse(idNumber(1));
const other = DeviceIdSchema.parse(idNumber(2));

function aLease(over: Partial<Lease> = {}): Lease {
  return {
    id: LeaseIdSchema.parse(idNumber(3)),
    device,
    person: clerk.id,
    givenBy: clerk.id,
    from: 21,
    to: 30,
    // Monday morning to Friday evening.
    givenAt: instant('2026-11-23T01:00:00.000Z'),
    until: instant('2026-11-27T10:00:00.000Z'),
    used: [21],
    ended: null,
    ...over,
  };
}

const register = (lease: Lease): Register => ({ book: 'all', year: 2026, last: 33, leases: [lease] });

type Use = Readonly<{
  number?: number;
  issuedOn?: string;
  claimed?: Instant;
  at?: Instant;
  from?: typeof device;
  lease?: Lease;
  signedAt?: Instant;
}>;

const wednesday = instant('2026-11-25T03:00:00.000Z');

function numbering(use: Use = {}) {
  const { number = 22, claimed = wednesday, at = instant('2026-11-27T09:00:00.000Z'), from = device } = use;
  const { lease = aLease(), issuedOn = dayOf(claimed), signedAt = claimed } = use;
  const document = anOutgoing({ state: 'signed', signedAt, summary: aSummary({ symbol: 'SKHCN-VP' }) });
  const body = {
    documentId: document.id,
    book: 'all',
    issuedOn,
    leased: { leaseId: lease.id, year: 2026, number },
  };
  const known = { agency, documents: [document], registers: [register(lease)] };
  const decision = ask('documents.number', { by: clerk, body, known, at, claimed, device: from });
  return { document, decision };
}

describe('a number out of a desk’s block', () => {
  test('stands on the paper with the day it was given there, though the server hears of it days later', () => {
    const { document, decision } = numbering();
    expect(after('document', document, decision).number).toEqual({
      book: 'all',
      number: 22,
      year: 2026,
      notation: '22/SKHCN-VP',
      issuedOn: '2026-11-25',
      lease: aLease().id,
    });
  });

  test('bears no day that the desk’s own moment of giving does not allow (NĐ 30 Đ15)', () => {
    expect(codeOf(numbering({ issuedOn: '2026-11-26' }).decision)).toBe('documents.issue-day');
    // Signed the day before, at most one working day back.
    const tuesday = instant('2026-11-24T03:00:00.000Z');
    expect(codeOf(numbering({ issuedOn: '2026-11-24', signedAt: tuesday }).decision)).toBeNull();
    const friday = instant('2026-11-20T03:00:00.000Z');
    expect(codeOf(numbering({ issuedOn: '2026-11-20', signedAt: friday }).decision)).toBe(
      'documents.issue-day',
    );
    // A clock that is a year off counts as the nearest moment the server knows itself.
    const lastYear = instant('2025-11-25T03:00:00.000Z');
    expect(codeOf(numbering({ claimed: lastYear }).decision)).toBe('documents.issue-day');
    const given = numbering({ claimed: lastYear, issuedOn: day('2026-11-23') });
    expect(codeOf(given.decision)).toBeNull();
  });

  test('is refused by its own code for each thing that is wrong with it', () => {
    const ended = (how: 'returned' | 'expired' | 'voided' | 'revoked') =>
      aLease({ used: [], ended: { how, reason: null, at: wednesday, on: dayOf(wednesday), voids: [22] } });
    const codes = [
      numbering({ from: other }),
      numbering({ number: 20 }),
      numbering({ number: 31 }),
      numbering({ number: 21 }),
      numbering({ at: instant('2026-11-27T10:00:00.001Z') }),
      numbering({ lease: ended('returned') }),
      numbering({ lease: ended('expired') }),
      numbering({ lease: ended('voided') }),
      numbering({ lease: ended('revoked') }),
    ].map(({ decision }) => codeOf(decision));
    expect(codes).toEqual([
      'documents.lease-of-another-desk',
      'documents.lease-outside',
      'documents.lease-outside',
      'documents.lease-number-used',
      'documents.lease-over',
      'documents.lease-returned',
      'documents.lease-over',
      'documents.lease-voided',
      'documents.lease-voided',
    ]);
  });
});

test('a page sealed with another number or day than the register gave does not get in', () => {
  const number = {
    book: 'all',
    number: 34,
    year: 2026,
    notation: '34/SKHCN-VP',
    issuedOn: day('2026-11-25'),
  };
  const document = anOutgoing({ state: 'numbered', number, attachments: [] });
  const seal = (stamped?: object) =>
    codeOf(
      ask('documents.seal', {
        by: clerk,
        body: { documentId: document.id, file: aFile(), ...(stamped === undefined ? {} : { stamped }) },
        known: { documents: [document] },
      }),
    );
  expect(seal({ notation: '34/SKHCN-VP', issuedOn: '2026-11-25' })).toBeNull();
  expect(seal({ notation: '22/SKHCN-VP', issuedOn: '2026-11-25' })).toBe('documents.sealed-other-number');
  expect(seal({ notation: '34/SKHCN-VP', issuedOn: '2026-11-24' })).toBe('documents.sealed-other-number');
});
