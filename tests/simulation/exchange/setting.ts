import { uuidV7From } from '#shared/kernel/public.ts';
import type { ExchangeGuards } from '#shared/exchange/public.ts';
import type { VirtualTime } from '../virtual-time.ts';

/** What everything in one story between agencies shares. */
export type Setting = Readonly<{
  chance: () => number;
  below: (n: number) => number;
  guards: ExchangeGuards;
  time: VirtualTime;
  /** Whether anything goes wrong at all. */
  isStormy: () => boolean;
  newId: () => string;
  count: (what: string) => void;
  /** Something that must not be, seen while it happened. */
  fault: (what: string) => void;
}>;

/** Ids that come in their order and the same in every telling. */
export function idsFrom(time: VirtualTime): () => string {
  let made = 0;
  return () => {
    const random = new Uint8Array(10);
    // The last four bits are not part of an id.
    new DataView(random.buffer).setUint32(6, (made += 1) * 16);
    return uuidV7From(time.nowMs(), random);
  };
}
