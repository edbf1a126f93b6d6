import { join } from 'node:path';
import type { AlarmCode } from '#shared/exchange/public.ts';
import { AppError, dayOf, instantFrom } from '#shared/kernel/public.ts';
import { checkFileAside } from '#shared/node/sqlite/public.ts';
import type { LogLine } from '../http/build-app.ts';
import type { AgencyFolder } from './agency-folder.ts';
import { eachWeek } from './each-week.ts';

type Checking = Readonly<{
  folder: Pick<AgencyFolder, 'path' | 'dataKey' | 'kept' | 'wasAbandoned'>;
  say: (line: LogLine) => void;
  /** Tells a person. */
  alarm: (code: AlarmCode, about: string) => Promise<void>;
}>;

export type DatabaseKeeper = Readonly<{
  gauges: () => Readonly<Record<string, number>>;
  stop: () => Promise<void>;
}>;

/** Looks through the server's file: all of it once a week, and quickly after a run that ended badly (`sync.md` 3.2). */
export function keepCheckingDatabase({ folder, say, alarm }: Checking): DatabaseKeeper {
  let isDamaged = false;
  const quick = new AbortController();

  async function look(depth: 'quick' | 'full', stop: AbortSignal): Promise<boolean> {
    try {
      const file = { path: join(folder.path, 'agency.db'), key: folder.dataKey, depth };
      const isSound = await checkFileAside(file, stop);
      if (isSound === null) return false;
      isDamaged = !isSound;
      say({ what: 'database checked', depth, sound: isSound });
      if (isDamaged) await alarm('server.database-damaged', dayOf(instantFrom(Date.now())));
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

  const afterBadEnd = folder.wasAbandoned ? look('quick', quick.signal) : Promise.resolve(true);
  const weekly = eachWeek({
    kept: folder.kept,
    setting: 'database.checked',
    firstMs: 60 * 60_000,
    work: (stop) => look('full', stop),
  });
  return {
    gauges: () => ({ database_damaged: isDamaged ? 1 : 0 }),
    stop: async () => {
      quick.abort();
      await afterBadEnd;
      await weekly.stop();
    },
  };
}
