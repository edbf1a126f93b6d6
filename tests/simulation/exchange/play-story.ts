import type { ExchangeGuard } from '#shared/exchange/public.ts';
import type { Played } from '../play-seed.ts';
import { findEarlyFaults, findFaults } from './find-faults.ts';
import { makeTemplates, type Templates } from './templates.ts';
import { openWorld } from './world.ts';

export type StoryOptions = Readonly<{
  without?: ExchangeGuard;
  steps?: number;
  /** Told of everything that happens, a line each. */
  trace?: (line: string) => void;
}>;

let templates: Promise<Templates> | null = null;

/** Made once for all stories of a process. */
export function theTemplates(): Promise<Templates> {
  templates ??= makeTemplates();
  return templates;
}

/** Plays one seed between agencies: the same number, the same days. */
export async function playStory(
  seed: number,
  { without, steps = 40, trace }: StoryOptions = {},
): Promise<Played> {
  const world = await openWorld({
    seed,
    templates: await theTemplates(),
    without: without ?? null,
    trace: trace ?? null,
  });
  const { counts } = world;
  try {
    await world.run(steps);
    const faults: string[] = [];
    await world.calm(async () => {
      faults.push(...(await findEarlyFaults(world)));
    });
    faults.push(...(await findFaults(world)));
    trace?.(JSON.stringify([world.agencies.map((one) => one.log().head().seq), counts, faults]));
    return { seed, faults, counts };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    trace?.(`${error.name}: ${error.message}`);
    return { seed, faults: [...world.seen, `${error.name}: ${error.message}`], counts };
  } finally {
    world.close();
  }
}
