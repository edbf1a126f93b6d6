import {
  foldVietnamese,
  searchTerms,
  soughtFields,
  type Condition,
  type SoughtQuery,
} from '#shared/search/public.ts';
import { columnOf } from './sought-columns.ts';

export type Sql = Readonly<{ where: string; values: readonly (string | number)[] }>;

const always: Sql = { where: 'TRUE', values: [] };
const never: Sql = { where: 'FALSE', values: [] };

/** What is asked, as a condition on `sought s`: any of the groups, each with all of its conditions. */
export function queryWhere({ groups }: Pick<SoughtQuery, 'groups'>): Sql {
  const asked = groups
    .filter((group) => group.length > 0)
    .map((group) => joined(group.map(conditionSql), 'AND'));
  return asked.length === 0 ? always : joined(asked, 'OR');
}

function joined(parts: readonly Sql[], by: 'AND' | 'OR'): Sql {
  return {
    where: `(${parts.map(({ where }) => where).join(` ${by} `)})`,
    values: parts.flatMap(({ values }) => values),
  };
}

function conditionSql({ field, operator, value }: Condition): Sql {
  const not = (sql: Sql): Sql => ({ ...sql, where: `NOT ${sql.where}` });
  if (field === 'content') return operator === 'lacks' ? not(onPages(value)) : onPages(value);
  const column = columnOf(field);
  const isWords = soughtFields[field] === 'words' || soughtFields[field] === 'choice';
  const blank = isWords ? `(${column} = '')` : `(${column} IS NULL)`;
  const one = (text: string) => valueOf(field, text);
  switch (operator) {
    case 'has':
      return holds(column, value);
    case 'lacks':
      return not(holds(column, value));
    case 'is':
      return among(column, [one(value)]);
    case 'isNot':
      return not(among(column, [one(value)]));
    case 'in':
      return among(column, value.split(';').map(one));
    case 'notIn':
      return not(among(column, value.split(';').map(one)));
    case 'from':
      return bounded(column, '>=', one(value));
    case 'to':
      return bounded(column, '<=', one(value));
    case 'empty':
      return { where: blank, values: [] };
    case 'filled':
      return { where: `NOT ${blank}`, values: [] };
  }
}

type Value = string | number | null;

/** As it is kept; null for what can be no value of the field. */
function valueOf(field: Exclude<Condition['field'], 'content'>, text: string): Value {
  const typed = text.trim();
  const type = soughtFields[field];
  if (type === 'number') return /^\d{1,9}$/u.test(typed) ? Number(typed) : null;
  if (type === 'day') return /^\d{4}-\d{2}-\d{2}$/u.test(typed) ? typed : null;
  return foldVietnamese(typed);
}

/** Never unknown: what says nothing is not among them. */
function among(column: string, values: readonly Value[]): Sql {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return never;
  return {
    where: `(${column} IS NOT NULL AND ${column} IN (${known.map(() => '?').join(', ')}))`,
    values: known,
  };
}

function bounded(column: string, by: '>=' | '<=', value: Value): Sql {
  return value === null ? never : { where: `(${column} IS NOT NULL AND ${column} ${by} ?)`, values: [value] };
}

/** Every word stands in it somewhere, also as a part of a longer one. */
function holds(column: string, value: string): Sql {
  const wanted = foldVietnamese(value).split(/\s+/u).filter(Boolean);
  if (wanted.length === 0) return always;
  return joined(
    wanted.map((word) => ({ where: `instr(${column}, ?) > 0`, values: [word] })),
    'AND',
  );
}

/** In the fields or on the pages, by the full-text indexes; a file has no pages of its own. */
function onPages(value: string): Sql {
  const terms = searchTerms(value);
  if (terms === '') return always;
  return {
    where: `(s.paper IS NOT NULL AND s.paper IN (SELECT rowid FROM file_fts WHERE file_fts MATCH ? UNION SELECT rowid FROM document_fts WHERE document_fts MATCH ?))`,
    values: [terms, terms],
  };
}
