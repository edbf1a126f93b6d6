import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Listed } from '../../exchange/public.ts';
import { DaySchema, HashSchema, InstantSchema, type AgencyId, type Hash } from '../../kernel/public.ts';
import { ContentSchema, digestOf } from './cover.ts';
import { asideTables, sqliteAside } from './aside-store.ts';
import { lineTables, sqliteLines } from './line-store.ts';
import { notedTables } from './note-store.ts';
import { placeTables, sqlitePlaces } from './place-store.ts';
import { notHeld, restoredTables, sqliteRestored } from './restored-store.ts';

/** What an agency's server keeps of the exchange, in the same file as its log: what is owed commits with what owes it. */
export const gatewayTables = `
  CREATE TABLE IF NOT EXISTS ix_outbox (
    n INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    what TEXT NOT NULL CHECK (what IN ('envelope', 'recall', 'receipt', 'statement')),
    peer TEXT NOT NULL,
    about TEXT NOT NULL,
    channel_seq INTEGER,
    body TEXT NOT NULL,
    sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1)),
    next_at INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS ix_channel ON ix_outbox (peer, channel_seq) WHERE channel_seq IS NOT NULL;
  CREATE TABLE IF NOT EXISTS ix_parcel (
    id TEXT PRIMARY KEY,
    what TEXT NOT NULL,
    peer TEXT NOT NULL,
    about TEXT NOT NULL,
    day TEXT NOT NULL,
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    parcel TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('out', 'done')),
    tries INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    handed_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS ix_parcel_due ON ix_parcel (state, next_at);
  CREATE INDEX IF NOT EXISTS ix_parcel_about ON ix_parcel (peer, about);
  CREATE TABLE IF NOT EXISTS ix_received (
    sender TEXT NOT NULL,
    id TEXT NOT NULL,
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    channel_seq INTEGER NOT NULL,
    day TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (sender, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ix_evidence (
    id TEXT PRIMARY KEY,
    sender TEXT NOT NULL,
    about TEXT NOT NULL,
    content TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS ix_evidence_day ON ix_evidence (date(json_extract(content, '$.signed.at'), '+7 hours'));
  CREATE TABLE IF NOT EXISTS ix_alarm (
    n INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    code TEXT NOT NULL,
    peer TEXT,
    about TEXT
  ) STRICT;
  ${asideTables}
  ${restoredTables}
  ${notedTables}
  ${lineTables}
  ${placeTables}
`;

/** The day in Vietnam on which a receipt was given. */
const receiptDay = "date(json_extract(content, '$.signed.at'), '+7 hours')";

export const owedKinds = ['envelope', 'recall', 'receipt', 'statement'] as const;
const OwedSchema = z.object({
  n: z.int(),
  key: z.string(),
  what: z.enum(owedKinds),
  peer: z.string(),
  about: z.string(),
  body: z.string().transform((text): unknown => JSON.parse(text)),
});
export type Owed = z.infer<typeof OwedSchema>;

const DueSchema = z.object({
  id: z.string(),
  what: z.enum(owedKinds),
  peer: z.string(),
  about: z.string(),
  parcel: z.string(),
  tries: z.int(),
  handedAt: z.int().nullable(),
});
export type Due = z.infer<typeof DueSchema>;

const ReceivedSchema = z.object({ digest: HashSchema, content: z.string() });
const AlarmSchema = z.object({
  at: InstantSchema,
  code: z.string(),
  peer: z.string().nullable(),
  about: z.string().nullable(),
});
export type Alarm = z.infer<typeof AlarmSchema>;

/** Something that is owed to another agency. */
export type Owing = Readonly<{ key: string; what: Owed['what']; peer: string; about: string; body: unknown }>;

const DigestSchema = z.object({ digest: HashSchema });
const ListedSchema = z.array(z.object({ id: z.string(), digest: HashSchema }));
const AtSchema = z.object({ at: z.int().nullable() });
const SeqSchema = z.object({ seq: z.int() });
const KeptSchema = z.object({ content: z.string() });
const AboutsSchema = z.array(z.object({ about: z.string() }));
const ChannelsSchema = z.array(
  z.object({ what: z.enum(['envelopes', 'receipts']), peer: z.string(), day: DaySchema }),
);

export type GatewayStore = ReturnType<typeof sqliteGateway>;

export function sqliteGateway(db: Database) {
  const owe = db.prepare(
    'INSERT OR IGNORE INTO ix_outbox (key, what, peer, about, body) VALUES (@key, @what, @peer, @about, @body)',
  );
  const owed = db.prepare(
    `SELECT n, key, what, peer, about, body FROM ix_outbox
     WHERE sealed = 0 AND next_at <= ? AND ${notHeld} ORDER BY n LIMIT 50`,
  );
  const hasOwed = db.prepare('SELECT 1 FROM ix_outbox WHERE key = ?');
  const keepParcel = db.prepare(
    `INSERT OR IGNORE INTO ix_parcel (id, what, peer, about, day, digest, parcel, state, tries, next_at)
     VALUES (@id, @what, @peer, @about, @day, @digest, @parcel, 'out', 0, 0)`,
  );
  const markSealed = db.prepare('UPDATE ix_outbox SET sealed = 1 WHERE n = ?');
  const due = db.prepare(
    `SELECT id, what, peer, about, parcel, tries, handed_at AS handedAt FROM ix_parcel
     WHERE state = 'out' AND next_at <= ? ORDER BY next_at LIMIT 50`,
  );
  const handed = db.prepare(
    // Its receipt may have come meanwhile.
    "UPDATE ix_parcel SET handed_at = ?, tries = 0, next_at = ?, state = ? WHERE id = ? AND state = 'out'",
  );
  const failed = db.prepare('UPDATE ix_parcel SET tries = tries + 1, next_at = ? WHERE id = ?');
  const done = db.prepare(
    "UPDATE ix_parcel SET state = 'done' WHERE peer = ? AND about = ? AND what IN ('envelope', 'recall')",
  );
  const again = db.prepare(
    "UPDATE ix_parcel SET state = 'out', next_at = 0 WHERE peer = ? AND about = ? AND what = 'receipt'",
  );
  const offerAgain = db.prepare(
    "UPDATE ix_parcel SET state = 'out', next_at = 0 WHERE peer = ? AND id = ? AND parcel <> ''",
  );
  const digestOfSent = db.prepare(
    "SELECT digest FROM ix_parcel WHERE peer = ? AND about = ? AND what IN ('envelope', 'recall')",
  );
  const received = db.prepare('SELECT digest, content FROM ix_received WHERE sender = ? AND id = ?');
  const keepReceived = db.prepare(
    'INSERT OR REPLACE INTO ix_received (sender, id, digest, channel_seq, day, content) VALUES (@sender, @id, @digest, @seq, @day, @content)',
  );
  const keepEvidence = db.prepare(
    'INSERT OR IGNORE INTO ix_evidence (id, sender, about, content) VALUES (?, ?, ?, ?)',
  );
  const alarm = db.prepare(
    'INSERT OR IGNORE INTO ix_alarm (key, at, code, peer, about) VALUES (@key, @at, @code, @peer, @about)',
  );
  const isAlarmed = db.prepare('SELECT 1 FROM ix_alarm WHERE key = ?');
  const seqs = db.prepare('SELECT channel_seq AS seq FROM ix_received WHERE sender = ?');
  const listedReceipts = db.prepare(
    "SELECT id, digest FROM ix_parcel WHERE peer = ? AND day BETWEEN ? AND ? AND what = 'receipt' ORDER BY id",
  );
  const receiptsFrom = db.prepare(
    `SELECT content FROM ix_evidence WHERE sender = ? AND ${receiptDay} BETWEEN ? AND ? ORDER BY id`,
  );
  // Only what has been decided on: what a crash left between is not here yet.
  const listedReceived = db.prepare(
    `SELECT id, digest FROM ix_received r WHERE sender = ? AND day BETWEEN ? AND ? AND EXISTS (
       SELECT 1 FROM ix_outbox WHERE key IN (
         'receipt:' || r.sender || ':' || r.id || ':arrived', 'receipt:' || r.sender || ':' || r.id || ':refused'))
     ORDER BY id`,
  );
  const listedSent = db.prepare(
    "SELECT id, digest FROM ix_parcel WHERE peer = ? AND day BETWEEN ? AND ? AND what IN ('envelope', 'recall') ORDER BY id",
  );
  const channels = db.prepare(
    `SELECT 'envelopes' AS what, peer, day FROM ix_parcel
       WHERE day BETWEEN @day AND @until AND what IN ('envelope', 'recall')
     UNION SELECT 'envelopes', sender, day FROM ix_received WHERE day BETWEEN @day AND @until
     UNION SELECT 'receipts', peer, day FROM ix_parcel WHERE day BETWEEN @day AND @until AND what = 'receipt'
     UNION SELECT 'receipts', sender, ${receiptDay} FROM ix_evidence WHERE ${receiptDay} BETWEEN @day AND @until
     EXCEPT SELECT CASE what WHEN 'receipt' THEN 'receipts' ELSE 'envelopes' END, peer, day FROM ix_parcel
       WHERE day BETWEEN @day AND @until AND state = 'out' AND handed_at IS NULL
     ORDER BY day, peer, what`,
  );
  const backAgain = db.prepare("UPDATE ix_parcel SET next_at = 0 WHERE state = 'out' AND handed_at IS NULL");
  const nextDue = db.prepare("SELECT MIN(next_at) AS at FROM ix_parcel WHERE state = 'out'");
  const unanswered = db.prepare("SELECT about FROM ix_parcel WHERE state = 'out' AND what = 'envelope'");

  return {
    ...sqliteAside(db),
    ...sqliteRestored(db),
    ...sqliteLines(db),
    ...sqlitePlaces(db),
    /** Puts down what is owed, once; call inside the transaction that owes it. */
    owe: (row: Owing) =>
      void owe.run({
        ...row,
        body: JSON.stringify(row.body),
      }),
    /** Whether this was put down, by whatever decision owed it. */
    isOwed: (key: string): boolean => hasOwed.get(key) !== undefined,
    owed: (nowMs: number): readonly Owed[] => owed.all(nowMs).map((row) => OwedSchema.parse(row)),
    /** It could not be sealed now: the others go first. */
    putOff: (n: number, nextMs: number) =>
      void db.prepare('UPDATE ix_outbox SET next_at = ? WHERE n = ?').run(nextMs, n),
    /** The sealed bytes, kept as they will go out every time. */
    keepSealed: (
      n: number,
      parcel: Readonly<{
        id: string;
        what: string;
        peer: string;
        about: string;
        day: string;
        digest: Hash;
        parcel: string;
      }>,
    ) => {
      db.transaction(() => {
        keepParcel.run(parcel);
        markSealed.run(n);
      }).immediate();
    },
    giveUp: (n: number) => void markSealed.run(n),
    due: (nowMs: number): readonly Due[] => due.all(nowMs).map((row) => DueSchema.parse(row)),
    /** Handed over; a receipt is done then, what awaits one is offered again. */
    handed: (
      rows: readonly Readonly<{ id: string; awaitsReceipt: boolean }>[],
      { nowMs, nextMs }: Readonly<{ nowMs: number; nextMs: number }>,
    ) => {
      db.transaction(() => {
        for (const { id, awaitsReceipt } of rows) {
          handed.run(nowMs, nextMs, awaitsReceipt ? 'out' : 'done', id);
        }
      }).immediate();
    },
    failed: (id: string, nextMs: number) => void failed.run(nextMs, id),
    /** The hub answers again: what only waited for that goes now. */
    hubIsBack: () => backAgain.run().changes,
    /** When the next parcel is due; null when none is. */
    nextDueMs: (): number | null => AtSchema.parse(nextDue.get()).at,
    answered: (peer: AgencyId, about: string) => void done.run(peer, about),
    replay: (peer: AgencyId, about: string) => void again.run(peer, about),
    offerAgain: (peer: AgencyId, id: string) => void offerAgain.run(peer, id),
    digestOfSent: (peer: AgencyId, about: string): Hash | null => {
      const row = digestOfSent.get(peer, about);
      return row === undefined ? null : DigestSchema.parse(row).digest;
    },
    received: (sender: AgencyId, id: string) => {
      const row = received.get(sender, id);
      return row === undefined ? null : ReceivedSchema.parse(row);
    },
    keepReceived: (
      row: Readonly<{
        sender: AgencyId;
        id: string;
        digest: Hash;
        seq: number;
        day: string;
        content: string;
      }>,
    ) => void keepReceived.run(row),
    keepEvidence: (row: Readonly<{ id: string; sender: AgencyId; about: string; content: string }>) =>
      void keepEvidence.run(row.id, row.sender, row.about, row.content),
    /** What a person should know of, once for each thing. */
    alarm: (
      row: Readonly<{ key: string; at: string; code: string; peer: string | null; about: string | null }>,
    ) => void alarm.run(row),
    isAlarmed: (key: string): boolean => isAlarmed.get(key) !== undefined,
    alarms: (): readonly Alarm[] =>
      db
        .prepare('SELECT at, code, peer, about FROM ix_alarm ORDER BY n')
        .all()
        .map((row) => AlarmSchema.parse(row)),
    seqsFrom: (sender: AgencyId): readonly number[] =>
      seqs.all(sender).map((row) => SeqSchema.parse(row).seq),
    listed: (
      side: 'sent' | 'received',
      peer: string,
      { day, until }: Readonly<{ day: string; until: string }>,
    ): readonly Listed[] =>
      ListedSchema.parse((side === 'sent' ? listedSent : listedReceived).all(peer, day, until)),
    /** The receipts that went to somebody, or came from them, on some days. */
    listedReceipts: (
      side: 'sent' | 'received',
      peer: string,
      { day, until }: Readonly<{ day: string; until: string }>,
    ): readonly Listed[] =>
      side === 'sent'
        ? ListedSchema.parse(listedReceipts.all(peer, day, until))
        : receiptsFrom.all(peer, day, until).flatMap((row) => {
            const { content } = KeptSchema.parse(row);
            const kept = ContentSchema.parse(JSON.parse(content));
            if (kept.what !== 'receipt') return [];
            return [{ id: kept.signed.id, digest: digestOf('receipt', kept.signed) }];
          }),
    /** With whom there is something to compare of some days, and of what: nothing of it has still to go out. */
    channelsOn: (days: Readonly<{ day: string; until: string }>) => ChannelsSchema.parse(channels.all(days)),
    /** Consignments that no receipt has come for. */
    unanswered: (): readonly string[] => AboutsSchema.parse(unanswered.all()).map(({ about }) => about),
  };
}
