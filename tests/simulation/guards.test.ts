import { describe, expect, it } from 'vitest';
import { guardNames } from '#shared/sync/public.ts';
import { playSeed } from './play-seed.ts';

describe('each guard of the protocol is needed', () => {
  it.for(guardNames)(
    'without %s some story of a thousand goes wrong',
    { timeout: 180_000 },
    async (without) => {
      let seed = 1;
      while (seed <= 1000 && (await playSeed(seed, { without })).faults.length === 0) seed += 1;
      expect(seed).toBeLessThanOrEqual(1000);
    },
  );
});
