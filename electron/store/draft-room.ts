import type * as Y from 'yjs';
import type { Writer } from '#shared/drafting/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { sqliteTexts } from '#shared/node/draft-texts/public.ts';
import { inTransaction, whenStoreFails, type WriteDb } from '#shared/node/sqlite/public.ts';
import { prepared } from './prepared.ts';

/**
 * Where drafts are written at this desk: the words of every window and of the server merge here, and each is told of the
 * others'. What was taken in is on the disk.
 */
export type DraftRoom = Readonly<{
  /** Null where nothing of it is here. To look at only. */
  read: (document: DocumentId) => Y.Doc | null;
  /** Words of a window here; false where they were known. */
  written: (document: DocumentId, update: Uint8Array, client: number) => boolean;
  /** Words that came from the server. */
  came: (document: DocumentId, update: Uint8Array) => boolean;
  forget: (document: DocumentId) => void;
  /** Every draft that has words here. */
  documents: () => readonly DocumentId[];
  /** Somebody is at the draft in a window of this desk, or is so no longer. */
  sit: (document: DocumentId, writer: Writer) => void;
  leave: (document: DocumentId, client: number) => void;
  here: (document: DocumentId) => readonly Writer[];
  /** Who is at it at other desks, as the server says. */
  elsewhere: (document: DocumentId, writers: readonly Writer[]) => void;
  /** Everybody at the draft but the one who asks. */
  othersThan: (document: DocumentId, client: number) => readonly Writer[];
  /** Told of what others than this window do. */
  follow: (document: DocumentId, client: number, listener: () => void) => () => void;
  /** Told of everything that is written or looked at here. */
  onTouched: (listener: (document: DocumentId) => void) => void;
  standing: (document: DocumentId) => 'even' | 'ahead' | 'late';
  ahead: () => readonly DocumentId[];
  /** How often something was written here since the program started. */
  writes: (document: DocumentId) => number;
  /** The server has everything. */
  even: (document: DocumentId) => void;
  /** What the server lacks came too late, or joins the draft after all. */
  holdBack: (document: DocumentId) => void;
  letJoin: (document: DocumentId) => void;
}>;

/** The server may have lost words that it had: whether it has all of each draft here is found out anew. */
export function doubtWords(db: WriteDb): void {
  prepared(db, 'INSERT OR IGNORE INTO draft_ahead (document) SELECT DISTINCT document FROM draft_text').run();
}

export function openDraftRoom(db: WriteDb): DraftRoom {
  const texts = sqliteTexts(db);
  const seated = new Map<DocumentId, Map<number, Writer>>();
  const away = new Map<DocumentId, readonly Writer[]>();
  const followers = new Map<DocumentId, Map<() => void, number>>();
  const touched = new Set<(document: DocumentId) => void>();
  const writes = new Map<DocumentId, number>();

  function tell(document: DocumentId, from: number | null = null): void {
    for (const [listener, client] of followers.get(document) ?? []) if (client !== from) listener();
  }

  function touch(document: DocumentId): void {
    for (const listener of touched) listener(document);
  }

  const hold = (document: DocumentId, late: 0 | 1) => {
    prepared(
      db,
      'INSERT INTO draft_ahead (document, late) VALUES (?, ?) ON CONFLICT DO UPDATE SET late = excluded.late',
    ).run(document, late);
    tell(document);
  };

  function keepWritten(document: DocumentId, update: Uint8Array): boolean {
    try {
      return inTransaction(db, () => {
        const isNew = texts.take(document, update);
        if (isNew) prepared(db, 'INSERT OR IGNORE INTO draft_ahead (document) VALUES (?)').run(document);
        return isNew;
      });
    } catch (error) {
      texts.letGo(document);
      throw error;
    }
  }

  return {
    read: texts.read,
    written: (document, update, client) => {
      const isNew = keepWritten(document, update);
      if (!isNew) return false;
      writes.set(document, (writes.get(document) ?? 0) + 1);
      tell(document, client);
      touch(document);
      return true;
    },
    came: (document, update) => {
      const isNew = whenStoreFails(() => texts.take(document, update));
      if (isNew) tell(document);
      return isNew;
    },
    forget: (document) => {
      texts.forget(document);
      prepared(db, 'DELETE FROM draft_ahead WHERE document = ?').run(document);
      tell(document);
    },
    documents: texts.documents,
    sit: (document, writer) => {
      const seats = seated.get(document) ?? new Map<number, Writer>();
      const before = seats.get(writer.client);
      seated.set(document, seats.set(writer.client, writer));
      if (JSON.stringify(before) === JSON.stringify(writer)) return;
      tell(document, writer.client);
      touch(document);
    },
    leave: (document, client) => {
      const seats = seated.get(document);
      if (seats?.delete(client) !== true) return;
      if (seats.size === 0) {
        seated.delete(document);
        away.delete(document);
      }
      tell(document);
      touch(document);
    },
    here: (document) => [...(seated.get(document)?.values() ?? [])],
    elsewhere: (document, writers) => {
      if (JSON.stringify(away.get(document) ?? []) === JSON.stringify(writers)) return;
      away.set(document, writers);
      tell(document);
    },
    othersThan: (document, client) => [
      ...[...(seated.get(document)?.values() ?? [])].filter((one) => one.client !== client),
      ...(away.get(document) ?? []),
    ],
    follow: (document, client, listener) => {
      const known = followers.get(document) ?? new Map<() => void, number>();
      followers.set(document, known.set(listener, client));
      return () => {
        known.delete(listener);
      };
    },
    onTouched: (listener) => {
      touched.add(listener);
    },
    standing: (document) => {
      const row = prepared(db, 'SELECT late FROM draft_ahead WHERE document = ?').get(document) as
        { late: 0 | 1 } | undefined;
      if (row === undefined) return 'even';
      return row.late === 1 ? 'late' : 'ahead';
    },
    ahead: () =>
      (
        prepared(db, 'SELECT document FROM draft_ahead WHERE late = 0').all() as { document: DocumentId }[]
      ).map(({ document }) => document),
    writes: (document) => writes.get(document) ?? 0,
    even: (document) => {
      const gone = prepared(db, 'DELETE FROM draft_ahead WHERE document = ? AND late = 0').run(document);
      if (gone.changes > 0) tell(document);
    },
    holdBack: (document) => {
      hold(document, 1);
    },
    letJoin: (document) => {
      hold(document, 0);
      touch(document);
    },
  };
}

/** Of a destroyed paper the words it was set from go as well; whoever holds it open has nothing to write any more. */
export function forgetWords(db: WriteDb, document: string): void {
  for (const table of ['draft_text', 'draft_ahead']) {
    prepared(db, `DELETE FROM ${table} WHERE document = ?`).run(document);
  }
}
