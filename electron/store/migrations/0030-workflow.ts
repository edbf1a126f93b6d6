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
      -- How much waits for whom, so that a count never reads the rows themselves.
      CREATE TABLE waiting_tally (
        who TEXT NOT NULL,
        why TEXT NOT NULL,
        items INTEGER NOT NULL,
        PRIMARY KEY (who, why)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER waiting_comes AFTER INSERT ON waiting BEGIN
        INSERT INTO waiting_tally (who, why, items) VALUES (new.who, new.why, 1)
          ON CONFLICT (who, why) DO UPDATE SET items = items + 1;
      END;
      CREATE TRIGGER waiting_goes AFTER DELETE ON waiting BEGIN
        UPDATE waiting_tally SET items = items - 1 WHERE who = old.who AND why = old.why;
        DELETE FROM waiting_tally WHERE who = old.who AND why = old.why AND items = 0;
      END;
    `);
  },
};
