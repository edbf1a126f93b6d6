import { join } from 'node:path';
import { AppError } from '#shared/kernel/public.ts';
import { openBlobs } from '#shared/node/blobs/public.ts';
import { lockFolder } from '#shared/node/files/public.ts';
import type { S3Address } from '../blobs/s3-address.ts';
import { openS3Store } from '../blobs/s3-store.ts';
import { moveFiles, type Moved } from '../data/move-files.ts';
import { openHubFile, readHub, readHubFile, writeHubFile } from './hub-folder.ts';
import { openPostgresHub } from './postgres-hub.ts';

/** Where a hub goes over to; null for what stays where it is. */
export type HubGoesTo = Readonly<{ databaseUrl: string | null; elsewhere: S3Address | null }>;

/**
 * Takes what a stopped hub keeps over into PostgreSQL, all of it or nothing, and its parts into a store. From then on it runs only
 * there; gives what became of the parts, null where they stay.
 */
export async function migrateHub(
  folder: string,
  { databaseUrl, elsewhere }: HubGoesTo,
): Promise<Moved | null> {
  const lock = lockFolder(folder);
  try {
    const { fingerprint, dataKey } = readHub(folder);
    let moved: Moved | null = null;
    if (elsewhere !== null) {
      const ownBlobs = openBlobs({ folder: join(folder, 'parts'), dataKey });
      const blobs = openS3Store({ address: elsewhere, folder: join(folder, 'parts', 'leaving'), dataKey });
      moved = await moveFiles({ blobs, ownBlobs, elsewhere: elsewhere.name }, ({ files = null }) => {
        writeHubFile(folder, { ...readHubFile(folder), files });
      });
    }
    if (databaseUrl === null) return moved;
    if (readHubFile(folder).log === 'database') throw new AppError('hub.in-database');
    const database = await openPostgresHub(databaseUrl, fingerprint, { alone: false });
    const file = openHubFile(join(folder, 'hub.db'), dataKey);
    try {
      await database.begin(file);
    } finally {
      file.close();
      await database.close();
    }
    writeHubFile(folder, { ...readHubFile(folder), log: 'database' });
    return moved;
  } finally {
    lock.release();
  }
}
