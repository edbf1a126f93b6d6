import { expect, it } from 'vitest';
import { playSeed } from './play-seed.ts';
import { tellThousand } from './tell-thousand.ts';

tellThousand(0);

it('tells the same story for the same seed', async () => {
  expect(await playSeed(7)).toEqual(await playSeed(7));
});
