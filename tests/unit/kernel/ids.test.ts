import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CommandIdSchema, HashSchema, uuidV7From } from '#shared/kernel/public.ts';

describe('an id', () => {
  test('is the example of RFC 9562 A.6', () => {
    // rand_a = 0xCC3, rand_b = 0x18C4DC0C0C07398F, as drawn in the appendix.
    const random = Uint8Array.from([0xcc, 0x31, 0x8c, 0x4d, 0xc0, 0xc0, 0xc0, 0x73, 0x98, 0xf0]);
    expect(uuidV7From(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  const anyTime = fc.integer({ min: 0, max: 2 ** 48 - 1 });
  const anyChance = fc.uint8Array({ minLength: 10, maxLength: 10 });

  test('is a UUID of version 7 whatever time and chance say', () => {
    fc.assert(
      fc.property(anyTime, anyChance, (time, random) => {
        const id = uuidV7From(time, random);
        expect(CommandIdSchema.safeParse(id).success).toBe(true);
        expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(time);
      }),
    );
  });

  test('made later sorts later', () => {
    fc.assert(
      fc.property(anyTime, anyTime, anyChance, anyChance, (a, b, x, y) => {
        fc.pre(a < b);
        expect(uuidV7From(a, x) < uuidV7From(b, y)).toBe(true);
      }),
    );
  });

  test('keeps at least 74 bits of chance: one bit changed is another id', () => {
    fc.assert(
      fc.property(anyTime, anyChance, fc.integer({ min: 0, max: 73 }), (time, random, bit) => {
        const flip = (n: number) => {
          const copy = Uint8Array.from(random);
          copy[n >> 3] = (copy[n >> 3] ?? 0) ^ (0x80 >> (n & 7));
          return copy;
        };
        // Two bits of the fourth digit give way to the variant.
        const place = bit < 12 ? bit : bit + 2;
        expect(uuidV7From(time, flip(place))).not.toBe(uuidV7From(time, random));
      }),
    );
  });

  test.each([
    '017F22E2-79B0-7CC3-98C4-DC0C0C07398F',
    '017f22e2-79b0-4cc3-98c4-dc0c0c07398f',
    '017f22e2-79b0-7cc3-18c4-dc0c0c07398f',
    'not an id',
  ])('is not %s', (text) => {
    expect(CommandIdSchema.safeParse(text).success).toBe(false);
  });

  test('the name of bytes is 64 lower-case hex digits', () => {
    expect(HashSchema.safeParse('a'.repeat(64)).success).toBe(true);
    for (const text of ['A'.repeat(64), 'a'.repeat(63), 'g'.repeat(64)]) {
      expect(HashSchema.safeParse(text).success).toBe(false);
    }
  });
});
