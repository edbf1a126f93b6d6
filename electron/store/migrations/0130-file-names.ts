import type { LogEntry } from '#shared/kernel/public.ts';
import { hashesIn } from '#shared/sync/public.ts';
import type { Migration } from './migration.ts';

/** Which paper speaks of which file, and which files nothing here speaks of any more. */
export const fileNames: Migration = {
  version: 130,
  name: 'file-names',
  up(db) {
    db.exec(`
      CREATE TABLE document_file (
        hash TEXT NOT NULL CHECK (length(hash) = 64),
        document TEXT NOT NULL,
        PRIMARY KEY (hash, document)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX document_file_by_document ON document_file (document);
      -- Without a day it goes at once: its papers are no longer this person's.
      CREATE TABLE file_loose (
        hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
        since TEXT
      ) STRICT, WITHOUT ROWID;
      -- What waits for this person soonest is fetched by its paper.
      CREATE INDEX file_wanted_by_document ON file_wanted (document, tries);
    `);
    const keep = db.prepare('INSERT OR IGNORE INTO document_file (hash, document) VALUES (?, ?)');
    for (const row of db.prepare('SELECT entry FROM told').iterate() as Iterable<{ entry: string }>) {
      // Written by the desk from a LogEntry.
      const { acts } = JSON.parse(row.entry) as LogEntry;
      for (const { on, body } of acts) {
        if (on.kind !== 'document') continue;
        for (const hash of hashesIn(body)) keep.run(hash, on.id);
      }
    }
  },
};
