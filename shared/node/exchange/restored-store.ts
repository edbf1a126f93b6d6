import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { HashSchema, type Day, type Hash, type Instant } from '../../kernel/public.ts';

/**
 * What an agency that was brought back from an older copy has to hear before it sends: how far the others have its series, and
 * what they have of it that is not here. Nobody is sent anything new before they have answered.
 */
export const restoredTables = `
  CREATE TABLE IF NOT EXISTS ix_restored (one INTEGER PRIMARY KEY CHECK (one = 1), since TEXT NOT NULL, at TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS ix_heard (
    peer TEXT PRIMARY KEY,
    highest INTEGER NOT NULL,
    answered INTEGER NOT NULL CHECK (answered IN (0, 1))
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ix_theirs (
    peer TEXT NOT NULL,
    id TEXT NOT NULL,
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    PRIMARY KEY (peer, id)
  ) STRICT, WITHOUT ROWID;
`;

/** Rows of the outbox that wait for an answer of whom they are for. */
export const notHeld = `NOT (
  what IN ('envelope', 'recall')
  AND EXISTS (SELECT 1 FROM ix_restored)
  AND NOT EXISTS (SELECT 1 FROM ix_heard h WHERE h.peer = ix_outbox.peer AND h.answered = 1)
)`;

/** Marks a copy that is taken up again: what is newer than it may be with others already. */
export function markRestored(db: Database, told: Readonly<{ since: Instant; at: Instant }>): void {
  db.prepare('DELETE FROM ix_heard').run();
  db.prepare('INSERT OR REPLACE INTO ix_restored (one, since, at) VALUES (1, @since, @at)').run(told);
}

const SeqSchema = z.object({ seq: z.int() });
const RestoredSchema = z.object({ since: z.string(), at: z.string() });
const DigestSchema = z.object({ digest: HashSchema });
const KeptSchema = z.object({ content: z.string() });

/** Under what a question is put down that was asked after this older copy was taken up. */
export const questionKey = (at: string): string => `restored ${at} `;

export function sqliteRestored(db: Database) {
  const restored = db.prepare('SELECT since, at FROM ix_restored');
  const heard = db.prepare(
    `INSERT INTO ix_heard (peer, highest, answered) VALUES (@peer, @highest, @answered) ON CONFLICT (peer) DO UPDATE SET
       highest = MAX(highest, excluded.highest), answered = MAX(answered, excluded.answered)`,
  );
  const isHeard = db.prepare('SELECT 1 FROM ix_heard WHERE peer = ? AND answered = 1');
  const keepTheirs = db.prepare('INSERT OR REPLACE INTO ix_theirs (peer, id, digest) VALUES (?, ?, ?)');
  const theirs = db.prepare('SELECT digest FROM ix_theirs WHERE peer = ? AND id = ?');
  const number = db.prepare(
    `UPDATE ix_outbox SET channel_seq = 1 + MAX(
       (SELECT COALESCE(MAX(channel_seq), 0) FROM ix_outbox WHERE peer = @peer),
       COALESCE((SELECT highest FROM ix_heard WHERE peer = @peer), 0))
     WHERE n = @n AND channel_seq IS NULL`,
  );
  const numberOf = db.prepare('SELECT channel_seq AS seq FROM ix_outbox WHERE n = ?');
  const sent = db.prepare('SELECT COALESCE(MAX(channel_seq), 0) AS seq FROM ix_outbox WHERE peer = ?');
  const got = db.prepare('SELECT COALESCE(MAX(channel_seq), 0) AS seq FROM ix_received WHERE sender = ?');
  const seqIn = (row: unknown): number => SeqSchema.parse(row).seq;
  const evidence = db.prepare('SELECT content FROM ix_evidence WHERE sender = ? AND about = ? ORDER BY id');
  const asked = db.prepare(
    "SELECT 1 FROM ix_outbox WHERE what = 'statement' AND json_extract(body, '$.id') = ? AND instr(key, ?) > 0",
  );
  const offerSince = db.prepare(
    "UPDATE ix_parcel SET state = 'out', next_at = 0 WHERE peer = ? AND what <> 'statement' AND parcel <> '' AND day >= ?",
  );
  const adopt = db.prepare(
    `INSERT OR IGNORE INTO ix_parcel (id, what, peer, about, day, digest, parcel, state, tries, next_at)
     VALUES (@id, @what, @peer, @about, @day, @digest, '', 'done', 0, 0)`,
  );
  const handAll = db.prepare(
    "UPDATE ix_parcel SET state = 'out', handed_at = NULL, tries = 0, next_at = 0 WHERE parcel <> '' AND handed_at >= ?",
  );
  return {
    /** Since when what was decided may be missing here, and when that was found; null where nothing was brought back. */
    restored: () => {
      const row = restored.get();
      return row === undefined ? null : RestoredSchema.parse(row);
    },
    heard: (peer: string, highest: number, answered: boolean) =>
      void heard.run({ peer, highest, answered: answered ? 1 : 0 }),
    /** Whether a statement is the question that was asked then. */
    hasAsked: (id: string, at: string): boolean => asked.get(id, questionKey(at)) !== undefined,
    isHeard: (peer: string): boolean => isHeard.get(peer) !== undefined,
    keepTheirs: (peer: string, id: string, digest: Hash) => void keepTheirs.run(peer, id, digest),
    theirs: (peer: string, id: string): Hash | null => {
      const row = theirs.get(peer, id);
      return row === undefined ? null : DigestSchema.parse(row).digest;
    },
    /** The place of an envelope in its channel, given once, after the highest that either side knows of. */
    numberAll: (rows: readonly Readonly<{ n: number; peer: string }>[]) => {
      db.transaction(() => {
        for (const { n, peer } of rows) number.run({ n, peer });
      }).immediate();
    },
    numberOf: (n: number): number | null => z.object({ seq: z.int().nullable() }).parse(numberOf.get(n)).seq,
    highest: (side: 'sent' | 'received', peer: string): number =>
      seqIn((side === 'sent' ? sent : got).get(peer)),
    evidenceOf: (peer: string, about: string): readonly string[] =>
      evidence.all(peer, about).map((row) => KeptSchema.parse(row).content),
    /** Gives an agency that may have lost them its envelopes and its receipts once more. */
    offerSince: (peer: string, day: Day) => void offerSince.run(peer, day),
    /** What the other side has from before: it is not sent once more with other bytes. */
    adopt: (
      row: Readonly<{ id: string; what: string; peer: string; about: string; day: string; digest: Hash }>,
    ) => void adopt.run(row),
    /** Offers a hub that lost its newest everything that was handed to it since then. */
    handAllAgain: (sinceMs: number) => void handAll.run(sinceMs),
  };
}
