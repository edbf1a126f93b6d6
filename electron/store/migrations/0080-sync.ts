import type { Migration } from './migration.ts';

/** What a desk that shares its agency's log with others keeps beside it. */
export const sync: Migration = {
  version: 80,
  name: 'sync',
  up(db) {
    db.exec(`
      -- Which of the entries here touched what: all of it, for what this desk may read.
      CREATE TABLE touched (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (kind, id, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX touched_by_entry ON touched (seq);
      CREATE TABLE scope_item (
        scope TEXT NOT NULL,
        n INTEGER NOT NULL CHECK (n > 0),
        seq INTEGER NOT NULL,
        sees TEXT NOT NULL,
        hash TEXT NOT NULL CHECK (length(hash) = 64),
        PRIMARY KEY (scope, n)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX scope_item_by_entry ON scope_item (seq);
      -- What this desk expects of commands that were not decided yet; numbered after everything that was.
      CREATE TABLE guess (
        seq INTEGER PRIMARY KEY,
        command_id TEXT NOT NULL UNIQUE,
        entry TEXT NOT NULL
      ) STRICT;
      -- What guesses changed, and the state it had before them.
      CREATE TABLE overlay (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        version INTEGER,
        state TEXT,
        PRIMARY KEY (kind, id)
      ) STRICT, WITHOUT ROWID;
      CREATE VIEW told AS
        SELECT seq, entry, hash FROM log
        UNION ALL
        SELECT seq, entry, '${'0'.repeat(64)}' AS hash FROM guess;
    `);
  },
};
