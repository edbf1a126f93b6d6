import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { measureRawCommits } from '#shared/node/sqlite/public.ts';
import { ownFolder } from '../../support/store.ts';

test('the bare cost of a durable act is measured beside the disk’s own limit, and nothing stays', () => {
  const folder = ownFolder();
  const measured = measureRawCommits({ folder, commits: 100 });
  for (const rate of Object.values(measured)) {
    expect(rate.perSecond).toBeGreaterThan(0);
    expect(rate.p99Ms).toBeGreaterThanOrEqual(rate.p50Ms);
  }
  expect(readdirSync(folder)).toEqual([]);
});
