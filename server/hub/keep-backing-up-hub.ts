import { AppError, instantFrom } from '#shared/kernel/public.ts';
import { againAndAgain } from '../data/again-and-again.ts';
import type { LogLine } from '../http/build-app.ts';
import { backUpHub } from './hub-backups.ts';
import type { HubFolder } from './hub-folder.ts';

export type HubBackupPlan = Readonly<{ places: readonly string[]; everyMs: number; keep: number }>;

/** Copies a hub to its second places again and again, and once more when it stops. */
export function keepBackingUpHub(
  folder: HubFolder,
  plan: HubBackupPlan | null,
  say: (line: LogLine) => void,
): Readonly<{ stop: () => Promise<void> }> {
  if (plan === null) return { stop: () => Promise.resolve() };
  const { places, keep, everyMs } = plan;
  const once = async (to: string): Promise<void> => {
    try {
      const { parts, missing, damaged } = await backUpHub({ folder, to, keep, now: instantFrom(Date.now()) });
      say({ what: 'backed up', to, parts, missing, damaged: damaged.length, first: damaged[0] ?? null });
    } catch (error) {
      say({ what: 'backup failed', to, code: error instanceof AppError ? error.code : String(error) });
    }
  };
  const kept = places.map((to) => againAndAgain(() => once(to), everyMs));
  return {
    stop: async () => {
      await Promise.all(kept.map(({ stop }) => stop()));
    },
  };
}
