import { aggregates } from '../../shared/commands.ts';
import { agencyAggregate } from '../../shared/directory/public.ts';
import {
  AppError,
  maxBlobBytes,
  type AgencyId,
  type Hash,
  type LogHead,
} from '../../shared/kernel/public.ts';
import { replay } from '../../shared/node/agency-log/public.ts';
import type { Blobs } from '../../shared/node/blobs/public.ts';
import { markMoved } from '../../electron/features/session/open-desk.ts';
import { readState } from '../../electron/store/read-state.ts';
import { makeAgencyFolder, openAgencyFolder } from '../../server/main.ts';
import { unlockDesk } from '../desk-access.ts';

type Taken = Readonly<{ files: number; damaged: number }>;
export type Adopted = LogHead & Taken & Readonly<{ agencyId: AgencyId; name: string }>;

/** Makes a server's folder from the log and the files of a desk that stood alone, which is shut from then on. */
export async function adoptDesk(data: string, asked: Parameters<typeof unlockDesk>[0]): Promise<Adopted> {
  const office = await unlockDesk(asked);
  try {
    const { agencyId, log } = office.desk;
    const own = readState(office.desk.db, agencyAggregate, agencyId);
    if (own === null) throw new AppError('directory.unknown-agency');
    const { name } = own;
    makeAgencyFolder(data, { id: agencyId, name });
    const folder = openAgencyFolder(data);
    try {
      folder.log.transaction(() => {
        for (let seq = 0; ;) {
          const entries = log.entriesAfter(seq, 1000);
          replay(folder.log, aggregates, entries);
          seq += entries.length;
          if (entries.length < 1000) break;
        }
      });
      const files = await takeFiles(office.blobs, folder.ownBlobs);
      const head = folder.log.head();
      // From here on the office is at the server: what was done at this desk now would be lost.
      markMoved(office.folder);
      return { agencyId, name, ...head, ...files };
    } finally {
      folder.close();
    }
  } finally {
    office.close();
  }
}

/** The files of a desk, sealed anew under the server's key; a damaged one stays behind and is counted. */
async function takeFiles(from: Blobs, to: Blobs): Promise<Taken> {
  let files = 0;
  let damaged = 0;
  for (const hash of from.all()) {
    try {
      await to.putStream(whole(from, hash), { limitBytes: from.size(hash) });
      files += 1;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'store.blob-damaged') throw error;
      damaged += 1;
    }
  }
  return { files, damaged };
}

async function* whole(blobs: Blobs, hash: Hash): AsyncGenerator<Uint8Array, void> {
  const size = blobs.size(hash);
  for (let at = 0; at < size; at += maxBlobBytes) yield blobs.read(hash, at, maxBlobBytes);
}
