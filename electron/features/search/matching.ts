import type { ReadingScope } from '#shared/directory/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';
import { readableSql } from '../documents/public.ts';

const firstStretch = 64;
const longestStretch = 16_384;

/**
 * Numbers of the documents whose fields or pages answer an FTS5 query and that the reader may see, newest first, a
 * stretch at a time: only as much is read as somebody goes on asking for.
 */
export function matching(db: ReadDb, scope: ReadingScope, terms: string): Generator<readonly number[]> {
  return scope.kind === 'agency' ? matchingAll(db, terms) : matchingReadable(db, scope, terms);
}

/** The driver binds every number as a real one, and FTS5 narrows its reading for whole ones only. */
const whole = 'CAST(? AS INTEGER)';
const indexes = ['document_fts', 'file_fts'] as const;

function* matchingAll(db: ReadDb, terms: string): Generator<readonly number[]> {
  let before = Number.MAX_SAFE_INTEGER;
  for (let stretch = firstStretch; ; stretch = Math.min(stretch * 2, longestStretch)) {
    const found = indexes.map((index) =>
      numbers(
        db,
        `SELECT rowid AS n FROM ${index} WHERE ${index} MATCH ? AND rowid < ${whole} ORDER BY rowid DESC LIMIT ?`,
        [terms, before, stretch],
      ),
    );
    // Below the last of a stretch that is full, its index may have more: so far, both have been read whole.
    const low = Math.max(...found.map((one) => (one.length === stretch ? (one.at(-1) ?? 0) : 0)));
    yield newestFirst(found.flat().filter((n) => n >= low));
    if (low === 0) return;
    before = low;
  }
}

/** Who reads only a part has fewer papers than most words have: those are walked, and the indexes asked around them. */
function* matchingReadable(db: ReadDb, scope: ReadingScope, terms: string): Generator<readonly number[]> {
  const readable = readableSql(scope);
  let before = Number.MAX_SAFE_INTEGER;
  for (let stretch = firstStretch; ; stretch = Math.min(stretch * 2, longestStretch)) {
    const own = numbers(db, `${readable.sql} ORDER BY n DESC LIMIT ?`, [...readable.values(before), stretch]);
    const [high, low] = [own[0], own.at(-1)];
    if (high === undefined || low === undefined) return;
    const found = indexes.flatMap((index) =>
      numbers(
        db,
        `SELECT rowid AS n FROM ${index} WHERE ${index} MATCH ? AND rowid BETWEEN ${whole} AND ${whole} ORDER BY rowid DESC`,
        [terms, low, high],
      ),
    );
    const hits = new Set(found);
    yield own.filter((n) => hits.has(n));
    before = low;
  }
}

function numbers(db: ReadDb, sql: string, values: readonly (string | number)[]): number[] {
  return (prepared(db, sql).all(...values) as { n: number }[]).map(({ n }) => n);
}

function newestFirst(found: readonly number[]): number[] {
  return [...new Set(found)].toSorted((a, b) => b - a);
}
