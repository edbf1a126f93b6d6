import {
  emptyHead,
  type AccessHead,
  type ChainedLine,
  type FindLines,
  type FoundLines,
} from '../../access/public.ts';
import { HashSchema, type Hash } from '../../kernel/public.ts';
import type { WriteDb } from '../sqlite/public.ts';
import { questionsOf } from './query.ts';
import { chainedIn, columnsOf, foundIn, lineColumns } from './rows.ts';

/** The lines of every desk that are kept here, as they were hashed. */
export const accessTables = `
  CREATE TABLE IF NOT EXISTS access_line (
    desk TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    at TEXT NOT NULL,
    day TEXT NOT NULL,
    person TEXT NOT NULL,
    what TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    line TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (desk, n)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS access_by_time ON access_line (at, desk, n);
  CREATE INDEX IF NOT EXISTS access_by_thing ON access_line (kind, about, at);
  CREATE INDEX IF NOT EXISTS access_by_person ON access_line (person, at);
`;

export type AccessStore = Readonly<{
  headOf: (desk: string) => AccessHead;
  hashAt: (desk: string, n: number) => Hash | null;
  after: (desk: string, n: number, limit: number) => readonly ChainedLine[];
  desks: () => readonly string[];
  /** Puts lines down behind the last; whoever calls has chained them. */
  add: (lines: readonly ChainedLine[]) => void;
  /** Takes lines away that nobody but this desk has, to be chained anew. */
  cut: (desk: string, after: number) => readonly ChainedLine[];
  find: (asked: FindLines) => FoundLines;
}>;

export function sqliteAccess(db: WriteDb): AccessStore {
  const head = db.prepare('SELECT n, hash FROM access_line WHERE desk = ? ORDER BY n DESC LIMIT 1');
  const hash = db.prepare('SELECT hash FROM access_line WHERE desk = ? AND n = ?');
  const page = db.prepare('SELECT line, hash FROM access_line WHERE desk = ? AND n > ? ORDER BY n LIMIT ?');
  const insert = db.prepare(`INSERT INTO access_line (${lineColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const remove = db.prepare('DELETE FROM access_line WHERE desk = ? AND n > ?');
  const desks = db.prepare('SELECT DISTINCT desk FROM access_line ORDER BY desk');
  const after: AccessStore['after'] = (desk, n, limit) => page.all(desk, n, limit).map(chainedIn);
  return {
    headOf: (desk) => (head.get(desk) as AccessHead | undefined) ?? emptyHead,
    hashAt: (desk, n) => {
      if (n === 0) return emptyHead.hash;
      const row = hash.get(desk, n) as { hash: string } | undefined;
      return row === undefined ? null : HashSchema.parse(row.hash);
    },
    after,
    desks: () => desks.all().map((row) => (row as { desk: string }).desk),
    add: (lines) => {
      for (const one of lines) insert.run(...columnsOf(one));
    },
    cut: (desk, n) => {
      const gone = after(desk, n, Number.MAX_SAFE_INTEGER);
      remove.run(desk, n);
      return gone;
    },
    find: (asked) => {
      const { rows, totals } = questionsOf(asked);
      return foundIn(
        asked,
        db.prepare(rows.sql).all(...rows.values),
        db.prepare(totals.sql).get(...totals.values),
      );
    },
  };
}
