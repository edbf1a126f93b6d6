import { randomBytes } from 'node:crypto';
import { instantFrom, uuidV7From, type Instant } from '#shared/kernel/public.ts';

/** The outside world's time and chance, so that tests can hold both still. */
export type Clock = Readonly<{ now: () => Instant; newId: () => string }>;

export const systemClock: Clock = {
  now: () => instantFrom(Date.now()),
  newId: () => uuidV7From(Date.now(), randomBytes(10)),
};
