import type { Migration } from './migration.ts';

/** The log of who opened and took out what at this desk. */
export const access: Migration = {
  version: 260,
  name: 'access',
  up(db) {
    db.exec(`
      CREATE TABLE access_line (
        desk TEXT NOT NULL,
        n INTEGER NOT NULL CHECK (n > 0),
        at TEXT NOT NULL,
        day TEXT NOT NULL,
        person TEXT NOT NULL,
        what TEXT NOT NULL,
        kind TEXT NOT NULL,
        about TEXT NOT NULL,
        line TEXT NOT NULL,
        hash TEXT NOT NULL CHECK (length(hash) = 64),
        PRIMARY KEY (desk, n)
      ) STRICT;
      CREATE INDEX access_by_time ON access_line (at, desk, n);
      CREATE INDEX access_by_thing ON access_line (kind, about, at);
      CREATE INDEX access_by_person ON access_line (person, at);
    `);
  },
};
