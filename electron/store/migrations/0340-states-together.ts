import type { Migration } from './migration.ts';

/**
 * States lie several to a page. In the tree of a table without row numbers what is longer than a quarter of a page goes
 * to a page of its own (SQLite file format, 1.6), so that every state of a paper was read and written as 4 KiB.
 */
export const statesTogether: Migration = {
  version: 340,
  name: 'states-together',
  up(db) {
    db.exec(`
      ALTER TABLE aggregate RENAME TO aggregate_before;
      CREATE TABLE aggregate (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version > 0),
        state TEXT NOT NULL,
        PRIMARY KEY (kind, id)
      ) STRICT;
      INSERT INTO aggregate (kind, id, version, state)
        SELECT kind, id, version, state FROM aggregate_before ORDER BY kind, id;
      DROP TABLE aggregate_before;

      ALTER TABLE overlay RENAME TO overlay_before;
      -- What guesses changed, and the state it had before them.
      CREATE TABLE overlay (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        version INTEGER,
        state TEXT,
        PRIMARY KEY (kind, id)
      ) STRICT;
      INSERT INTO overlay (kind, id, version, state)
        SELECT kind, id, version, state FROM overlay_before ORDER BY kind, id;
      DROP TABLE overlay_before;
    `);
  },
};
