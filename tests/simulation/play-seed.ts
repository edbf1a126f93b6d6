import type { Guard } from '#shared/sync/public.ts';
import { draftFaults } from './draft-faults.ts';
import { writeSomething } from './drafts.ts';
import { bringIn, fileFaults, pry } from './files.ts';
import { findFaults } from './find-faults.ts';
import { leaseStories } from './lease-stories.ts';
import type { Part } from './part.ts';
import { act } from './simulated-desk.ts';
import { makeTemplates, type Templates } from './templates.ts';
import { openWorld, type World, type WorldOrder } from './world.ts';

export type Played = Readonly<{
  seed: number;
  faults: readonly string[];
  /** How much of what happened, so that a run can show that it did not play in a calm. */
  counts: Readonly<Record<string, number>>;
}>;

export type PlayOptions = Readonly<{
  without?: Guard;
  steps?: number;
  /** Told of everything that happens, a line each. */
  trace?: (line: string) => void;
}>;

let templates: Templates | null = null;

/** What people do in a story. Another part of the office joins by one more line. */
function partsOf(world: World): readonly Part[] {
  // Drafts are half the work of a story, so every second one is without.
  const hasDrafts = world.seed % 2 === 0;
  return [
    { share: 0.3, act: (one) => act(world.setting, one), faults: () => findFaults(world) },
    {
      share: hasDrafts ? 0.2 : 0,
      act: (one) => writeSomething({ ...world, one }),
      faults: () => draftFaults(world),
    },
    { share: 0.08, act: (one) => bringIn(world, one), faults: () => fileFaults(world) },
    { share: 0.03, act: (one) => pry(world, one), faults: () => Promise.resolve([]) },
    leaseStories(world),
  ];
}

/** Plays one seed: the same number, the same days, to the byte. */
export function playSeed(seed: number, { without, steps = 110, trace }: PlayOptions = {}): Promise<Played> {
  return playWorld(seed, { steps, parts: partsOf, without: without ?? null, trace: trace ?? null });
}

type Playing = Readonly<{ steps: number }> & Partial<WorldOrder> & Pick<WorldOrder, 'parts' | 'trace'>;

export async function playWorld(seed: number, { steps, ...order }: Playing): Promise<Played> {
  const { parts, trace } = order;
  templates ??= makeTemplates();
  const world = await openWorld({ without: null, ...order, seed, templates });
  try {
    await world.run(steps);
    await world.calm();
    const faults: string[] = [];
    for (const part of parts(world)) faults.push(...(await part.faults()));
    trace?.(JSON.stringify([world.server.log().head(), world.counts, faults]));
    return { seed, faults, counts: world.counts };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    trace?.(`${error.name}: ${error.message}`);
    return { seed, faults: [...world.seen, `${error.name}: ${error.message}`], counts: world.counts };
  } finally {
    world.close();
  }
}
