import type { Statement } from 'better-sqlite3';
import type { ReadDb } from '#shared/node/sqlite/public.ts';

/** Whoever asks with the same words shares the statement: what its rows look like cannot be changed on it. */
type Shared = Omit<Statement, 'pluck' | 'expand' | 'raw'>;

const ofRows = new WeakMap<object, Map<string, Shared>>();
const ofValues = new WeakMap<object, Map<string, Shared>>();

/** The prepared form of a statement, made once per database. */
export function prepared(db: ReadDb, sql: string): Shared {
  return keptIn(ofRows, db, sql, () => db.prepare(sql));
}

/** The same for a statement whose rows are one value each. */
export function preparedValue(db: ReadDb, sql: string): Shared {
  return keptIn(ofValues, db, sql, () => db.prepare(sql).pluck());
}

function keptIn(
  statements: WeakMap<object, Map<string, Shared>>,
  db: ReadDb,
  sql: string,
  prepare: () => Shared,
): Shared {
  let known = statements.get(db);
  if (known === undefined) {
    known = new Map();
    statements.set(db, known);
  }
  let statement = known.get(sql);
  if (statement === undefined) {
    statement = prepare();
    known.set(sql, statement);
  }
  return statement;
}
