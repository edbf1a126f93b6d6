import { AppError } from '#shared/kernel/public.ts';
import { checkFileAside } from '#shared/node/sqlite/public.ts';
import type { LogLine } from '../http/build-app.ts';
import { eachWeek } from './each-week.ts';
import type { Kept } from './kept.ts';

/** A server's own file, as whoever has it open knows it. */
export type OwnFile = Readonly<{
  path: string;
  key: Uint8Array;
  kept: Kept;
  /** The run before this one did not end in order. */
  wasAbandoned: boolean;
}>;

type Checking = Readonly<{
  file: OwnFile;
  say: (line: LogLine) => void;
  /** Tells a person, where there is one. */
  onDamaged: () => Promise<void>;
}>;

export type DatabaseKeeper = Readonly<{
  isDamaged: () => boolean;
  stop: () => Promise<void>;
}>;

/** Looks through the server's file: all of it once a week, and quickly after a run that ended badly (`sync.md` 3.2). */
export function keepCheckingDatabase({ file, say, onDamaged }: Checking): DatabaseKeeper {
  let isDamaged = false;
  const quick = new AbortController();

  async function look(depth: 'quick' | 'full', stop: AbortSignal): Promise<boolean> {
    try {
      const isSound = await checkFileAside({ path: file.path, key: file.key, depth }, stop);
      if (isSound === null) return false;
      isDamaged = !isSound;
      say({ what: 'database checked', depth, sound: isSound });
      if (isDamaged) await onDamaged();
      return true;
    } catch (error) {
      say({
        what: 'database not checked',
        depth,
        code: error instanceof AppError ? error.code : String(error),
      });
      return false;
    }
  }

  const afterBadEnd = file.wasAbandoned ? look('quick', quick.signal) : Promise.resolve(true);
  const weekly = eachWeek({
    kept: file.kept,
    setting: 'database.checked',
    firstMs: 60 * 60_000,
    work: (stop) => look('full', stop),
  });
  return {
    isDamaged: () => isDamaged,
    stop: async () => {
      quick.abort();
      await afterBadEnd;
      await weekly.stop();
    },
  };
}
