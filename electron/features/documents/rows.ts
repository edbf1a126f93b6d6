import { z } from 'zod';
import { DocumentRowSchema, type DocumentRow, type ListInput } from '#shared/documents/public.ts';
import type { ReadingScope } from '#shared/directory/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import { prepared } from '../../store/prepared.ts';
import { scopeSql } from './scope-sql.ts';

export const rowColumns = `d.id, d.direction, d.state, d.kind, d.notation, d.subject, d.issuer, d.unit, d.drafter,
  d.issued_on, d.book, d.number, d.arrived_on, d.urgency, d.holder_kind, d.holder_id, d.since, d.due_on, d.returned,
  (SELECT CASE WHEN json_extract(a.state, '$.arrival.lease') IS NOT NULL THEN 1
               WHEN o.state IS NULL OR json_extract(o.state, '$.arrival') IS NULL THEN 2 ELSE 1 END
     FROM overlay o LEFT JOIN aggregate a ON a.kind = o.kind AND a.id = o.id
    WHERE o.kind = 'document' AND o.id = d.id) AS guessed`;

const SqlRowSchema = z
  .object({
    id: z.string(),
    direction: z.string(),
    state: z.string(),
    kind: z.string(),
    notation: z.string(),
    subject: z.string(),
    issuer: z.string(),
    unit: z.string().nullable(),
    drafter: z.string().nullable(),
    issued_on: z.string().nullable(),
    number: z.int().nullable(),
    arrived_on: z.string().nullable(),
    urgency: z.string(),
    holder_kind: z.string().nullable(),
    holder_id: z.string().nullable(),
    since: z.string(),
    due_on: z.string().nullable(),
    returned: z.int(),
    /** 1 when guesses changed it, 2 when they also gave it whatever number it shows and no block holds that number. */
    guessed: z.int().nullable(),
  })
  .transform((row) => ({
    id: row.id,
    direction: row.direction,
    state: row.state,
    kind: row.kind,
    notation: row.notation,
    subject: row.subject,
    issuer: row.issuer,
    unit: row.unit,
    drafter: row.drafter,
    issuedOn: row.issued_on,
    arrivalNumber: row.direction === 'incoming' && row.guessed !== 2 ? row.number : null,
    arrivedOn: row.arrived_on,
    urgency: row.urgency,
    holder: holderFrom(row.holder_kind, row.holder_id),
    since: row.since,
    dueOn: row.due_on,
    returned: row.returned === 1,
    onlyHere: row.guessed !== null,
    awaitsNumber: row.direction === 'incoming' && row.guessed === 2 && row.number !== null,
  }))
  .pipe(DocumentRowSchema);

export function documentRow(row: unknown): DocumentRow {
  return SqlRowSchema.parse(row);
}

/** A window of a list, newest first, and how many rows there are; only what the reader may see. */
export function listDocuments(
  db: ReadDb,
  scope: ReadingScope,
  direction: 'incoming' | 'outgoing',
  { offset, limit, states, year, text }: ListInput,
): { rows: DocumentRow[]; total: number } {
  const { where, values } = scopeSql(scope);
  const conditions = [where, 'd.direction = ?'];
  const bound: (string | number)[] = [...values, direction];
  if (states !== null) {
    conditions.push(`d.state IN (${states.map(() => '?').join(', ')})`);
    bound.push(...states);
  }
  if (year !== null) {
    conditions.push('d.year = ?');
    bound.push(year);
  }
  for (const word of foldVietnamese(text).split(/\s+/u).filter(Boolean)) {
    conditions.push('instr(d.folded, ?) > 0');
    bound.push(word);
  }
  const from = `FROM document d WHERE ${conditions.join(' AND ')}`;
  const rows = prepared(db, `SELECT ${rowColumns} ${from} ORDER BY d.n DESC LIMIT ? OFFSET ?`).all(
    ...bound,
    limit,
    offset,
  );
  const isPlain = scope.kind === 'agency' && year === null && text === '';
  const total = isPlain
    ? tallied(db, direction, states)
    : (prepared(db, `SELECT count(*) AS total ${from}`).get(...bound) as { total: number }).total;
  return { rows: rows.map(documentRow), total };
}

function tallied(db: ReadDb, direction: string, states: readonly string[] | null): number {
  const rows = prepared(db, 'SELECT state, documents FROM tally WHERE direction = ?').all(direction) as {
    state: string;
    documents: number;
  }[];
  return rows
    .filter(({ state }) => states === null || states.includes(state))
    .reduce((sum, { documents }) => sum + documents, 0);
}

function holderFrom(kind: string | null, id: string | null) {
  if (kind === null) return null;
  return kind === 'role' ? { kind, role: id } : { kind, id };
}
