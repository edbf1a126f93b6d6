import { expect, test } from 'vitest';
import { readNotation } from '#renderer/ui/notation-entry.ts';

test.each([
  ['15/qđ-ubnd', '15/QĐ-UBND'],
  ['15 / qd - ubnd', '15/QĐ-UBND'],
  ['Số: 07/ctr-ubnd', '07/CTr-UBND'],
  ['số 120/ttr-snv', '120/TTr-SNV'],
  ['136/đn-cc-tc', '136/ĐN-CC-TC'],
  ['2119/2009/qđ-ubnd', '2119/2009/QĐ-UBND'],
  ['136/attp-tc', '136/ATTP-TC'],
  ['  ', ''],
])('%s becomes %s', (typed, expected) => {
  expect(readNotation(typed)).toBe(expected);
});
