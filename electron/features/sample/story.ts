import { dayOf, instantFrom, type Day, type Instant } from '#shared/kernel/public.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Actor } from './act-as.ts';
import type { CreatedOffice } from './create-office.ts';
import type { Part } from './offices.ts';

/** A clock of the story: it stands where the story is, and moves a little with every act. */
export type StoryClock = Clock & Readonly<{ at: (daysFromToday: number, hour: number) => void }>;

export function storyClock(real: Clock): StoryClock {
  const todayMs = Date.parse(`${dayOf(real.now())}T00:00:00+07:00`);
  const latestMs = Date.parse(real.now());
  let nowMs = todayMs - 8 * 86_400_000;
  return {
    now: (): Instant => {
      // The story never runs ahead of the real day.
      nowMs = Math.min(nowMs + 20_000, latestMs);
      return instantFrom(nowMs);
    },
    newId: real.newId,
    at: (days, hour) => {
      nowMs = Math.min(Math.max(nowMs, todayMs + days * 86_400_000 + hour * 3_600_000), latestMs);
    },
  };
}

export type Story = Readonly<{
  office: CreatedOffice;
  clock: StoryClock;
  pin: string;
  as: (part: Part) => Actor;
  today: Day;
}>;

/** Something that happens on a day of the story, counted from today. */
export type Step = Readonly<{ day: number; hour: number; run: () => Promise<void> | void }>;
