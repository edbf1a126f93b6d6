import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/kernel/public.ts';
import type { PostgresStore } from '../log/postgres-store.ts';
import type { AgencyFolder } from './agency-folder.ts';

/**
 * A server answers only from where its log and its files really are: one that began on an old file, an empty database or
 * another store would take back what its desks know.
 */
export async function mustBeAsSaid(folder: AgencyFolder, store: PostgresStore | null): Promise<void> {
  if (store !== null) exchangeMustNotWait(folder);
  await logMustBeHere(folder, store);
  filesMustBeHere(folder);
}

/** What is owed to other agencies commits with the log in the folder's own file: over a database nothing would ever leave. */
export function exchangeMustNotWait({ path }: Pick<AgencyFolder, 'path'>): void {
  // Whoever is on a hub or on a line has keys to answer with.
  const isConnected = ['exchange.json', 'exchange.keys'].some((name) => existsSync(join(path, name)));
  if (isConnected) throw new AppError('server.exchange-needs-file');
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
