import type { Migration } from './migration.ts';

/** What a desk knows of its server: how far each scope is safe there, and which files are still on their way. */
export const between: Migration = {
  version: 90,
  name: 'between',
  up(db) {
    db.exec(`
      CREATE TABLE scope_stable (
        scope TEXT PRIMARY KEY,
        n INTEGER NOT NULL CHECK (n >= 0)
      ) STRICT, WITHOUT ROWID;
      -- Files that a command from here speaks of: they go before it.
      CREATE TABLE file_owed (
        hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
        size INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      -- Files that the log speaks of and that are not here yet; the newest are asked for first.
      CREATE TABLE file_wanted (
        hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
        size INTEGER NOT NULL,
        document TEXT NOT NULL,
        seq INTEGER NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX file_wanted_newest ON file_wanted (tries, seq DESC);
    `);
  },
};
