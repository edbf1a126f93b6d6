import type { Migration } from './migration.ts';

/**
 * What was given on top of something that the server had not decided yet: it falls with that (`sync.md` 3.6). And what
 * carries acts of a newer version: it stays as it was before them until this desk can fold them (4.7).
 */
export const restsOn: Migration = {
  version: 150,
  name: 'rests-on',
  up(db) {
    db.exec(`
      ALTER TABLE outbox ADD COLUMN rests_on TEXT;
      CREATE TABLE deferred (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        PRIMARY KEY (kind, id)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
