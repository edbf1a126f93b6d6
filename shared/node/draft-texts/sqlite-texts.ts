import * as Y from 'yjs';
import type { DocumentId } from '../../kernel/public.ts';
import type { WriteDb } from '../sqlite/public.ts';
import { docOf, takeUpdate } from './merging.ts';

/** A draft's words as they came; now and then they are put together into one piece. */
export const draftTextTables = `
  CREATE TABLE IF NOT EXISTS draft_text (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (document, n)
  ) STRICT, WITHOUT ROWID;
`;

/** The words of drafts in a database, merged as they come; every change is on the disk when its call returns. */
export type DraftTexts = Readonly<{
  /** Null where nothing was written yet. To look at only: what is put into it is kept by nobody. */
  read: (document: DocumentId) => Y.Doc | null;
  /** Keeps what of an update is new; false where nothing was. */
  take: (document: DocumentId, update: Uint8Array) => boolean;
  /** Every draft that has words here. */
  documents: () => readonly DocumentId[];
  /** Lets go of what is in memory: what was around a `take` was not kept. */
  letGo: (document: DocumentId) => void;
  forget: (document: DocumentId) => void;
}>;

const mostPieces = 100;
/** Drafts that are being written stay in memory. */
const mostOpen = 8;

export function sqliteTexts(db: WriteDb): DraftTexts {
  const pieces = db.prepare('SELECT bytes FROM draft_text WHERE document = ? ORDER BY n');
  const last = db.prepare(
    'SELECT coalesce(max(n), 0) AS n, count(*) AS pieces FROM draft_text WHERE document = ?',
  );
  const add = db.prepare('INSERT INTO draft_text (document, n, bytes) VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM draft_text WHERE document = ?');
  const all = db.prepare('SELECT DISTINCT document FROM draft_text ORDER BY document');
  const open = new Map<DocumentId, Y.Doc>();

  function read(document: DocumentId): Y.Doc | null {
    const kept = open.get(document);
    if (kept !== undefined) return keepOpen(document, kept);
    const rows = pieces.all(document) as { bytes: Uint8Array }[];
    return rows.length === 0 ? null : keepOpen(document, docOf(rows.map(({ bytes }) => bytes)));
  }

  function keepOpen(document: DocumentId, doc: Y.Doc): Y.Doc {
    open.delete(document);
    open.set(document, doc);
    for (const [oldest] of open) {
      if (open.size <= mostOpen) break;
      open.delete(oldest);
    }
    return doc;
  }

  const keep = db.transaction((document: DocumentId, doc: Y.Doc, fresh: Uint8Array) => {
    const known = last.get(document) as { n: number; pieces: number };
    if (known.pieces < mostPieces) {
      add.run(document, known.n + 1, fresh);
      return;
    }
    remove.run(document);
    add.run(document, known.n + 1, Y.encodeStateAsUpdate(doc));
  });

  return {
    read,
    take: (document, update) => {
      const doc = read(document) ?? docOf([]);
      try {
        const fresh = takeUpdate(doc, update);
        if (fresh === null) return false;
        keep(document, doc, fresh);
        keepOpen(document, doc);
        return true;
      } catch (error) {
        open.delete(document); // It may hold what the disk does not.
        throw error;
      }
    },
    documents: () => (all.all() as { document: DocumentId }[]).map(({ document }) => document),
    letGo: (document) => {
      open.delete(document);
    },
    forget: (document) => {
      open.delete(document);
      remove.run(document);
    },
  };
}
