import type { Migration } from './migration.ts';

/** The keys of the agency's own authority: the root's under its split passphrase, an issuing level's as it is used. */
export const authority: Migration = {
  version: 50,
  name: 'authority',
  up(db) {
    db.exec(`
      CREATE TABLE authority_key (
        serial TEXT PRIMARY KEY,
        level TEXT NOT NULL CHECK (level IN ('root', 'issuing')),
        key BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE authority_list (
        serial TEXT PRIMARY KEY,
        number INTEGER NOT NULL CHECK (number > 0),
        der BLOB NOT NULL,
        made_at TEXT NOT NULL,
        next_update TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
