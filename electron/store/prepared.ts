import type { Statement } from 'better-sqlite3';
import type { ReadDb } from '#shared/node/sqlite/public.ts';

const statements = new WeakMap<object, Map<string, Statement>>();

/** The prepared form of a statement, made once per database. */
export function prepared(db: ReadDb, sql: string): Statement {
  let known = statements.get(db);
  if (known === undefined) {
    known = new Map();
    statements.set(db, known);
  }
  let statement = known.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    known.set(sql, statement);
  }
  return statement;
}
