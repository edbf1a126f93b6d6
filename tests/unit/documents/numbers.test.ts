import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayOf,
  instantFrom,
  isWorkingDay,
  yearOf,
  type Day,
  type Instant,
} from '#shared/kernel/public.ts';
import {
  bookFor,
  isIssueDayAllowed,
  issueBy,
  notationOf,
  presentBy,
  registerId,
  type Outgoing,
} from '#shared/documents/public.ts';
import { after, ask, codeOf, plainCalendar } from '../../support/ask.ts';
import {
  aPerson,
  aSummary,
  anAgency,
  anIncoming,
  anOutgoing,
  day,
  instant,
  someFields,
  theHead,
} from '../../support/builders.ts';

const clerk = aPerson({ roles: ['clerk'] });
const head = theHead();

describe('the day on an issued paper (NĐ 30 Đ15)', () => {
  const allowed = (issuedOn: string, signedAt: string, at: string, holidays: Day[] = []) =>
    isIssueDayAllowed(
      day(issuedOn),
      { signedAt: instant(signedAt), at: instant(at) },
      { holidays, extraWorkingDays: [] },
    );

  test('is the day of numbering', () => {
    expect(allowed('2026-11-23', '2026-11-20T08:00:00.000Z', '2026-11-23T02:00:00.000Z')).toBe(true);
    expect(allowed('2026-11-24', '2026-11-20T08:00:00.000Z', '2026-11-23T02:00:00.000Z')).toBe(false);
  });

  test('or the day of signing, at most one working day back', () => {
    // Signed on Friday, numbered on Monday.
    expect(allowed('2026-11-20', '2026-11-20T08:00:00.000Z', '2026-11-23T02:00:00.000Z')).toBe(true);
    expect(allowed('2026-11-19', '2026-11-19T08:00:00.000Z', '2026-11-23T02:00:00.000Z')).toBe(false);
    // Neither the day of signing nor of numbering.
    expect(allowed('2026-11-21', '2026-11-20T08:00:00.000Z', '2026-11-23T02:00:00.000Z')).toBe(false);
  });

  test('over days off as over a weekend', () => {
    const holidays = [day('2026-09-02'), day('2026-09-03')];
    expect(allowed('2026-09-01', '2026-09-01T08:00:00.000Z', '2026-09-04T02:00:00.000Z', holidays)).toBe(
      true,
    );
  });

  test('but never of last year', () => {
    expect(allowed('2026-12-31', '2026-12-31T08:00:00.000Z', '2027-01-01T02:00:00.000Z')).toBe(false);
    expect(allowed('2027-01-01', '2026-12-31T08:00:00.000Z', '2027-01-01T02:00:00.000Z')).toBe(true);
  });

  test('for any two moments: one of the two days, of the year of numbering, at most one working day back', () => {
    const anyInstant = fc.integer({ min: 0, max: 10 * 365 * 24 }).map((h): Instant => {
      return instantFrom(Date.parse('2024-01-01T00:00:00Z') + h * 3_600_000);
    });
    fc.assert(
      fc.property(anyInstant, fc.nat(24 * 12), fc.integer({ min: -12, max: 2 }), (signedAt, hours, back) => {
        const at = instantFrom(Date.parse(signedAt) + hours * 3_600_000);
        const issuedOn = addDays(dayOf(at), back);
        if (!isIssueDayAllowed(issuedOn, { signedAt, at }, plainCalendar)) return;
        expect([dayOf(at), dayOf(signedAt)]).toContain(issuedOn);
        expect(yearOf(issuedOn)).toBe(yearOf(dayOf(at)));
        const between = Array.from({ length: -back }, (_, n) => addDays(issuedOn, n + 1)).slice(0, -1);
        expect(between.filter((one) => isWorkingDay(one, plainCalendar))).toEqual([]);
      }),
    );
  });

  test('the next working day is the last for issuing and for presenting (NĐ 30 Đ18, Đ23)', () => {
    expect(issueBy(instant('2026-11-27T08:00:00.000Z'), plainCalendar)).toBe('2026-11-30');
    expect(presentBy(day('2026-11-28'), plainCalendar)).toBe('2026-11-30');
  });
});

describe('numbers', () => {
  const agency = anAgency({
    books: [
      { id: 'decisions', name: 'Quyết định', kinds: ['QĐ'] },
      { id: 'all', name: 'Văn bản khác', kinds: [] },
    ],
  });
  const number = (document: Outgoing, book: string, over: object = {}) =>
    ask('documents.number', {
      by: clerk,
      body: { documentId: document.id, book, issuedOn: '2026-11-23' },
      known: { agency, documents: [document], ...over },
    });

  test('come from the book the head of the agency set for the kind', () => {
    expect([bookFor(agency, 'QĐ'), bookFor(agency, 'CV'), bookFor({ books: [] }, 'CV')]).toEqual([
      'decisions',
      'all',
      null,
    ]);
    const decision = anOutgoing({ state: 'signed', summary: aSummary({ kind: 'QĐ', symbol: 'QĐ-SKHCN' }) });
    expect(codeOf(number(decision, 'all'))).toBe('documents.wrong-book');
    const registers = [{ book: 'decisions', year: 2026, last: 14 }];
    expect(after('document', decision, number(decision, 'decisions', { registers })).number).toEqual({
      book: 'decisions',
      number: 15,
      year: 2026,
      notation: '15/QĐ-SKHCN',
      issuedOn: '2026-11-23',
    });
  });

  test('below ten take a zero (NĐ 30 PL1 II.3)', () => {
    expect(notationOf(5, 'SKHCN-VP')).toBe('05/SKHCN-VP');
    expect(notationOf(105, 'SKHCN-VP')).toBe('105/SKHCN-VP');
    expect([notationOf('136', 'ĐN'), notationOf('', 'ĐN'), notationOf('136', '')]).toEqual([
      '136/ĐN',
      'ĐN',
      '136',
    ]);
  });

  test('of arrivals begin again at 1 on 1 January, by the calendar of Vietnam (NĐ 30 Đ22)', () => {
    const arrive = (at: string) => {
      const document = anIncoming();
      const decision = ask('documents.registerIncoming', {
        by: clerk,
        body: { documentId: document.id, fields: someFields(), presentTo: head.id },
        at: instant(at),
        known: {
          documents: [document],
          people: [head],
          registers: [{ book: 'arrivals', year: 2026, last: 812 }],
        },
      });
      return after('document', document, decision).arrival;
    };
    expect(arrive('2026-12-31T16:59:59.999Z')).toEqual({ number: 813, year: 2026, day: '2026-12-31' });
    expect(arrive('2026-12-31T17:00:00.000Z')).toEqual({ number: 1, year: 2027, day: '2027-01-01' });
    expect(registerId('arrivals', 2027)).toBe('arrivals-2027');
  });

  test('of arrivals are given to nobody who may not direct, and to no paper of tomorrow', () => {
    const register = (presentTo: typeof head, over: Parameters<typeof someFields>[0] = {}) => {
      const document = anIncoming();
      return codeOf(
        ask('documents.registerIncoming', {
          by: clerk,
          body: { documentId: document.id, fields: someFields(over), presentTo: presentTo.id },
          known: { documents: [document], people: [presentTo] },
        }),
      );
    };
    expect(register(head)).toBeNull();
    expect(register(aPerson({ roles: ['chief'] }))).toBeNull();
    expect(register(aPerson())).toBe('documents.present-to-leader');
    expect(register(theHead({ active: false }))).toBe('directory.unknown-person');
    expect(register(head, { issuedOn: day('2026-11-24') })).toBe('documents.dated-in-future');
  });
});

describe('issuing', () => {
  test('names the paper it answers as the draft does, and links it there', () => {
    const asked = anIncoming({ state: 'in-progress' });
    const answer = anOutgoing({ state: 'sealed', repliesTo: asked.id });
    const issue = (repliesTo: string | null) =>
      ask('documents.issue', {
        by: clerk,
        body: {
          documentId: answer.id,
          recipients: [{ name: 'UBND tỉnh', kind: 'agency' }],
          copies: 1,
          repliesTo,
        },
        known: { documents: [answer, asked] },
      });
    expect(codeOf(issue(null))).toBe('documents.other-reply');
    expect(after('document', asked, issue(asked.id)).replies).toEqual([answer.id]);
    expect(after('document', answer, issue(asked.id)).state).toBe('issued');
  });
});
