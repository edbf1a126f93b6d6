import type { AlarmCode } from '#shared/exchange/public.ts';
import { AppError, dayOf, instantFrom } from '#shared/kernel/public.ts';
import type { LogLine } from '../http/build-app.ts';
import type { Mirror } from '../log/mirror.ts';
import type { Serving } from '../log/serving.ts';
import { againAndAgain } from './again-and-again.ts';
import type { AgencyFolder } from './agency-folder.ts';
import { backUpAgency, versionsIn } from './backups.ts';

/** `places` are folders outside the server's own, each with copies of its own. */
export type BackupPlan = Readonly<{
  data: string;
  places: readonly string[];
  everyMs: number;
  keep: number;
}>;

export type BackingUp = Readonly<{
  folder: AgencyFolder;
  backups: BackupPlan | null;
  /** Brings the folder's file up to a log that is kept elsewhere; null where it is the log. */
  follow: Mirror['follow'] | null;
  say: (line: LogLine) => void;
  /** Tells a person. */
  alarm: (code: AlarmCode, about: string) => Promise<void>;
}>;

export type BackupKeeper = Readonly<{
  /** Of each place, in the order they were given: up to where its newest copy reaches, and whether it is late. */
  gauges: () => Readonly<Record<string, number>>;
  stop: () => Promise<void>;
}>;

/** After so many rounds without a sound copy a place is late. */
const patientRounds = 4;

/**
 * Copies the log to every second place again and again. What all kept copies of any one place hold is safe from then on: a
 * place that fails keeps nobody waiting, and is told of.
 */
export function keepBackingUp(parts: BackingUp, server: Pick<Serving, 'markStable'>): BackupKeeper {
  const { backups } = parts;
  const kept =
    backups === null ? [] : backups.places.map((to) => keepOnePlace(parts, server, { ...backups, to }));
  return {
    gauges: () =>
      Object.fromEntries(
        kept.flatMap(({ seq, isLate }, n) => [
          [`backup_seq_${n + 1}`, seq()],
          [`backup_late_${n + 1}`, isLate() ? 1 : 0],
        ]),
      ),
    stop: async () => {
      await Promise.all(kept.map(({ stop }) => stop()));
    },
  };
}

function keepOnePlace(
  { folder, follow, say, alarm }: BackingUp,
  server: Pick<Serving, 'markStable'>,
  plan: Omit<BackupPlan, 'places'> & Readonly<{ to: string }>,
) {
  const { to, everyMs } = plan;
  let safeUpTo = -1;
  let seq = 0;
  let goodAtMs = Date.now();
  const isLate = () => Date.now() - goodAtMs > patientRounds * everyMs;

  async function copy(): Promise<void> {
    await follow?.();
    // A quiet office too is copied until the oldest copy that stays holds everything.
    if (folder.log.head().seq === safeUpTo && versionsIn(to).length > 0) return;
    const made = await backUpAgency({ folder, ...plan, follow, now: instantFrom(Date.now()) });
    const { head, stable, missing, damaged } = made;
    ({ seq } = head);
    safeUpTo = stable;
    await server.markStable(stable);
    const first = damaged[0] ?? null;
    say({ what: 'backed up', to, seq, stable, missing, damaged: damaged.length, first });
  }

  const once = async (): Promise<void> => {
    try {
      await copy();
      goodAtMs = Date.now();
    } catch (error) {
      say({ what: 'backup failed', to, code: codeOf(error) });
      if (!isLate()) return;
      await alarm('server.backup-late', `${to}, ${dayOf(instantFrom(goodAtMs))}`).catch((fault: unknown) => {
        say({ what: 'alarm not kept', code: codeOf(fault) });
      });
    }
  };
  const { stop } = againAndAgain(once, everyMs);
  return { seq: () => seq, isLate, stop };
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : String(error);
}
