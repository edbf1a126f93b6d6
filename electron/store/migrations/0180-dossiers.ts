import type { Migration } from './migration.ts';

/** Read models of the dossiers room: the list of files, who may see each, and what lies in which. */
export const dossiers: Migration = {
  version: 180,
  name: 'dossiers',
  up(db) {
    db.exec(`
      CREATE TABLE dossier (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        code TEXT NOT NULL,
        year INTEGER NOT NULL,
        title TEXT NOT NULL,
        retention TEXT NOT NULL,
        state TEXT NOT NULL,
        in_list INTEGER NOT NULL CHECK (in_list IN (0, 1)),
        maker TEXT NOT NULL,
        parent TEXT,
        started_on TEXT NOT NULL,
        ended_on TEXT,
        papers INTEGER NOT NULL,
        parts INTEGER NOT NULL,
        folded TEXT NOT NULL
      ) STRICT;
      CREATE INDEX dossier_by_year ON dossier (year DESC, code) WHERE parent IS NULL;
      CREATE INDEX dossier_by_parent ON dossier (parent, n) WHERE parent IS NOT NULL;
      CREATE INDEX dossier_by_maker ON dossier (maker, year DESC, code) WHERE parent IS NULL;
      CREATE TABLE dossier_person (
        person TEXT NOT NULL,
        dossier INTEGER NOT NULL,
        PRIMARY KEY (person, dossier)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE dossier_unit (
        unit TEXT NOT NULL,
        dossier INTEGER NOT NULL,
        PRIMARY KEY (unit, dossier)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
