import { AppError, instantFrom } from '#shared/kernel/public.ts';
import type { LogLine } from '../http/build-app.ts';
import type { Mirror } from '../log/mirror.ts';
import type { Serving } from '../log/serving.ts';
import type { AgencyFolder } from './agency-folder.ts';
import { backUpAgency } from './backups.ts';

export type BackupPlan = Readonly<{ data: string; to: string; everyMs: number; keep: number }>;

export type BackingUp = Readonly<{
  folder: AgencyFolder;
  backups: BackupPlan | null;
  /** Brings the folder's file up to a log that is kept elsewhere; null where it is the log. */
  follow: Mirror['follow'] | null;
  say: (line: LogLine) => void;
}>;

/** Copies the log to the second place again and again; what every kept copy holds is safe from then on. */
export function keepBackingUp(
  { folder, backups, follow, say }: BackingUp,
  server: Pick<Serving, 'markStable'>,
): Readonly<{ stop: () => Promise<void> }> {
  if (backups === null) return { stop: () => Promise.resolve() };
  let timer: NodeJS.Timeout | undefined;
  let safeUpTo = -1;
  const once = async (): Promise<void> => {
    try {
      await follow?.();
      // A quiet office too is copied until the oldest copy that stays holds everything.
      if (folder.log.head().seq === safeUpTo) return;
      const { head, stable, missing, damaged } = await backUpAgency({
        folder,
        ...backups,
        follow,
        now: instantFrom(Date.now()),
      });
      safeUpTo = stable;
      await server.markStable(stable);
      say({
        what: 'backed up',
        seq: head.seq,
        stable,
        missing,
        damaged: damaged.length,
        first: damaged[0] ?? null,
      });
    } catch (error) {
      say({ what: 'backup failed', code: error instanceof AppError ? error.code : String(error) });
    }
  };
  let working = once();
  const again = (): void => {
    timer = setTimeout(() => {
      working = once().then(again);
    }, backups.everyMs);
  };
  void working.then(again);
  return {
    stop: async () => {
      await working;
      clearTimeout(timer);
      await once();
    },
  };
}
