import type { Database } from 'better-sqlite3';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { openInMemory } from '#shared/node/sqlite/public.ts';

/** A database in memory with the schema as it was right after step `version`; the newest when none is given. */
export function migratedDatabase(version = Number.POSITIVE_INFINITY): Database {
  const db = openInMemory();
  migrate(
    db,
    migrations.filter((step) => step.version <= version),
  );
  return db;
}

/** Runs what remains, as a start of the app after an update would. */
export function migrateOnward(db: Database): readonly number[] {
  return migrate(db, migrations);
}
