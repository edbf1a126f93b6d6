import { AppError, instantFrom } from '#shared/kernel/public.ts';
import type { LogLine } from '../http/build-app.ts';
import { backUpHub } from './hub-backups.ts';
import type { HubFolder } from './hub-folder.ts';

export type HubBackupPlan = Readonly<{ to: string; everyMs: number; keep: number }>;

/** Copies a hub to a second place again and again, and once more when it stops. */
export function keepBackingUpHub(
  folder: HubFolder,
  plan: HubBackupPlan | null,
  say: (line: LogLine) => void,
): Readonly<{ stop: () => Promise<void> }> {
  if (plan === null) return { stop: () => Promise.resolve() };
  const { to, keep, everyMs } = plan;
  let timer: NodeJS.Timeout | undefined;
  const once = async (): Promise<void> => {
    try {
      const { parts, missing, damaged } = await backUpHub({ folder, to, keep, now: instantFrom(Date.now()) });
      say({ what: 'backed up', parts, missing, damaged: damaged.length, first: damaged[0] ?? null });
    } catch (error) {
      say({ what: 'backup failed', code: error instanceof AppError ? error.code : String(error) });
    }
  };
  let working = once();
  const again = (): void => {
    timer = setTimeout(() => {
      working = once().then(again);
    }, everyMs);
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
