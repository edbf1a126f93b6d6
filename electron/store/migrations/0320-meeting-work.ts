import type { Migration } from './migration.ts';

/**
 * What a meeting gave stands in the inbox beside what waits on papers; an item knows its meeting, so that the papers of
 * one that begins soon are fetched first; and everybody's own notes on papers, which are in no log.
 */
export const meetingWork: Migration = {
  version: 320,
  name: 'meeting-work',
  up(db) {
    db.exec(`
      ALTER TABLE meeting_task RENAME TO meeting_task_before;
      DROP INDEX meeting_task_by_person;
      DROP INDEX meeting_task_by_giver;
      CREATE TABLE meeting_task (
        id TEXT PRIMARY KEY,
        giver TEXT NOT NULL,
        person TEXT,
        state TEXT NOT NULL,
        due_key TEXT NOT NULL,
        -- As in waiting; null while nobody is asked for anything.
        who TEXT,
        why TEXT,
        since TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      INSERT INTO meeting_task (id, giver, person, state, due_key, who, why, since)
        SELECT id, giver, person, state, coalesce(due_on, '9999-12-31'),
               CASE WHEN state IN ('new', 'accepted', 'in-progress') THEN 'person:' || person
                    WHEN state IN ('awaiting', 'returned') THEN 'person:' || giver END,
               CASE state WHEN 'awaiting' THEN 'judge' WHEN 'returned' THEN 'assign'
                          WHEN 'new' THEN 'do' WHEN 'accepted' THEN 'do' WHEN 'in-progress' THEN 'do' END,
               ''
          FROM meeting_task_before;
      DROP TABLE meeting_task_before;
      CREATE INDEX meeting_task_by_who ON meeting_task (who, due_key, since, id);
      CREATE INDEX meeting_task_by_person ON meeting_task (person, due_key);
      CREATE INDEX meeting_task_by_giver ON meeting_task (giver, due_key);
      CREATE TABLE meeting_item (
        id TEXT PRIMARY KEY,
        meeting TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX meeting_item_by_meeting ON meeting_item (meeting, id);
      INSERT INTO meeting_item (id, meeting)
        SELECT id, state ->> '$.meeting' FROM aggregate WHERE kind = 'agendaItem';
      CREATE TABLE private_note (
        id TEXT PRIMARY KEY,
        person TEXT NOT NULL,
        meeting TEXT NOT NULL,
        item TEXT NOT NULL,
        note TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX private_note_by_item ON private_note (person, item, id);
    `);
  },
};
