import { findFaults } from '../find-faults.ts';
import type { Part } from '../part.ts';
import { playWorld, type Played } from '../play-seed.ts';
import { act } from '../simulated-desk.ts';
import type { World } from '../world.ts';
import { sitting } from './sitting.ts';
import { rulesWithout, type MeetingGuard } from './without.ts';

const partsOf = (world: World): readonly Part[] => [
  sitting(world),
  { share: 0.05, act: (one) => act(world.setting, one), faults: () => findFaults(world) },
];

/** Plays one session: the same number, the same hours, to the byte. */
export function playSitting(
  seed: number,
  {
    without,
    steps = 130,
    trace,
  }: Readonly<{ without?: MeetingGuard; steps?: number; trace?: (line: string) => void }> = {},
): Promise<Played> {
  let playing: readonly Part[] | null = null;
  // What somebody did is known to whoever looks at the end.
  const parts = (world: World) => (playing ??= partsOf(world));
  return playWorld(seed, { steps, parts, rules: rulesWithout(without ?? null), trace: trace ?? null });
}
