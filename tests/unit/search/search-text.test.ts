import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldVietnamese, searchTerms } from '#shared/search/public.ts';

const papers = [
  'Quyết định số 15/2026/QĐ-UBND về nâng cấp đường tỉnh 925',
  'Quyết định số 151/QĐ-UBND về việc nghỉ lễ',
  'Công văn 15/SYT-VP về phòng, chống dịch',
];
const index = new Database(':memory:');

beforeAll(() => {
  index.exec('CREATE VIRTUAL TABLE paper USING fts5(words)');
  const insert = index.prepare('INSERT INTO paper (words) VALUES (?)');
  for (const words of papers) insert.run(foldVietnamese(words));
});
afterAll(() => index.close());

function found(typed: string): unknown[] {
  const terms = searchTerms(typed);
  if (terms === '') return [];
  return index.prepare('SELECT rowid FROM paper WHERE paper MATCH ? ORDER BY rowid').pluck().all(terms);
}

describe('finding a paper by words', () => {
  it.each([
    ['duong', [1]],
    ['ĐƯỜNG', [1]],
    ['đường tỉnh', [1]],
    ['qd 15', [1, 2]],
    ['qđ 15/2026', [1]],
    ['15 syt', [3]],
    ['nghi le', [2]],
    ['ngh', [2]],
    ['khong co', []],
  ])('“%s”', (typed, expected) => {
    expect(found(typed)).toEqual(expected);
  });

  it('never becomes a syntax error, whatever is typed', () => {
    const signs = fc.constantFrom(
      '"',
      "'",
      '*',
      '(',
      ')',
      'AND',
      'OR',
      'NOT',
      'NEAR',
      ':',
      '^',
      '-',
      '+',
      '\0',
      'đ',
      ' ',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(signs).map((parts) => parts.join('')),
    );
    const asking = fc.property(typed, (words) => {
      expect(() => found(words)).not.toThrow();
    });
    fc.assert(asking, { numRuns: 500 });
  });

  it('folds one letter to one letter, so that places in the text agree', () => {
    const text = 'Đặc khu Phú Quốc, đường Trần Hưng Đạo'.normalize('NFC');
    expect(foldVietnamese(text)).toBe('dac khu phu quoc, duong tran hung dao');
    expect(foldVietnamese(text)).toHaveLength(text.length);
  });
});
