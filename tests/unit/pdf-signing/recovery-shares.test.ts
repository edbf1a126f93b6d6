import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/kernel/public.ts';
import { joinPassphrase, splitPassphrase } from '#shared/node/pdf-signing/public.ts';
import { combineShares, splitSecret } from '#shared/node/pdf-signing/pki/split-secret.ts';

const passphrase = 'Cụm mật khẩu của khóa gốc, 2026';

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'no refusal';
}

function subsets<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) => subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));
}

describe("the keepers of the root's passphrase", () => {
  test.each([
    [2, 2],
    [3, 5],
    [5, 7],
    [16, 16],
  ])('open it again whichever %i of %i come together', (needed, shares) => {
    const lines = splitPassphrase(passphrase, { needed, shares });
    expect(lines).toHaveLength(shares);
    for (const some of subsets(lines, needed)) {
      expect(joinPassphrase(some.toReversed())).toBe(passphrase);
    }
  });

  test('learn nothing while one is missing: every secret fits what they have', () => {
    const seen = new Set<number>();
    // Two of three known points of a parabola leave its value at zero open.
    for (let i = 0; i < 8000; i++) {
      const [first] = splitSecret(Uint8Array.of(42), { needed: 2, shares: 2 });
      seen.add(first?.y[0] ?? -1);
    }
    expect(seen.size).toBe(256);
    const [a, b] = splitSecret(Uint8Array.of(1, 2, 3), { needed: 3, shares: 3 });
    if (a === undefined || b === undefined) throw new Error('no shares');
    expect(combineShares([a, b])).toHaveLength(3);
  });

  test('may copy by hand: small letters, spaces, an O for a nought, an l for a one', () => {
    const lines = splitPassphrase(passphrase, { needed: 2, shares: 3 }).slice(1);
    const copied = lines.map((line) =>
      line.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l'),
    );
    expect(joinPassphrase(copied)).toBe(passphrase);
  });

  test('are told which line is misread, that one is missing, or that lines are of two splittings', () => {
    const plan = { needed: 3, shares: 5 };
    const [a = '', b = '', c = ''] = splitPassphrase(passphrase, plan);
    const [other = ''] = splitPassphrase(passphrase, plan);
    const misread = c.replace(/.$/, (last) => (last === 'Z' ? 'Y' : 'Z')).replace(/^./, 'Z');
    expect([
      refusal(() => joinPassphrase([a, b, misread])),
      refusal(() => joinPassphrase([a, b])),
      refusal(() => joinPassphrase([a, b, b])),
      refusal(() => joinPassphrase([])),
      refusal(() => joinPassphrase([a, b, other])),
      refusal(() => joinPassphrase([''])),
    ]).toEqual([
      'signing.share-unreadable',
      'signing.shares-too-few',
      'signing.shares-too-few',
      'signing.shares-too-few',
      'signing.shares-of-other-sets',
      'signing.share-unreadable',
    ]);
  });

  test('never open to something else when any letter is changed', () => {
    const lines = splitPassphrase(passphrase, { needed: 2, shares: 2 });
    const [first = '', second = ''] = lines;
    for (let i = 0; i < first.length - 1; i++) {
      if (first[i] === '-') continue;
      const changed = `${first.slice(0, i)}${first[i] === '7' ? '8' : '7'}${first.slice(i + 1)}`;
      expect(refusal(() => joinPassphrase([changed, second]))).toBe('signing.share-unreadable');
    }
  });

  test('are not appointed where one alone would do, or where nobody could', () => {
    expect([
      refusal(() => splitPassphrase(passphrase, { needed: 1, shares: 3 })),
      refusal(() => splitPassphrase(passphrase, { needed: 4, shares: 3 })),
      refusal(() => splitPassphrase(passphrase, { needed: 2, shares: 17 })),
      refusal(() => splitPassphrase('', { needed: 2, shares: 3 })),
      refusal(() => splitPassphrase('x'.repeat(201), { needed: 2, shares: 3 })),
    ]).toEqual([
      'signing.share-plan-wrong',
      'signing.share-plan-wrong',
      'signing.share-plan-wrong',
      'signing.share-passphrase-length',
      'signing.share-passphrase-length',
    ]);
  });
});
