import type { Migration } from './migration.ts';

/** What the archive reads, when a file is due there, and the hand-overs to it. */
export const archive: Migration = {
  version: 210,
  name: 'archive',
  up(db) {
    db.exec(`
      ALTER TABLE document ADD COLUMN in_archive INTEGER NOT NULL DEFAULT 0 CHECK (in_archive IN (0, 1));
      CREATE INDEX document_in_archive ON document (n) WHERE in_archive = 1;
      ALTER TABLE dossier ADD COLUMN in_archive INTEGER NOT NULL DEFAULT 0 CHECK (in_archive IN (0, 1));
      CREATE INDEX dossier_in_archive ON dossier (year DESC, code) WHERE in_archive = 1 AND parent IS NULL;
      ALTER TABLE dossier ADD COLUMN returned INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1));
      -- Until when it is to be handed over; null once it was, and where it never is.
      ALTER TABLE dossier ADD COLUMN hand_over_by TEXT;
      CREATE INDEX dossier_by_hand_over ON dossier (hand_over_by) WHERE hand_over_by IS NOT NULL;
      UPDATE dossier SET hand_over_by = date(ended_on, '+1 year')
       WHERE state = 'closed' AND parent IS NULL AND (retention = 'permanent' OR CAST(retention AS INTEGER) >= 5);
      CREATE TABLE hand_over (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL,
        giver TEXT NOT NULL,
        at TEXT NOT NULL,
        files INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX hand_over_by_state ON hand_over (state, at DESC);
    `);
  },
};
