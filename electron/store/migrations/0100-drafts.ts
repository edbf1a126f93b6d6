import { WorkingDraftSchema, rewrittenTo } from '#shared/drafting/public.ts';
import { draftTextTables } from '#shared/node/draft-texts/public.ts';
import type { Migration } from './migration.ts';

/** Drafts are written by several people at once: their words in pieces that merge, instead of one text a draft. */
export const drafts: Migration = {
  version: 100,
  name: 'drafts',
  up(db) {
    db.exec(draftTextTables);
    db.exec(`
      -- Drafts whose newest words the agency's server does not have; late: held back, since it was submitted without them.
      CREATE TABLE draft_ahead (
        document TEXT PRIMARY KEY,
        late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1))
      ) STRICT, WITHOUT ROWID;
    `);
    const keep = db.prepare('INSERT INTO draft_text (document, n, bytes) VALUES (?, 1, ?)');
    const copies = db.prepare('SELECT document, draft FROM working_copy').all() as {
      document: string;
      draft: string;
    }[];
    for (const { document, draft } of copies) {
      keep.run(document, rewrittenTo(WorkingDraftSchema.parse(JSON.parse(draft)), null));
      db.prepare('INSERT INTO draft_ahead (document) VALUES (?)').run(document);
    }
    db.exec('DROP TABLE working_copy');
  },
};
