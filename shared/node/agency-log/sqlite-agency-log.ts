import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { AggregateKindSchema, HashSchema, genesisHash, type LogEntry } from '../../kernel/public.ts';
import { sqliteLog } from '../sequencer/public.ts';
import { inTransaction } from '../sqlite/public.ts';
import type { AgencyLog, KeptItem } from './agency-log.ts';
import { remembered } from './remembered.ts';

/** The server's own tables, beside those of the log. */
export const agencyLogTables = `
  CREATE TABLE IF NOT EXISTS log (
    seq INTEGER PRIMARY KEY,
    command_id TEXT NOT NULL UNIQUE,
    entry TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS aggregate (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    state TEXT NOT NULL,
    PRIMARY KEY (kind, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS touched (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (kind, id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS scope_item (
    scope TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    entry TEXT NOT NULL,
    sees TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (scope, n)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS scope_sees (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    -- The scopes of one aggregate lie beside each other: one page is written for all of them.
    PRIMARY KEY (kind, id, scope)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS desk (
    device TEXT PRIMARY KEY,
    last_dseq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS server (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    writer INTEGER NOT NULL,
    stable INTEGER NOT NULL
  ) STRICT;
  INSERT OR IGNORE INTO server (one, writer, stable) VALUES (1, 0, 0);
`;

const CountSchema = z.object({ value: z.int() });
const HashRowSchema = z.object({ hash: HashSchema });
const HeadSchema = z.object({ n: z.int(), hash: HashSchema });
const SeesSchema = z.array(z.object({ kind: AggregateKindSchema, id: z.string() }));
const ItemSchema = z
  .object({ n: z.int(), seq: z.int(), at: z.int(), entry: HashSchema, sees: z.string(), hash: HashSchema })
  .transform(({ sees, ...item }): KeptItem => ({ ...item, sees: SeesSchema.parse(JSON.parse(sees)) }));
const RowSchema = z.object({ entry: z.string(), hash: HashSchema });

/**
 * A server's file from before, in whose table without row numbers every state longer than a quarter of a page had a page
 * of its own, is given the table as it is now.
 */
export function layStatesTogether(db: Database): void {
  const isBefore = db.prepare("SELECT wr FROM pragma_table_list('aggregate')").pluck().get() === 1;
  if (!isBefore) return;
  inTransaction(db, () => {
    db.exec('ALTER TABLE aggregate RENAME TO aggregate_before');
    db.exec(agencyLogTables);
    db.exec(`
      INSERT INTO aggregate (kind, id, version, state)
        SELECT kind, id, version, state FROM aggregate_before ORDER BY kind, id;
      DROP TABLE aggregate_before;
    `);
  });
}

/** The agency's log in one SQLite file: the embedded default of a server. */
export function sqliteAgencyLog(db: Database): AgencyLog {
  const count = (sql: string) => {
    const statement = db.prepare(sql);
    return (...values: (string | number)[]): number | null => {
      const row = statement.get(...values);
      return row === undefined ? null : CountSchema.parse(row).value;
    };
  };
  const writer = count('SELECT writer AS value FROM server');
  const stable = count('SELECT stable AS value FROM server');
  const lastDseq = count('SELECT last_dseq AS value FROM desk WHERE device = ?');
  const sees = count('SELECT 1 AS value FROM scope_sees WHERE scope = ? AND kind = ? AND id = ?');
  const takeOver = db.prepare('UPDATE server SET writer = writer + 1');
  const keepStable = db.prepare('UPDATE server SET stable = ? WHERE stable < ?');
  const keepDseq = db.prepare(
    'INSERT INTO desk (device, last_dseq) VALUES (?, ?) ON CONFLICT (device) DO UPDATE SET last_dseq = excluded.last_dseq',
  );
  const entryAt = db.prepare('SELECT entry, hash FROM log WHERE seq = ?');
  const hashAt = db.prepare('SELECT hash FROM log WHERE seq = ?');
  const seqs = db.prepare('SELECT seq AS value FROM touched WHERE kind = ? AND id = ? ORDER BY seq');
  const touch = db.prepare('INSERT OR IGNORE INTO touched (kind, id, seq) VALUES (?, ?, ?)');
  const head = db.prepare('SELECT n, hash FROM scope_item WHERE scope = ? ORDER BY n DESC LIMIT 1');
  const headAt = db.prepare(
    'SELECT n, hash FROM scope_item WHERE scope = ? AND at <= ? ORDER BY n DESC LIMIT 1',
  );
  const insertItem = db.prepare(
    'INSERT INTO scope_item (scope, n, seq, at, entry, sees, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const insertSees = db.prepare('INSERT OR IGNORE INTO scope_sees (scope, kind, id) VALUES (?, ?, ?)');
  const items = db.prepare(
    'SELECT n, seq, at, entry, sees, hash FROM scope_item WHERE scope = ? AND n > ? ORDER BY n LIMIT ?',
  );
  const itemHash = db.prepare('SELECT hash FROM scope_item WHERE scope = ? AND n = ?');
  const headOf = (row: unknown) => (row === undefined ? { n: 0, hash: genesisHash } : HeadSchema.parse(row));
  const hashOf = (row: unknown) => (row === undefined ? null : HashRowSchema.parse(row).hash);

  const version = count('SELECT data_version AS value FROM pragma_data_version()');
  const rowsChanged = count('SELECT total_changes() AS value');
  const log: AgencyLog = {
    ...sqliteLog(db),
    writer: () => writer() ?? 0,
    takeOver: () => {
      takeOver.run();
      return writer() ?? 0;
    },
    lastDseq: (device) => lastDseq(device) ?? 0,
    keepDseq: (device, dseq) => void keepDseq.run(device, dseq),
    entry: (seq) => {
      const row = entryAt.get(seq);
      if (row === undefined) return null;
      const { entry, hash } = RowSchema.parse(row);
      // Written by `append` from a LogEntry, and held by the chain since.
      return { entry: JSON.parse(entry) as LogEntry, hash };
    },
    hashAt: (seq) => (seq === 0 ? genesisHash : hashOf(hashAt.get(seq))),
    seqsOf: ({ kind, id }) => seqs.all(kind, id).map((row) => CountSchema.parse(row).value),
    keepTouched: ({ kind, id }, seq) => void touch.run(kind, id, seq),
    scopeHead: (scope) => headOf(head.get(scope)),
    appendItem: (scope, item) => {
      insertItem.run(scope, item.n, item.seq, item.at, item.entry, JSON.stringify(item.sees), item.hash);
      for (const { kind, id } of item.sees) insertSees.run(scope, kind, id);
    },
    sees: (scope, { kind, id }) => sees(scope, kind, id) !== null,
    itemsAfter: (scope, n, limit) => items.all(scope, n, limit).map((row) => ItemSchema.parse(row)),
    itemHash: (scope, n) => (n === 0 ? genesisHash : hashOf(itemHash.get(scope, n))),
    stableSeq: () => stable() ?? 0,
    keepStable: (seq) => void keepStable.run(seq, seq),
    scopeAt: (scope, seq) => headOf(headAt.get(scope, seq)),
  };
  // What others committed shows in the one, what was written past us over this very connection in the other.
  return remembered(log, () => `${version()} ${rowsChanged()}`);
}
