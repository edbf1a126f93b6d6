import { expect, test } from 'vitest';
import { isStrongPassphrase } from '#electron/store/passphrase-rule.ts';

test.each([
  ['Ấn Tín 2026!', true],
  ['Ấn Tín 2026!'.normalize('NFD'), true],
  ['đĐ1!đĐ1!', true],
  ['Abcdef1!', true],
  ['Abcde1!', false],
  ['Ầ1!ầầầ', false],
  ['Ầ1!ầầầ'.normalize('NFD'), false],
  ['abcdefg1!', false],
  ['ABCDEFG1!', false],
  ['Abcdefgh!', false],
  ['Abcdefg 12', false],
  ['', false],
])('“%s” is a passphrase the rule of 2026 takes: %s', (passphrase, isStrong) => {
  expect(isStrongPassphrase(passphrase)).toBe(isStrong);
});
