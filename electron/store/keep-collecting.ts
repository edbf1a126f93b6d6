import { letGoOfMeetings } from './past-meetings.ts';
import { collectLoose, removeLoose, type LooseParts } from './loose-files.ts';

/** Takes files away that nothing here speaks of, one run at a time, for as long as the desk is open. */
export type FileCollector = Readonly<{
  /** Papers were taken from this person: their files go now. */
  removeNow: () => void;
  stop: () => void;
}>;

const firstMs = 5 * 60_000;
const everyMs = 24 * 60 * 60_000;

export function keepCollecting(parts: LooseParts, onFault: (error: unknown) => void): FileCollector {
  let queue: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const run = (work: (parts: LooseParts) => Promise<unknown>): void => {
    queue = queue.then(async () => {
      if (!isOver && parts.db.open) await work(parts).catch(onFault);
    });
  };
  const later = (ms: number): void => {
    timer = setTimeout(() => {
      run((given) => {
        letGoOfMeetings(given.db, { now: given.now(), isShared: given.arriving !== null });
        return collectLoose(given);
      });
      run(removeLoose);
      later(everyMs);
    }, ms).unref();
  };
  later(firstMs);
  // What was cut off when the machine went down.
  run(removeLoose);
  return {
    removeNow: () => {
      run(removeLoose);
    },
    stop: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
