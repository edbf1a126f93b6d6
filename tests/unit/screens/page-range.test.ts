import { expect, test } from 'vitest';
import { readPages, sayPages } from '#renderer/features/documents/page-range.ts';

test.each([
  ['1', [1]],
  [' 1, 3-5 ', [1, 3, 4, 5]],
  ['1; 3 – 4', [1, 3, 4]],
  ['4, 1-2, 2', [1, 2, 4]],
  ['', null],
  ['1,', null],
  ['0', null],
  ['1-9', null],
  ['5-3', null],
  ['một', null],
])('“%s” of eight pages is read as %j', (said, pages) => {
  expect(readPages(said, 8)).toEqual(pages);
});

test('pages are said as people write them', () => {
  expect(sayPages([1, 3, 4, 5, 8])).toBe('1, 3-5, 8');
});
