import { describe, expect, it } from 'vitest';
import { exchangeGuardNames, type ExchangeGuard } from '#shared/exchange/public.ts';
import { playStory } from './play-story.ts';

/** Some of them speak only where the hub lies, or where there is a third agency too: those stories come first. */
const stories: Readonly<Partial<Record<ExchangeGuard, Readonly<{ first: number; step: number }>>>> = {
  'signed-by': { first: 3, step: 6 },
  'addressed-to': { first: 3, step: 6 },
  'receipts-compared': { first: 267, step: 3 },
  'offer-again': { first: 3, step: 3 },
};

describe('each guard of the exchange is needed', () => {
  it.for(exchangeGuardNames)(
    'without %s some story of a thousand goes wrong',
    { timeout: 240_000 },
    async (without) => {
      const { first, step } = stories[without] ?? { first: 1, step: 1 };
      let seed = first;
      while (seed <= 1000 && (await playStory(seed, { without })).faults.length === 0) seed += step;
      expect(seed).toBeLessThanOrEqual(1000);
    },
  );
});
