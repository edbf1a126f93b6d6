import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError, type Hash } from '#shared/kernel/public.ts';
import { nodeFiles } from '#shared/node/files/public.ts';
import type { LogLine } from '../http/build-app.ts';
import type { AgencyFolder } from './agency-folder.ts';

type Checking = Readonly<{
  folder: Pick<AgencyFolder, 'blobs' | 'ownBlobs' | 'elsewhere' | 'kept'>;
  /** Where versions of this server lie, with the files beside them; null where none are made. */
  copies: string | null;
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
    if (copies !== null && (await takeCopy(folder, join(copies, 'blobs', hash.slice(0, 2), hash), hash))) {
      mended.push(hash);
    }
    await setImmediate();
  }
  return { files, damaged, mended };
}

async function takeCopy({ blobs }: Checking['folder'], path: string, hash: Hash): Promise<boolean> {
  if (!nodeFiles.exists(path)) return false;
  try {
    await blobs.takeSealed(hash, path);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'store.blob-damaged') return false;
    throw error;
  }
}

const firstMs = 2 * 60 * 60_000;
const lookEveryMs = 6 * 60 * 60_000;
const weekMs = 7 * 24 * 60 * 60_000;
const setting = 'files.checked';

/** Does it once a week while the server runs; when it did last stays with what it keeps. */
export function keepCheckingFiles(
  { folder, copies }: Omit<Checking, 'isOver'>,
  say: (line: LogLine) => void,
): Readonly<{ stop: () => Promise<void> }> {
  let isOver = false;
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const once = async (): Promise<void> => {
    if (Date.now() - Number(folder.kept.get(setting) ?? 0) < weekMs) return;
    try {
      const { files, damaged, mended } = await checkFiles({ folder, copies, isOver: () => isOver });
      const first = damaged.find((hash) => !mended.includes(hash)) ?? null;
      say({ what: 'files checked', files, damaged: damaged.length, mended: mended.length, first });
      if (!isOver) folder.kept.set(setting, String(Date.now()));
    } catch (error) {
      say({ what: 'files not checked', code: error instanceof AppError ? error.code : String(error) });
    }
  };
  const later = (ms: number): void => {
    timer = setTimeout(() => {
      working = once();
      later(lookEveryMs);
    }, ms).unref();
  };
  later(firstMs);
  return {
    stop: async () => {
      isOver = true;
      clearTimeout(timer);
      await working;
    },
  };
}
