import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { uuidV7From } from '#shared/kernel/public.ts';
import { openArriving, openBlobs } from '#shared/node/blobs/public.ts';
import type { AgencyFolder } from '../../data/agency-folder.ts';
import type { Surroundings } from './gateway.ts';
import { openHubDoor } from './hub-door.ts';
import { transportOf } from './lines/line-settings.ts';
import { readPage } from './read-page.ts';

/** All that a gateway has of time and chance: the simulation gives it one whose clock it winds itself. */
export type Machine = Readonly<{
  nowMs: () => number;
  /** In [0, 1): spreads what is tried again. */
  chance: () => number;
  newId: () => string;
  /** Ends early when nobody waits for it any more, which is all that can go wrong. */
  sleep: (ms: number, over: AbortSignal) => Promise<void>;
}>;

/** This machine's clock, disk and network, for the gateway of a folder. */
export function thisMachine({ path, dataKey }: AgencyFolder): Surroundings {
  const sealed = openBlobs({ folder: join(path, 'exchange'), dataKey });
  return {
    machine: {
      nowMs: Date.now,
      chance: Math.random,
      newId: () => uuidV7From(Date.now(), randomBytes(10)),
      sleep: (ms, over) => setTimeout(ms, undefined, { signal: over }).catch(() => undefined),
    },
    doorTo: openHubDoor,
    transportOf,
    readPage,
    sealed,
    arriving: openArriving(join(path, 'exchange', 'arriving'), { dataKey, blobs: sealed }),
  };
}
