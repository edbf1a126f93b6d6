import type { Migration } from './migration.ts';

/**
 * A register of a year is read from one index; and what papers and files are looked for by is narrow, since a question
 * that no index answers reads every row of it, while what is shown of the few that are found stands apart.
 */
export const readNarrowly: Migration = {
  version: 330,
  name: 'read-narrowly',
  up(db) {
    db.exec(`
      CREATE INDEX document_in_book ON document (direction, year, book, number, arrived_on, issued_on, id)
        WHERE number IS NOT NULL;

      ALTER TABLE sought RENAME TO sought_before;
      DROP INDEX sought_by_number;
      DROP INDEX sought_by_file;
      DROP INDEX sought_by_issued;
      DROP INDEX sought_by_arrived;
      CREATE TABLE sought (
        n INTEGER PRIMARY KEY,
        -- Of a paper, its number among the documents, by which its text is found.
        paper INTEGER,
        kind TEXT NOT NULL CHECK (kind IN ('incoming', 'outgoing', 'dossier')),
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
        state TEXT NOT NULL
      ) STRICT;
      CREATE INDEX sought_by_number ON sought (code_number);
      CREATE INDEX sought_by_file ON sought (file_code);
      CREATE INDEX sought_by_issued ON sought (issued_on);
      CREATE INDEX sought_by_arrived ON sought (arrived_on);
      CREATE TABLE sought_shown (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        organ_id TEXT NOT NULL,
        -- The same words as people read them, column by column.
        shown TEXT NOT NULL
      ) STRICT;
      INSERT INTO sought SELECT rowid,
        paper, kind, year, file_code, ordinal, type_name, code_number, code_notation, issued_on,
        organ_name, subject, language, pages, note, signer_post, signer, recipients, urgency,
        copies, due_on, arrived_on, arrival_number, to_places, instructions, retention, mode, maker,
        started_on, ended_on, papers, keywords, state
        FROM sought_before;
      INSERT INTO sought_shown SELECT rowid, id, organ_id, shown FROM sought_before;
      DROP TABLE sought_before;
    `);
  },
};
