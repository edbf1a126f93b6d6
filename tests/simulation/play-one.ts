import type { ExchangeGuard } from '#shared/exchange/public.ts';
import type { Guard } from '#shared/sync/public.ts';
import { playStory } from './exchange/play-story.ts';
import { playSeed, type Played } from './play-seed.ts';

/** Which stories, and which guard they are played without: those of one agency's desks, or those between agencies. */
export type Kind =
  | Readonly<{ exchange: false; without: Guard | null }>
  | Readonly<{ exchange: true; without: ExchangeGuard | null }>;

export function playOne(seed: number, kind: Kind, trace?: (line: string) => void): Promise<Played> {
  const told = trace === undefined ? {} : { trace };
  if (kind.exchange) {
    return playStory(seed, { ...told, ...(kind.without === null ? {} : { without: kind.without }) });
  }
  return playSeed(seed, { ...told, ...(kind.without === null ? {} : { without: kind.without }) });
}
