import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { genesisHash, HashSchema, type ChainedEntry, type LogEntry } from '../../kernel/public.ts';
import { immediately } from '../sqlite/public.ts';
import type { LogPort } from './log-port.ts';

const RowSchema = z.object({ entry: z.string(), hash: HashSchema });
const HeadSchema = z.object({ seq: z.int(), hash: HashSchema });
const StateSchema = z.object({ version: z.int(), state: z.string() });

/** The log port over an open database; rows pass a schema once, on their way in. */
export function sqliteLog(db: Database): LogPort {
  const head = db.prepare('SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1');
  const newest = db.prepare('SELECT entry, hash FROM log ORDER BY seq DESC LIMIT 1');
  const byCommand = db.prepare('SELECT entry, hash FROM log WHERE command_id = ?');
  const after = db.prepare('SELECT entry, hash FROM log WHERE seq > ? ORDER BY seq LIMIT ?');
  const insert = db.prepare('INSERT INTO log (seq, command_id, entry, hash) VALUES (?, ?, ?, ?)');
  const readState = db.prepare('SELECT version, state FROM aggregate WHERE kind = ? AND id = ?');
  const writeState = db.prepare(
    `INSERT INTO aggregate (kind, id, version, state) VALUES (?, ?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, state = excluded.state
     WHERE excluded.version > aggregate.version`,
  );
  return {
    transaction: (work) => immediately(db, work),
    head: () => {
      const row = head.get();
      return row === undefined ? { seq: 0, hash: genesisHash } : HeadSchema.parse(row);
    },
    lastRecordedAt: () => {
      const row = newest.get();
      return row === undefined ? null : chained(row).entry.recordedAt;
    },
    decisionOn: (commandId) => {
      const row = byCommand.get(commandId);
      return row === undefined ? null : chained(row);
    },
    append: (entry, hash) => {
      insert.run(entry.seq, entry.command.id, JSON.stringify(entry), hash);
    },
    state: ({ kind, id }) => {
      const row = readState.get(kind, id);
      if (row === undefined) return null;
      const { version, state } = StateSchema.parse(row);
      return { version, state: JSON.parse(state) };
    },
    keepState: ({ kind, id }, { version, state }) => {
      const { changes } = writeState.run(kind, id, version, JSON.stringify(state));
      if (changes !== 1) throw new Error(`State of ${kind} ${id} was not kept`);
    },
    entriesAfter: (seq, limit) => after.all(seq, limit).map(chained),
  };
}

function chained(row: unknown): ChainedEntry {
  const { entry, hash } = RowSchema.parse(row);
  // Written by `append` from a LogEntry, and held by the chain since.
  return { entry: JSON.parse(entry) as LogEntry, hash };
}
