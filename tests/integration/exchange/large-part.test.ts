import { expect, test } from 'vitest';
import { bringLargePart } from '../../bench/exchange/large-part.ts';

test('a large attachment goes on after each interruption, one piece of it again at most', async () => {
  const { sent, size, cuts, isWhole } = await bringLargePart(20_608, 24 * 1024 * 1024, 6);
  expect({ cuts, isWhole }).toEqual({ cuts: 3, isWhole: true });
  expect(sent - size).toBeLessThanOrEqual(3 * 1024 * 1024);
}, 60_000);
