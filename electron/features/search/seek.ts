import { z } from 'zod';
import type { ReadingScope } from '#shared/directory/public.ts';
import {
  usualColumns,
  type SavedQuery,
  type SoughtQuery,
  type SoughtRow,
  SavedQuerySchema,
  SoughtQuerySchema,
  mostSaved,
} from '#shared/search/public.ts';
import { AppError, type PersonId } from '#shared/kernel/public.ts';
import type { TableForm } from '#shared/documents/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { prepared } from '../../store/prepared.ts';
import { keepTable, scopeSql } from '../documents/public.ts';
import { columnOf, placeOf } from './sought-columns.ts';
import { queryWhere } from './sought-sql.ts';

type Window = Readonly<{ offset: number; limit: number }>;

const RowSchema = z.object({ kind: z.string(), n: z.int() });
const ShownSchema = z.object({ id: z.string(), shown: z.string() });

/** A window of what answers, in the order asked for; only what the reader may see, papers and files alike. */
export function seek(
  db: ReadDb,
  scope: ReadingScope,
  { query, offset, limit }: Window & Readonly<{ query: SoughtQuery }>,
): SoughtRow[] {
  const { sql, values } = from(scope, query);
  const rows = prepared(db, `SELECT s.kind, s.n ${sql} ORDER BY ${orderOf(query)} LIMIT ? OFFSET ?`);
  const shownOf = prepared(db, 'SELECT id, shown FROM sought_shown WHERE n = ?');
  return rows.all(...values, limit, offset).map((row) => {
    const { kind, n } = RowSchema.parse(row);
    const { id, shown } = ShownSchema.parse(shownOf.get(n));
    const cells = z.array(z.string()).parse(JSON.parse(shown));
    return {
      of: kind as SoughtRow['of'],
      id,
      cells: query.columns.map((field) => cells[placeOf(field)] ?? ''),
    };
  });
}

export function countSought(db: ReadDb, scope: ReadingScope, query: SoughtQuery): number {
  const { sql, values } = from(scope, query);
  return (prepared(db, `SELECT count(*) AS total ${sql}`).get(...values) as { total: number }).total;
}

function from(scope: ReadingScope, query: SoughtQuery) {
  const asked = queryWhere(query);
  // Whoever reads everything is asked nothing more of each row.
  if (scope.kind === 'agency') return { sql: `FROM sought s WHERE ${asked.where}`, values: asked.values };
  const paper = scopeSql(scope);
  const file = scopeSql(scope, 'dossier');
  const sql = `FROM sought s WHERE ${asked.where}
    AND (EXISTS (SELECT 1 FROM document d WHERE d.n = s.paper AND ${paper.where})
      OR (s.kind = 'dossier' AND EXISTS (SELECT 1 FROM dossier d WHERE d.id = (SELECT t.id FROM sought_shown t WHERE t.n = s.n) AND ${file.where})))`;
  return { sql, values: [...asked.values, ...paper.values, ...file.values] };
}

/** Without a wish, the newest first; what says nothing stands last either way. */
function orderOf({ sort }: SoughtQuery): string {
  if (sort === null || sort.by === 'content') return 's.n DESC';
  const column = columnOf(sort.by);
  return `coalesce(${column}, '') = '', ${column} ${sort.descending ? 'DESC' : 'ASC'}, s.n DESC`;
}

/** As many rows as one list that goes out has. */
const mostExported = 50_000;

export async function exportSought(signed: Signed, query: SoughtQuery, form: TableForm) {
  const words = wordsOf('vi');
  const rows = seek(signed.open.desk.db, signed.scope, { query, offset: 0, limit: mostExported });
  const title = words('sought.file');
  return keepTable(
    signed,
    {
      name: title,
      title,
      cover: null,
      about: [words('sought.total', { count: rows.length })],
      columns: query.columns.map((field) => words(`sought.field.${field}`)),
      shares: query.columns.map((field) => (field === 'subject' ? wideShare : usualShare)),
      rows: rows.map(({ cells }) => cells),
      after: [],
    },
    form,
  );
}

const usualShare = 2;
const wideShare = 6;

/** The questions somebody kept at this desk, by name. */
export function savedQueries(db: ReadDb, person: PersonId): SavedQuery[] {
  const rows = prepared(db, 'SELECT name, query FROM saved_query WHERE person = ? ORDER BY name').all(person);
  return rows.map((row) => {
    const { name, query } = z.object({ name: z.string(), query: z.string() }).parse(row);
    // A field that a newer version knew is gone: the question is there, and asks for everything.
    const read = SoughtQuerySchema.safeParse(JSON.parse(query));
    return { name, query: read.success ? read.data : { groups: [], columns: [...usualColumns], sort: null } };
  });
}

export function saveQuery(db: WriteDb, person: PersonId, given: SavedQuery): void {
  const { name, query } = SavedQuerySchema.parse(given);
  const others = savedQueries(db, person).filter((one) => one.name !== name);
  if (others.length >= mostSaved) throw new AppError('search.too-many-saved', { most: mostSaved });
  prepared(db, 'INSERT OR REPLACE INTO saved_query (person, name, query) VALUES (?, ?, ?)').run(
    person,
    name,
    JSON.stringify(query),
  );
}

export function forgetQuery(db: WriteDb, person: PersonId, name: string): void {
  prepared(db, 'DELETE FROM saved_query WHERE person = ? AND name = ?').run(person, name);
}
