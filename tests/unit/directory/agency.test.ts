import { describe, expect, test } from 'vitest';
import type { Agency, AgencyDetails } from '#shared/directory/public.ts';
import { AgencyIdSchema } from '#shared/kernel/public.ts';
import { ask, codeOf } from '../../support/ask.ts';
import { aPerson, anAgency, day, idNumber } from '../../support/builders.ts';

const administrator = aPerson({ roles: ['administrator'] });
const own = anAgency();
const other = anAgency({ id: AgencyIdSchema.parse(idNumber(9001)), own: false, books: [] });
const book = { id: 'chung', name: 'Văn bản hành chính', kinds: [] };
const code = { form: 'qd20', code: 'H99.14', validFrom: day('2025-07-01'), validTo: null } as const;

function describeAgency({ id, ...agency }: Agency, change: Partial<AgencyDetails>) {
  const body = { agencyId: id, details: { ...agency, ...change } };
  return codeOf(ask('directory.describeAgency', { by: administrator, body, known: { agency: own } }));
}

describe('what an agency is described by', () => {
  test('our own agency stays our own, and no other becomes it', () => {
    expect(describeAgency(own, { contact: 'Số 12 đường Độc Lập' })).toBeNull();
    expect(describeAgency(own, { own: false })).toBe('directory.own-agency');
    expect(describeAgency(other, {})).toBeNull();
    expect(describeAgency(other, { own: true })).toBe('directory.own-agency');
  });

  test('our own agency has a book to number from, each with an id of its own', () => {
    expect(describeAgency(own, { books: [] })).toBe('directory.no-book');
    expect(describeAgency(own, { books: [book, { ...book, name: 'Giấy mời' }] })).toBe(
      'directory.book-twice',
    );
    expect(describeAgency(own, { books: [book, { ...book, id: 'giay-moi' }] })).toBeNull();
  });

  test('codes of both forms stand side by side, none ending before it begins', () => {
    const older = { ...code, form: 'old13', code: '000.00.14.H99' } as const;
    expect(describeAgency(own, { codes: [code, older] })).toBeNull();
    expect(describeAgency(own, { codes: [code, { ...older, validTo: day('2025-06-30') }] })).toBe(
      'directory.dates-reversed',
    );
  });
});
