import type { ExchangeGuard } from '#shared/exchange/public.ts';
import type { Guard } from '#shared/sync/public.ts';
import { playStory } from './exchange/play-story.ts';
import { playSitting } from './meetings/play-sitting.ts';
import type { MeetingGuard } from './meetings/without.ts';
import { playSeed, type Played } from './play-seed.ts';

/** Which stories, and which guard they are played without: of one agency's desks, between agencies, or of a meeting. */
export type Kind =
  | Readonly<{ of: 'desks'; without: Guard | null }>
  | Readonly<{ of: 'exchange'; without: ExchangeGuard | null }>
  | Readonly<{ of: 'meetings'; without: MeetingGuard | null }>;

export function playOne(seed: number, kind: Kind, trace?: (line: string) => void): Promise<Played> {
  const told = trace === undefined ? {} : { trace };
  switch (kind.of) {
    case 'exchange':
      return playStory(seed, { ...told, ...(kind.without === null ? {} : { without: kind.without }) });
    case 'meetings':
      return playSitting(seed, { ...told, ...(kind.without === null ? {} : { without: kind.without }) });
    case 'desks':
      return playSeed(seed, { ...told, ...(kind.without === null ? {} : { without: kind.without }) });
  }
}
