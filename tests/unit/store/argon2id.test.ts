import { expect, test } from 'vitest';
import { argon2id, inWasm } from '#electron/store/argon2id.ts';

test.each([
  ['what a key is derived with here', { memoryKiB: 64 * 1024, iterations: 3, parallelism: 1 }],
  ['the least there is', { memoryKiB: 8, iterations: 1, parallelism: 1 }],
  ['several lanes', { memoryKiB: 1000, iterations: 2, parallelism: 4 }],
])(
  'a desk opens in Electron with the key that Node derived, and the other way round: %s',
  async (_, cost) => {
    const asked = { ...cost, password: Buffer.from('Giấy trắng 2026!'), salt: Buffer.alloc(16, 7) };
    const derived = await argon2id(asked);
    expect(derived).toHaveLength(32);
    expect(await inWasm(asked)).toEqual(derived);
  },
);

test('a derivation that is refused does not hold up the next', async () => {
  const asked = {
    memoryKiB: 8,
    iterations: 1,
    parallelism: 1,
    password: Buffer.from('a'),
    salt: Buffer.alloc(16),
  };
  const refused = inWasm({ ...asked, salt: Buffer.alloc(2) });
  const derived = inWasm(asked);
  await expect(refused).rejects.toThrow(/salt/iu);
  expect(await derived).toHaveLength(32);
});
