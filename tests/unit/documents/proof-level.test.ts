import { expect, test } from 'vitest';
import { isBelow, proofLevels } from '#shared/kernel/public.ts';
import { levelOf, type SignatureReport } from '#shared/signing/public.ts';

function signatures(...levels: readonly string[]): { signatures: SignatureReport[] } {
  // Only the level is looked at.
  return { signatures: levels.map((level) => ({ level }) as SignatureReport) };
}

test('a file is proven as far as the least of its signatures; stamps over it are none', () => {
  expect(levelOf(signatures('B-LTA', 'B-T', 'B-LTA', 'DocTimeStamp'))).toBe('B-T');
  expect(levelOf(signatures('B-LTA', 'B-LTA', 'DocTimeStamp'))).toBe('B-LTA');
  expect(levelOf(signatures('B-LTA', 'PKCS7'))).toBe('B-B');
  expect(levelOf(signatures())).toBe('B-B');
});

test('levels follow each other', () => {
  const ordered = proofLevels.flatMap((one, i) =>
    proofLevels.map((other, j) => isBelow(one, other) === i < j),
  );
  expect(ordered.every(Boolean)).toBe(true);
});
