import type { Migration } from './migration.ts';

/** Read models of the workflow room: tasks, and what waits for whom. */
export const workflow: Migration = {
  version: 30,
  name: 'workflow',
  up(db) {
    db.exec(`
      CREATE TABLE task (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('lead', 'support')),
        giver TEXT NOT NULL,
        unit TEXT,
        person TEXT,
        state TEXT NOT NULL,
        due_on TEXT,
        since TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX task_by_document ON task (document);
      CREATE INDEX task_by_state ON task (state, due_on);
      -- who is 'person:<id>', 'unit:<id>' (its head) or 'role:clerk'.
      CREATE TABLE waiting (
        who TEXT NOT NULL,
        due_key TEXT NOT NULL,
        since TEXT NOT NULL,
        document TEXT NOT NULL,
        why TEXT NOT NULL,
        task TEXT,
        origin TEXT NOT NULL,
        PRIMARY KEY (who, due_key, since, document, why, origin)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX waiting_by_origin ON waiting (origin);
    `);
  },
};
