import type { Migration } from './migration.ts';

/** The meetings room: the list of meetings, who sees each, and what they gave whom to do. */
export const meetings: Migration = {
  version: 300,
  name: 'meetings',
  up(db) {
    db.exec(`
      CREATE TABLE meeting (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        place TEXT NOT NULL,
        state TEXT NOT NULL,
        starts_at TEXT NOT NULL,
        folded TEXT NOT NULL
      ) STRICT;
      CREATE INDEX meeting_by_start ON meeting (starts_at DESC, id);
      CREATE TABLE meeting_person (
        person TEXT NOT NULL,
        meeting INTEGER NOT NULL,
        PRIMARY KEY (person, meeting)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE meeting_task (
        id TEXT PRIMARY KEY,
        meeting TEXT NOT NULL,
        item TEXT NOT NULL,
        giver TEXT NOT NULL,
        person TEXT,
        state TEXT NOT NULL,
        due_on TEXT
      ) STRICT, WITHOUT ROWID;
      -- The box of a secret vote and its key, as long as it is open. Not from the log: by serial alone, in no order of
      -- arrival and without an hour, so that it tells no more than the list that is published.
      CREATE TABLE vote_key (
        vote TEXT PRIMARY KEY,
        private_key TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE secret_ballot (
        vote TEXT NOT NULL,
        serial TEXT NOT NULL,
        ballot TEXT NOT NULL,
        PRIMARY KEY (vote, serial)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX meeting_task_by_person ON meeting_task (person, due_on);
      CREATE INDEX meeting_task_by_giver ON meeting_task (giver, due_on);
    `);
  },
};
