import { AppError } from '#shared/kernel/public.ts';
import type { AgencyFolder } from './agency-folder.ts';

export type Moved = Readonly<{ files: number; damaged: number }>;

/**
 * Takes the files of a server's folder over into the store it was opened with, as they lie there; run again, it goes on
 * where it was cut. From then on the server works only with that store. What lies in the folder stays there.
 */
export async function moveFiles(
  { blobs, ownBlobs, elsewhere }: Pick<AgencyFolder, 'blobs' | 'ownBlobs' | 'elsewhere'>,
  mark: AgencyFolder['mark'],
): Promise<Moved> {
  let files = 0;
  let damaged = 0;
  for (const hash of ownBlobs.all()) {
    if ((await blobs.size(hash)) === null) {
      try {
        await blobs.takeSealed(hash, ownBlobs.pathOf(hash));
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'store.blob-damaged') throw error;
        damaged += 1;
        continue;
      }
    }
    files += 1;
  }
  mark({ files: elsewhere });
  return { files, damaged };
}
