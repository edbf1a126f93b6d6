import type { AccessFilter, FindLines } from '../../access/public.ts';

export type Asked = Readonly<{ sql: string; values: readonly (string | number)[] }>;

/** The questions of an access log, in the SQL that SQLite and PostgreSQL share; `?` stands for each value in turn. */
export function questionsOf({ filter, by, offset, limit }: FindLines): Readonly<{
  rows: Asked;
  totals: Asked;
}> {
  const { where, values } = conditionsOf(filter);
  const window = [limit, offset];
  if (by === 'thing') {
    const things = `FROM access_line WHERE ${where} AND kind IN ('document', 'dossier') AND what <> 'restarted'`;
    return {
      rows: {
        sql: `SELECT kind, about, COUNT(*) AS times, COUNT(DISTINCT person) AS people, MAX(at) AS last ${things}
               GROUP BY kind, about ORDER BY COUNT(*) DESC, MAX(at) DESC, about LIMIT ? OFFSET ?`,
        values: [...values, ...window],
      },
      totals: {
        sql: `SELECT COUNT(*) AS total, 0 AS people FROM (SELECT 1 AS one ${things} GROUP BY kind, about) AS t`,
        values,
      },
    };
  }
  const from = `FROM access_line WHERE ${where}`;
  return {
    rows: {
      sql: `SELECT line ${from} ORDER BY at DESC, desk DESC, n DESC LIMIT ? OFFSET ?`,
      values: [...values, ...window],
    },
    totals: { sql: `SELECT COUNT(*) AS total, COUNT(DISTINCT person) AS people ${from}`, values },
  };
}

function conditionsOf({ on, person, what, from, to }: AccessFilter) {
  const conditions = ['1 = 1'];
  const values: (string | number)[] = [];
  const add = (condition: string, ...given: string[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  if (on !== null) add('kind = ? AND about = ?', on.kind, on.id);
  if (person !== null) add('person = ?', person);
  if (what !== null) add('what = ?', what);
  if (from !== null) add('day >= ?', from);
  if (to !== null) add('day <= ?', to);
  return { where: conditions.join(' AND '), values };
}
