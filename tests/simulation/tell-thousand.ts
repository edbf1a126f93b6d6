import { describe, expect, it } from 'vitest';
import { hundreds, misfortunes, playHundred } from './play-hundreds.ts';

/** A thousand short stories behind `skipped` others; in files of their own, so that two are told at once. */
export function tellThousand(skipped: number): void {
  /** What the stories were about. */
  const told = new Set<string>();

  describe('an agency of several desks, in all weathers', () => {
    it.for(hundreds(skipped))(
      'agrees in the end: a hundred stories from seed %i',
      { timeout: 120_000 },
      async (first) => {
        const { faults, happened } = await playHundred(first);
        for (const what of happened) told.add(what);
        expect(faults).toEqual({});
      },
    );

    it('is told about everything that can go wrong', () => {
      expect([...told]).toEqual(expect.arrayContaining([...misfortunes]));
    });
  });
}
