import { setImmediate } from 'node:timers/promises';
import { AppError, type Hash } from '#shared/kernel/public.ts';
import { takeFromCopies } from '#shared/node/blobs/public.ts';
import type { LogLine } from '../http/build-app.ts';
import type { AgencyFolder } from './agency-folder.ts';
import { eachWeek } from './each-week.ts';

type Checking = Readonly<{
  folder: Pick<AgencyFolder, 'blobs' | 'ownBlobs' | 'elsewhere' | 'kept'>;
  /** Where versions of this server lie, with the files beside them. */
  copies: readonly string[];
  isOver?: () => boolean;
}>;

export type CheckedFiles = Readonly<{ files: number; damaged: readonly Hash[]; mended: readonly Hash[] }>;

/**
 * Reads every file against its name (NĐ 30 PL6 I.5; TT 05/2025/TT-BNV). What is damaged is put aside, so that nobody takes it for
 * the file, and comes back from the second place; a desk that has it brings it when it next offers it.
 */
export async function checkFiles({ folder, copies, isOver = () => false }: Checking): Promise<CheckedFiles> {
  const { blobs, ownBlobs, elsewhere } = folder;
  const [damaged, mended]: [Hash[], Hash[]] = [[], []];
  let files = 0;
  for await (const hash of blobs.all()) {
    if (isOver()) break;
    files += 1;
    if (await blobs.verify(hash)) continue;
    damaged.push(hash);
    if (elsewhere === null) ownBlobs.setAside(hash);
    if (await takeFromCopies(blobs, copies, hash)) mended.push(hash);
    await setImmediate();
  }
  return { files, damaged, mended };
}

/** Does it once a week while the server runs; when it did last stays with what it keeps. */
export function keepCheckingFiles(
  { folder, copies }: Omit<Checking, 'isOver'>,
  say: (line: LogLine) => void,
): Readonly<{ stop: () => Promise<void> }> {
  return eachWeek({
    kept: folder.kept,
    setting: 'files.checked',
    firstMs: 2 * 60 * 60_000,
    work: async (stop) => {
      try {
        const { files, damaged, mended } = await checkFiles({ folder, copies, isOver: () => stop.aborted });
        const first = damaged.find((hash) => !mended.includes(hash)) ?? null;
        say({ what: 'files checked', files, damaged: damaged.length, mended: mended.length, first });
        return true;
      } catch (error) {
        say({ what: 'files not checked', code: error instanceof AppError ? error.code : String(error) });
        return false;
      }
    },
  });
}
