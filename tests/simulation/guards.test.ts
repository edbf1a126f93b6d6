import { describe, expect, it } from 'vitest';
import { guardNames } from '#shared/sync/public.ts';
import { playSeed } from './play-seed.ts';

describe('each guard of the protocol is needed', () => {
  it.for(guardNames)(
    'without %s some story of a thousand goes wrong',
    { timeout: 240_000 },
    async (without) => {
      // Every third story is about blocks of numbers too, every second one about drafts.
      const step = without.startsWith('lease-') ? 3 : without.startsWith('draft-') ? 2 : 1;
      let seed: number = step;
      while (seed <= 1000 && (await playSeed(seed, { without })).faults.length === 0) seed += step;
      expect(seed).toBeLessThanOrEqual(1000);
    },
  );
});
