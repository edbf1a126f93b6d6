import { describe, expect, it } from 'vitest';
import { guardNames } from '#shared/sync/public.ts';
import { playSeed } from './play-seed.ts';

// Another beginning is another two thousand stories; `antin simulate` plays as many as one likes.
const from = Number(process.env['ANTIN_SEED'] ?? 1);
const hundreds = Array.from({ length: 20 }, (_, place) => from + place * 100);

describe('an agency of several desks, in all weathers', () => {
  it.for(hundreds)('agrees in the end: a hundred stories from seed %i', { timeout: 120_000 }, (first) => {
    const faults: Record<number, readonly string[]> = {};
    const happened = new Set<string>();
    for (let seed = first; seed < first + 100; seed += 1) {
      const played = playSeed(seed);
      if (played.faults.length > 0) faults[seed] = played.faults;
      for (const what of Object.keys(played.counts)) happened.add(what);
    }
    expect(faults).toEqual({});
    // A calm that found nothing would prove nothing.
    expect([...happened]).toEqual(
      expect.arrayContaining([
        'server went down before a commit',
        'disk full at the server',
        'server restored',
        'server started anew',
        'desk went down',
        'desk went back to a copy',
        'desk started anew',
        'request lost',
        'request twice',
        'request altered',
        'rights changed',
      ]),
    );
  });

  it('tells the same story for the same seed', () => {
    expect(playSeed(7)).toEqual(playSeed(7));
  });
});

describe('each guard of the protocol is needed', () => {
  it.for(guardNames)('without %s some story of a thousand goes wrong', { timeout: 180_000 }, (without) => {
    let seed = 1;
    while (seed <= 1000 && playSeed(seed, { without }).faults.length === 0) seed += 1;
    expect(seed).toBeLessThanOrEqual(1000);
  });
});
