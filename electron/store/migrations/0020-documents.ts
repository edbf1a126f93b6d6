import type { Migration } from './migration.ts';

/** Read models of the documents room, its files' text, and the two full-text indexes. */
export const documents: Migration = {
  version: 20,
  name: 'documents',
  up(db) {
    db.exec(`
      CREATE TABLE document (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
        state TEXT NOT NULL,
        kind TEXT NOT NULL,
        notation TEXT NOT NULL,
        subject TEXT NOT NULL,
        issuer TEXT NOT NULL,
        unit TEXT,
        drafter TEXT,
        issued_on TEXT,
        book TEXT,
        number INTEGER,
        year INTEGER,
        arrived_on TEXT,
        urgency TEXT NOT NULL,
        holder_kind TEXT,
        holder_id TEXT,
        since TEXT NOT NULL,
        due_on TEXT,
        returned INTEGER NOT NULL CHECK (returned IN (0, 1)),
        file_hash TEXT,
        same_paper TEXT,
        folded TEXT NOT NULL
      ) STRICT;
      CREATE INDEX document_by_direction ON document (direction, n);
      CREATE INDEX document_by_state ON document (direction, state, n);
      CREATE UNIQUE INDEX document_by_number ON document (book, year, number) WHERE number IS NOT NULL;
      CREATE INDEX document_by_file ON document (file_hash) WHERE file_hash IS NOT NULL;
      CREATE INDEX document_by_paper ON document (same_paper) WHERE same_paper IS NOT NULL;
      CREATE INDEX document_by_drafter ON document (drafter, n) WHERE drafter IS NOT NULL;

      CREATE TABLE document_person (
        person TEXT NOT NULL,
        document INTEGER NOT NULL REFERENCES document (n),
        PRIMARY KEY (person, document)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE document_unit (
        unit TEXT NOT NULL,
        document INTEGER NOT NULL REFERENCES document (n),
        PRIMARY KEY (unit, document)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE timeline (
        document INTEGER NOT NULL REFERENCES document (n),
        seq INTEGER NOT NULL,
        PRIMARY KEY (document, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX timeline_by_entry ON timeline (seq);
      CREATE TABLE certified_copy (
        year INTEGER NOT NULL,
        number INTEGER NOT NULL,
        made_on TEXT NOT NULL,
        document INTEGER NOT NULL REFERENCES document (n),
        PRIMARY KEY (year, number)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE tally (
        direction TEXT NOT NULL,
        state TEXT NOT NULL,
        documents INTEGER NOT NULL,
        PRIMARY KEY (direction, state)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE file_text (
        hash TEXT PRIMARY KEY,
        text TEXT NOT NULL
      ) STRICT;
      -- Vietnamese words are short: the last one is typed as a beginning, and merging all that begin so is slow.
      CREATE VIRTUAL TABLE document_fts USING fts5 (
        folded, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
      );
      CREATE VIRTUAL TABLE file_fts USING fts5 (
        folded, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
      );
    `);
  },
};
