import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { MemberSchema, ParcelSchema, type Member, type Parcel } from '#shared/exchange/public.ts';
import { immediately, whenStoreFails } from '#shared/node/sqlite/public.ts';
import { tidyHub } from './tidy-hub.ts';
import {
  InstantSchema,
  canonicalJson,
  hashBytes,
  type AgencyId,
  type Hash,
  type Instant,
} from '#shared/kernel/public.ts';

export type MemberState = 'asked' | 'joined' | 'ended';
export type KnownMember = Readonly<{ member: Member; state: MemberState }>;
export type Boxed = Readonly<{ n: number; at: Instant; parcel: Parcel }>;

/** All a hub keeps: who is joined, and sealed parcels in mailboxes. Narrow, so that another engine can stand in. */
export type HubStore = Readonly<{
  invite: (codeHash: Hash, until: Instant) => Promise<void>;
  /** Takes an agency's first word with a code that is good once; false when the code is not. */
  join: (codeHash: Hash, member: Member, now: Instant) => Promise<boolean>;
  settle: (id: AgencyId, state: MemberState) => Promise<void>;
  /** A member's word about itself, newer than the one that is here. */
  describe: (member: Member) => Promise<void>;
  member: (id: AgencyId) => Promise<KnownMember | null>;
  members: () => Promise<readonly KnownMember[]>;
  /** Puts a parcel in its mailbox once, or once more when it is asked for again and was not just put there. */
  hand: (parcel: Parcel, order: Readonly<{ again: boolean; now: Instant }>) => Promise<void>;
  /** What lies in a mailbox after a place; null when that place does not hold what was named. */
  after: (
    to: AgencyId,
    place: Readonly<{ after: number; known: string | null; now: Instant }>,
  ) => Promise<readonly Boxed[] | null>;
  mayFetch: (agency: AgencyId, part: Hash) => Promise<boolean>;
  /** Lets go of what its recipient went past before an instant; gives the parts that nobody is to fetch any more. */
  tidy: (before: Instant) => Promise<readonly Hash[]>;
  counts: () => Promise<Readonly<{ parcels: number; members: number }>>;
}>;

export const hubTables = `
  CREATE TABLE IF NOT EXISTS invitation (
    code_hash TEXT PRIMARY KEY,
    until TEXT NOT NULL,
    used_by TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS member (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'joined', 'ended'))
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS parcel (
    sender TEXT NOT NULL,
    id TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    recipient TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (sender, id, hash)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS mailbox (
    recipient TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    sender TEXT NOT NULL,
    id TEXT NOT NULL,
    hash TEXT NOT NULL,
    at TEXT NOT NULL,
    collected_at TEXT,
    PRIMARY KEY (recipient, n)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS mailbox_by_parcel ON mailbox (sender, id, hash);
  CREATE TABLE IF NOT EXISTS part (
    hash TEXT NOT NULL,
    recipient TEXT NOT NULL,
    sender TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (hash, recipient, sender, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS part_by_parcel ON part (sender, id);
`;

const MemberRowSchema = z
  .object({ body: z.string(), state: z.enum(['asked', 'joined', 'ended']) })
  .transform(({ body, state }): KnownMember => ({ member: MemberSchema.parse(JSON.parse(body)), state }));
const BoxRowSchema = z
  .object({ n: z.int(), at: InstantSchema, body: z.string() })
  .transform(({ n, at, body }): Boxed => ({ n, at, parcel: ParcelSchema.parse(JSON.parse(body)) }));
const CountsSchema = z.object({ parcels: z.int(), members: z.int() });

export const memberFrom = (row: unknown): KnownMember => MemberRowSchema.parse(row);
export const boxedFrom = (row: unknown): Boxed => BoxRowSchema.parse(row);

const freshMs = 60_000;
export const pageSize = 50;

/** What lies in a mailbox that was put there so shortly ago is not put there again. */
export function isFresh(at: string, now: Instant): boolean {
  return Date.parse(now) - Date.parse(at) < freshMs;
}

export function sqliteHub(db: Database): HubStore {
  const useCode = db.prepare(
    'UPDATE invitation SET used_by = ? WHERE code_hash = ? AND until >= ? AND used_by IS NULL',
  );
  const keepMember = db.prepare(
    'INSERT INTO member (id, body, state) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body, state = excluded.state',
  );
  const one = db.prepare('SELECT body, state FROM member WHERE id = ?');
  const all = db.prepare('SELECT body, state FROM member ORDER BY id');
  const keepParcel = db.prepare(
    'INSERT OR IGNORE INTO parcel (sender, id, hash, recipient, body) VALUES (?, ?, ?, ?, ?)',
  );
  const lastPut = db.prepare(
    'SELECT at FROM mailbox WHERE sender = ? AND id = ? AND hash = ? ORDER BY n DESC LIMIT 1',
  );
  const put = db.prepare(
    'INSERT INTO mailbox (recipient, n, sender, id, hash, at) SELECT ?, COALESCE(MAX(n), 0) + 1, ?, ?, ?, ? FROM mailbox WHERE recipient = ?',
  );
  const keepPart = db.prepare('INSERT OR IGNORE INTO part (hash, recipient, sender, id) VALUES (?, ?, ?, ?)');
  const isThere = db.prepare(
    "SELECT 1 AS value FROM mailbox WHERE recipient = ? AND n = ? AND id || ' ' || at = ?",
  );
  const page = db.prepare(
    `SELECT m.n, m.at, p.body FROM mailbox m JOIN parcel p ON p.sender = m.sender AND p.id = m.id AND p.hash = m.hash
     WHERE m.recipient = ? AND m.n > ? ORDER BY m.n LIMIT ?`,
  );
  const collected = db.prepare(
    'UPDATE mailbox SET collected_at = ? WHERE recipient = ? AND n <= ? AND collected_at IS NULL',
  );
  const fetchable = db.prepare('SELECT 1 AS value FROM part WHERE hash = ? AND recipient = ? LIMIT 1');
  const invite = db.prepare('INSERT INTO invitation (code_hash, until) VALUES (?, ?)');
  const settle = db.prepare('UPDATE member SET state = ? WHERE id = ?');
  const describe = db.prepare('UPDATE member SET body = ? WHERE id = ?');
  const counts = db.prepare(
    `SELECT (SELECT COUNT(*) FROM parcel) AS parcels,
            (SELECT COUNT(*) FROM member WHERE state = 'joined') AS members`,
  );
  const memberOf = (row: unknown) => (row === undefined ? null : memberFrom(row));
  const soon = <Result>(work: () => Result): Promise<Result> =>
    Promise.resolve().then(() => whenStoreFails(work));
  const write = <Result>(work: () => Result): Promise<Result> => soon(() => immediately(db, work));

  return {
    invite: (codeHash, until) => soon(() => void invite.run(codeHash, until)),
    join: (codeHash, member, now) =>
      write(() => {
        if (useCode.run(member.id, codeHash, now).changes !== 1) return false;
        keepMember.run(member.id, JSON.stringify(member), 'asked');
        return true;
      }),
    settle: (id, state) => soon(() => void settle.run(state, id)),
    describe: (member) => soon(() => void describe.run(JSON.stringify(member), member.id)),
    member: (id) => soon(() => memberOf(one.get(id))),
    members: () => soon(() => all.all().map(memberFrom)),
    hand: (parcel, { again, now }) =>
      write(() => {
        const body = canonicalJson(parcel);
        const hash = hashBytes(new TextEncoder().encode(body));
        const { from, to, id, parts } = parcel;
        const isNew = keepParcel.run(from, id, hash, to, body).changes === 1;
        if (!isNew) {
          const last = z
            .object({ at: z.string() })
            .optional()
            .parse(lastPut.get(from, id, hash));
          if (!again || (last !== undefined && isFresh(last.at, now))) return;
        }
        put.run(to, from, id, hash, now, to);
        for (const part of parts) keepPart.run(part.hash, to, from, id);
      }),
    after: (to, { after, known, now }) =>
      write(() => {
        if (after > 0 && isThere.get(to, after, known) === undefined) return null;
        if (after > 0) collected.run(now, to, after);
        return page.all(to, after, pageSize).map(boxedFrom);
      }),
    mayFetch: (agency, part) => soon(() => fetchable.get(part, agency) !== undefined),
    tidy: (before) => write(() => tidyHub(db, before)),
    counts: () => soon(() => CountsSchema.parse(counts.get())),
  };
}
