import type { Migration } from './migration.ts';

/** The log of decisions, the folded states and the outbox: the spine everything else is derived from. */
export const log: Migration = {
  version: 10,
  name: 'log',
  up(db) {
    db.exec(`
      CREATE TABLE log (
        seq INTEGER PRIMARY KEY,
        command_id TEXT NOT NULL UNIQUE,
        entry TEXT NOT NULL,
        hash TEXT NOT NULL CHECK (length(hash) = 64)
      ) STRICT;
      CREATE TABLE aggregate (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version > 0),
        state TEXT NOT NULL,
        PRIMARY KEY (kind, id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE outbox (
        dseq INTEGER PRIMARY KEY,
        command_id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('queued', 'acked', 'rejected', 'parked')),
        signature TEXT,
        -- Where the decision stands in the log, once it is known.
        seq INTEGER
      ) STRICT;
      CREATE INDEX outbox_by_status ON outbox (status, dseq);
      CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
