import { z } from 'zod';
import type { ReadingScope } from '#shared/directory/public.ts';
import { DossierRowSchema, type DossierRow } from '#shared/dossiers/public.ts';
import type { Day, DossierId, PersonId } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import type { Signed } from '../../host/context.ts';
import { prepared } from '../../store/prepared.ts';
import { scopeSql } from '../documents/public.ts';

const columns = `d.id, d.code, d.year, d.title, d.retention, d.state, d.in_list, d.maker, d.parent, d.started_on,
  d.ended_on, d.papers, d.parts, d.hand_over_by, d.returned`;

const SqlRowSchema = z
  .object({
    id: z.string(),
    code: z.string(),
    year: z.int(),
    title: z.string(),
    retention: z.string(),
    state: z.string(),
    in_list: z.int(),
    maker: z.string(),
    parent: z.string().nullable(),
    started_on: z.string(),
    ended_on: z.string().nullable(),
    papers: z.int(),
    parts: z.int(),
    hand_over_by: z.string().nullable(),
    returned: z.int(),
  })
  .transform(({ in_list, started_on, ended_on, hand_over_by, returned, retention, ...row }) => ({
    ...row,
    retention: retention === 'permanent' ? retention : Number(retention),
    inList: in_list === 1,
    startedOn: started_on,
    endedOn: ended_on,
    handOverBy: hand_over_by,
    returned: returned === 1,
  }))
  .pipe(DossierRowSchema);

type Asked = Readonly<{
  offset: number;
  limit: number;
  state: string | null;
  /** Only whose files these are. */
  maker: PersonId | null;
  year: number | null;
  text: string;
}>;

/** A window of the list of whole files, the newest year first and by code; only what the reader may see. */
export function listDossiers(db: ReadDb, scope: ReadingScope, asked: Asked) {
  const { where, values } = scopeSql(scope, 'dossier');
  const conditions = ['d.parent IS NULL', where];
  const bound: (string | number)[] = [...values];
  const add = (condition: string, value: string | number | null): void => {
    if (value === null) return;
    conditions.push(condition);
    bound.push(value);
  };
  add('d.state = ?', asked.state);
  add('d.maker = ?', asked.maker);
  add('d.year = ?', asked.year);
  for (const word of foldVietnamese(asked.text).split(/\s+/u).filter(Boolean)) {
    add('instr(d.folded, ?) > 0', word);
  }
  const from = `FROM dossier d WHERE ${conditions.join(' AND ')}`;
  const rows = prepared(db, `SELECT ${columns} ${from} ORDER BY d.year DESC, d.code LIMIT ? OFFSET ?`).all(
    ...bound,
    asked.limit,
    asked.offset,
  );
  const { total } = prepared(db, `SELECT count(*) AS total ${from}`).get(...bound) as { total: number };
  return { rows: rows.map((row) => SqlRowSchema.parse(row)), total };
}

/** One file as a list shows it; null where it is not there or not for this reader. */
export function dossierRow(db: ReadDb, scope: ReadingScope, id: string): DossierRow | null {
  const { where, values } = scopeSql(scope, 'dossier');
  const row = prepared(db, `SELECT ${columns} FROM dossier d WHERE d.id = ? AND ${where}`).get(id, ...values);
  return row === undefined ? null : SqlRowSchema.parse(row);
}

/** The parts of a file, in the order they were opened. */
export function partsOf(db: ReadDb, id: string): DossierRow[] {
  return prepared(db, `SELECT ${columns} FROM dossier d WHERE d.parent = ? ORDER BY d.n`)
    .all(id)
    .map((row) => SqlRowSchema.parse(row));
}

/** The files that go by an id or a code, of those this reader may see. */
export function dossiersCalled({ open, scope }: Pick<Signed, 'open' | 'scope'>, name: string): DossierId[] {
  const { where, values } = scopeSql(scope, 'dossier');
  return prepared(
    open.desk.db,
    `SELECT ${columns} FROM dossier d WHERE (d.id = ? OR d.code = ?) AND ${where}`,
  )
    .all(name, name, ...values)
    .map((row) => SqlRowSchema.parse(row).id);
}

type Waiting = Readonly<{ maker: PersonId; until: Day; offset: number; limit: number }>;

/** The files of a maker that came back, or are due until a day: those given back first, then by when they are due. */
export function waitingDossiers(db: ReadDb, { maker, until, offset, limit }: Waiting) {
  const from = `FROM dossier d
    WHERE d.maker = ? AND d.parent IS NULL AND (d.returned = 1 OR d.hand_over_by <= ?)`;
  const rows = prepared(
    db,
    `SELECT ${columns} ${from} ORDER BY d.returned DESC, d.hand_over_by, d.code LIMIT ? OFFSET ?`,
  ).all(maker, until, limit, offset);
  const { total } = prepared(db, `SELECT count(*) AS total ${from}`).get(maker, until) as { total: number };
  return { rows: rows.map((row) => SqlRowSchema.parse(row)), total };
}
