import type { Migration } from './migration.ts';

/** How far each sealed file is proven, and what was tried in vain on this desk. */
export const proofs: Migration = {
  version: 70,
  name: 'proofs',
  up(db) {
    db.exec(`
      CREATE TABLE proof (
        document TEXT NOT NULL,
        of TEXT NOT NULL,
        notation TEXT NOT NULL,
        hash TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size > 0),
        level TEXT NOT NULL CHECK (level IN ('B-B', 'B-T', 'B-LT', 'B-LTA')),
        renew_by TEXT,
        PRIMARY KEY (document, of)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX proof_by_level ON proof (level);
      CREATE INDEX proof_by_end ON proof (renew_by) WHERE renew_by IS NOT NULL;
      -- No act: the next desk may be luckier.
      CREATE TABLE proof_trial (
        document TEXT NOT NULL,
        of TEXT NOT NULL,
        failures INTEGER NOT NULL CHECK (failures > 0),
        at TEXT NOT NULL,
        next_at TEXT NOT NULL,
        why TEXT NOT NULL,
        PRIMARY KEY (document, of)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
