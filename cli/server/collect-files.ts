import { holidays } from '../../electron/store/holidays.ts';
import { instantFrom } from '../../shared/kernel/public.ts';
import {
  collect,
  createHolds,
  openAgencyFolder,
  openPostgres,
  type Collected,
  type S3Address,
} from '../../server/main.ts';
import type { CollectLog } from '../../server/blobs/collect.ts';
import type { PostgresStore } from '../../server/log/postgres-store.ts';
import { mustBeAsSaid } from '../../server/data/where-things-are.ts';
import { serveDatabase, serveFile } from '../../server/log/serving.ts';

export type CollectAsked = Readonly<{
  data: string;
  elsewhere: S3Address | null;
  databaseUrl: string | null;
  graceDays: number;
  isDry: boolean;
}>;

/** Reads what is there, and writes nothing. */
function lookingAt({ entriesAfter }: Pick<PostgresStore, 'entriesAfter'>): CollectLog {
  return { entriesAfter, whileWriter: (work) => work(), forgetWords: () => Promise.resolve() };
}

/** Collects files beside the server, which must not be running: whoever collects is the only one who writes. */
export async function collectFiles(asked: CollectAsked): Promise<Collected> {
  const { data, elsewhere, databaseUrl, graceDays, isDry } = asked;
  const folder = openAgencyFolder(data, elsewhere);
  const store = databaseUrl === null ? null : await openPostgres(databaseUrl, folder.file.agencyId);
  try {
    await mustBeAsSaid(folder, store);
    const nobody = () => Promise.resolve({ has: () => false, letGo: () => undefined });
    const parts = { agencyId: folder.file.agencyId, calendar: holidays, files: nobody, isShown: () => false };
    // A look takes nothing over.
    const log =
      store === null
        ? serveFile(folder, parts).collecting
        : isDry
          ? lookingAt(store)
          : (await serveDatabase(store, parts)).collecting;
    const { blobs, marks, everyArriving: arriving } = folder;
    const now = instantFrom(Date.now());
    return await collect({ store: blobs, log, holds: createHolds(), marks, arriving, graceDays, now, isDry });
  } finally {
    await store?.close();
    folder.close();
  }
}
