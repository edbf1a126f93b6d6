import { describe, expect, test } from 'vitest';
import {
  bookIdFrom,
  emptyForm,
  formOf,
  readForm,
  remarkOn,
  takenKinds,
  type BookRow,
} from '#renderer/features/administration/agencies/agency-form.ts';
import { anAgency } from '../../support/builders.ts';

const book = (over: Partial<BookRow>): BookRow => ({
  key: over.name ?? '',
  id: 'chung',
  name: 'Văn bản hành chính',
  kinds: [],
  isKept: true,
  ...over,
});

describe('the form of an agency', () => {
  test('saves what it was opened with, word for word', () => {
    const agency = anAgency();
    const { details } = readForm(formOf(agency), agency.own);
    expect(agency).toMatchObject(details ?? {});
    expect(details?.books).toEqual(agency.books);
  });

  test('names every field that is not right yet', () => {
    const code = {
      key: 'a',
      form: 'qd20',
      code: 'H9',
      validFrom: null,
      validTo: null,
      isKept: false,
    } as const;
    const form = { ...emptyForm(null), codes: [code], books: [book({ id: 'Sổ 1', name: ' ' })] };
    expect(readForm(form, false).faults).toEqual(
      new Set(['name', 'place', 'symbol', 'codes.0.code', 'codes.0.validFrom', 'books.0.id', 'books.0.name']),
    );
  });

  test('makes a book’s id from its name', () => {
    expect(bookIdFrom('Quyết định')).toBe('quyet-dinh');
    expect(bookIdFrom('  Giấy mời, giấy giới thiệu và phiếu gửi ')).toBe('giay-moi-giay-gioi-thieu-va-ph');
  });

  test('shows a kind as taken by the other book only, and which kinds would be left without one', () => {
    const decisions = book({ name: 'Quyết định', kinds: ['QĐ'] });
    const rest = book({ name: 'Khác' });
    expect([...takenKinds([decisions, rest], rest.key)]).toEqual([['QĐ', 'Quyết định']]);
    expect(takenKinds([decisions, rest], decisions.key).size).toBe(0);
    expect(remarkOn([decisions, rest])).toBeNull();
    expect(remarkOn([decisions])).toBe('none-for-the-rest');
    expect(remarkOn([rest, rest])).toBe('two-for-the-rest');
    expect(remarkOn([])).toBeNull();
  });
});
