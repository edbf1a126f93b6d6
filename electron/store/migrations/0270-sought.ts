import type { Migration } from './migration.ts';

/** What papers and files are looked for by, field by field (NĐ 30 PL6 6), and the questions that people keep. */
export const sought: Migration = {
  version: 270,
  name: 'sought',
  up(db) {
    db.exec(`
      CREATE TABLE sought (
        id TEXT PRIMARY KEY,
        -- Of a paper, its number among the documents, by which its text is found.
        paper INTEGER,
        kind TEXT NOT NULL CHECK (kind IN ('incoming', 'outgoing', 'dossier')),
        organ_id TEXT NOT NULL,
        year INTEGER,
        file_code TEXT NOT NULL,
        ordinal INTEGER,
        type_name TEXT NOT NULL,
        code_number TEXT NOT NULL,
        code_notation TEXT NOT NULL,
        issued_on TEXT,
        organ_name TEXT NOT NULL,
        subject TEXT NOT NULL,
        language TEXT NOT NULL,
        pages INTEGER,
        note TEXT NOT NULL,
        signer_post TEXT NOT NULL,
        signer TEXT NOT NULL,
        recipients TEXT NOT NULL,
        urgency TEXT NOT NULL,
        copies INTEGER,
        due_on TEXT,
        arrived_on TEXT,
        arrival_number INTEGER,
        to_places TEXT NOT NULL,
        instructions TEXT NOT NULL,
        retention INTEGER,
        mode TEXT NOT NULL,
        maker TEXT NOT NULL,
        started_on TEXT,
        ended_on TEXT,
        papers INTEGER,
        keywords TEXT NOT NULL,
        state TEXT NOT NULL,
        -- The same words as people read them, column by column.
        shown TEXT NOT NULL
      ) STRICT;
      CREATE INDEX sought_by_number ON sought (code_number);
      CREATE INDEX sought_by_file ON sought (file_code);
      CREATE INDEX sought_by_issued ON sought (issued_on);
      CREATE INDEX sought_by_arrived ON sought (arrived_on);
      CREATE TABLE saved_query (
        person TEXT NOT NULL,
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        PRIMARY KEY (person, name)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
