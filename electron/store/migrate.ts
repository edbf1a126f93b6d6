import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '#shared/kernel/public.ts';
import { nodeFiles } from '#shared/node/files/public.ts';
import { inTransaction, whenStoreFails, type ReadDb, type WriteDb } from '#shared/node/sqlite/public.ts';
import type { Migration } from './migrations/migration.ts';

export type MigrateOptions = Readonly<{
  /** Where a copy goes before an existing database is changed. */
  backup?: Readonly<{ folder: string }>;
}>;

const kept = 3;

/**
 * Brings a database to the newest step, each step in its own transaction, and gives the versions it ran. The file is
 * copied first, still encrypted; a database from a newer program is refused untouched.
 */
export function migrate(
  db: WriteDb,
  migrations: readonly Migration[],
  { backup }: MigrateOptions = {},
): readonly number[] {
  const newest = assertRising(migrations);
  const found = versionOf(db);
  if (found > newest) throw new AppError('store.newer-database', { found, known: newest });
  const pending = migrations.filter(({ version }) => version > found);
  if (pending.length === 0) return [];
  if (found > 0 && backup !== undefined) copyAside(db, backup.folder, found);
  for (const migration of pending) run(db, migration);
  db.exec('PRAGMA optimize');
  return pending.map(({ version }) => version);
}

export function versionOf(db: ReadDb): number {
  return Number(db.prepare('PRAGMA user_version').pluck().get());
}

function run(db: WriteDb, { version, name, up }: Migration): void {
  inTransaction(db, () => {
    up(db);
    const orphans = db.pragma('foreign_key_check');
    const isWhole = Array.isArray(orphans) && orphans.length === 0;
    if (!isWhole) throw new Error(`Step ${version} ${name} leaves rows without their parent`);
    db.pragma(`user_version = ${version}`);
  });
}

function assertRising(migrations: readonly Migration[]): number {
  let last = 0;
  for (const { version, name } of migrations) {
    const isRising = Number.isInteger(version) && version > last;
    if (!isRising) throw new Error(`Step ${version} ${name} is out of order`);
    last = version;
  }
  return last;
}

function copyAside(db: WriteDb, folder: string, found: number): void {
  whenStoreFails(() => {
    nodeFiles.makeFolder(folder);
    const aside = join(folder, `${randomBytes(6).toString('hex')}.tmp`);
    try {
      // By the database itself, under the same key: opening its file beside it would drop its locks (POSIX).
      db.prepare('VACUUM INTO ?').run(aside);
      nodeFiles.syncFile(aside);
      nodeFiles.rename(aside, join(folder, copyName(found)));
      nodeFiles.syncFolder(folder);
    } finally {
      nodeFiles.remove(aside);
    }
    forgetOldest(folder);
  });
}

function copyName(version: number): string {
  return `office-${String(version).padStart(4, '0')}.db`;
}

function forgetOldest(folder: string): void {
  const copies = nodeFiles
    .list(folder)
    .filter((name) => /^office-\d+\.db$/u.test(name))
    .toSorted();
  for (const name of copies.slice(0, -kept)) nodeFiles.remove(join(folder, name));
}
