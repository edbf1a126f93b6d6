import type { Migration } from './migration.ts';

/**
 * What stays on this desk and is no act: working copies of drafts, people's key files and the pictures of their
 * signatures, and authorities' revocation lists.
 */
export const desk: Migration = {
  version: 40,
  name: 'desk',
  up(db) {
    db.exec(`
      CREATE TABLE working_copy (
        document TEXT PRIMARY KEY,
        draft TEXT NOT NULL,
        revision INTEGER NOT NULL CHECK (revision > 0),
        saved_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE key_file (
        owner TEXT NOT NULL,
        use TEXT NOT NULL CHECK (use IN ('person', 'seal')),
        p12 BLOB NOT NULL,
        name TEXT NOT NULL,
        issuer TEXT NOT NULL,
        serial TEXT NOT NULL,
        valid_to TEXT NOT NULL,
        PRIMARY KEY (owner, use)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE picture (
        owner TEXT PRIMARY KEY,
        png BLOB NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE revocation_list (
        issuer_key TEXT PRIMARY KEY,
        issuer TEXT NOT NULL,
        der BLOB NOT NULL,
        made_at TEXT NOT NULL,
        until TEXT NOT NULL,
        entries INTEGER NOT NULL
      ) STRICT;
    `);
  },
};
