import type { Migration } from './migration.ts';

/** Files that were found damaged or lost, and what became of them. */
export const fileFaults: Migration = {
  version: 190,
  name: 'file-faults',
  up(db) {
    db.exec(`
      CREATE TABLE file_fault (
        hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
        found_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
