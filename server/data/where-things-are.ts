import { AppError } from '#shared/kernel/public.ts';
import type { PostgresStore } from '../log/postgres-store.ts';
import type { AgencyFolder } from './agency-folder.ts';

/**
 * A server answers only from where its log and its files really are: one that began on an old file, an empty database or
 * another store would take back what its desks know.
 */
export async function mustBeAsSaid(folder: AgencyFolder, store: PostgresStore | null): Promise<void> {
  await logMustBeHere(folder, store);
  filesMustBeHere(folder);
}

export async function logMustBeHere(folder: AgencyFolder, store: PostgresStore | null): Promise<void> {
  const { file, log } = folder;
  if (store === null && file.log === 'database') throw new AppError('server.log-in-database');
  if (store !== null && file.log === 'file') {
    const head = log.head();
    const theirs = await store.run((other) => other.hashAt(head.seq));
    if (theirs !== head.hash) throw new AppError('server.not-migrated');
    folder.mark({ log: 'database' });
  }
}

function filesMustBeHere(folder: AgencyFolder): void {
  const { file, elsewhere, ownBlobs } = folder;
  if (file.files !== null && file.files !== elsewhere) {
    throw new AppError('server.files-elsewhere', { place: file.files });
  }
  if (file.files !== null || elsewhere === null) return;
  if (ownBlobs.all().length > 0) throw new AppError('server.files-here', { place: elsewhere });
  folder.mark({ files: elsewhere });
}
