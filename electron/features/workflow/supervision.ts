import { z } from 'zod';
import { PersonIdSchema, UnitIdSchema, addWorkingDays } from '#shared/kernel/public.ts';
import { HeldSchema, type Held, type Supervision } from '#shared/workflow/public.ts';
import type { Signed } from '../../host/context.ts';
import { prepared } from '../../store/prepared.ts';
import { documentRow, rowColumns, scopeSql } from '../documents/public.ts';

/** Who looks, how far, and at which desk. */
type Looking = Pick<Signed, 'person' | 'scope' | 'today'> &
  Readonly<{ open: Readonly<{ desk: Pick<Signed['open']['desk'], 'db' | 'calendar'> }> }>;

const soonWorkingDays = 2;
const listed = 100;

const CountsSchema = z.object({ open: z.int(), late: z.int(), soon: z.int(), done: z.int() });
const counts = `
  coalesce(sum(t.state NOT IN ('done', 'withdrawn')), 0) AS open,
  coalesce(sum(t.state NOT IN ('done', 'withdrawn', 'paused') AND t.due_on < @today), 0) AS late,
  coalesce(sum(t.state NOT IN ('done', 'withdrawn', 'paused') AND t.due_on BETWEEN @today AND @soon), 0) AS soon,
  coalesce(sum(t.state = 'done'), 0) AS done`;

/** Who has how much and what is late. A unit head sees the unit; clerk, chief and leader see the agency. */
export function supervision({ open, person, scope, today }: Looking): Supervision {
  const { db, calendar } = open.desk;
  const bound = {
    today,
    soon: addWorkingDays(today, soonWorkingDays, calendar),
    unit: scope.kind === 'agency' ? null : person.unit,
  };
  const people = prepared(
    db,
    `SELECT t.person AS person, ${counts}
       FROM task t JOIN aggregate a ON a.kind = 'person' AND a.id = t.person
      WHERE @unit IS NULL OR a.state ->> '$.unit' = @unit
      GROUP BY t.person ORDER BY late DESC, open DESC`,
  )
    .all(bound)
    .map((row) => CountsSchema.extend({ person: PersonIdSchema }).parse(row));
  const units = prepared(
    db,
    `SELECT coalesce(t.unit, a.state ->> '$.unit') AS unit, ${counts}
       FROM task t LEFT JOIN aggregate a ON a.kind = 'person' AND a.id = t.person
      WHERE @unit IS NULL OR coalesce(t.unit, a.state ->> '$.unit') = @unit
      GROUP BY 1 ORDER BY late DESC, open DESC`,
  )
    .all(bound)
    .map((row) => CountsSchema.extend({ unit: UnitIdSchema }).parse(row));
  return { units, people, ...lists(db, scope, today) };
}

function lists(db: Signed['open']['desk']['db'], scope: Signed['scope'], today: string) {
  const { where, values } = scopeSql(scope);
  const late = prepared(
    db,
    `SELECT ${rowColumns} FROM document d
      WHERE ${where} AND d.due_on < ? AND d.state NOT IN ('done', 'filed', 'refused', 'issued', 'abandoned', 'recalled', 'replaced', 'destroyed')
      ORDER BY d.due_on LIMIT ${listed}`,
  ).all(...values, today);
  const unowned = prepared(
    db,
    `SELECT ${rowColumns} FROM document d
      WHERE ${where} AND d.direction = 'incoming' AND d.state = 'registered'
      ORDER BY d.since LIMIT ${listed}`,
  ).all(...values);
  return { late: late.map(documentRow), unowned: unowned.map(documentRow) };
}

type Asked = Readonly<{
  by: Readonly<{ kind: 'person' | 'unit'; id: string }>;
  offset: number;
  limit: number;
}>;

/** The unfinished tasks of a person, or of a unit and its people, on papers the reader may see. */
export function heldBy(
  { open, scope }: Looking,
  { by, offset, limit }: Asked,
): { rows: Held[]; total: number } {
  const { db } = open.desk;
  const { where, values } = scopeSql(scope);
  const holder = by.kind === 'person' ? 't.person = ?' : "coalesce(t.unit, a.state ->> '$.unit') = ?";
  const from = `
    FROM task t JOIN document d ON d.id = t.document
         LEFT JOIN aggregate a ON a.kind = 'person' AND a.id = t.person
   WHERE ${holder} AND t.state NOT IN ('done', 'withdrawn') AND ${where}`;
  const rows = prepared(
    db,
    `SELECT ${rowColumns}, t.id AS task, t.state AS task_state, t.due_on AS task_due ${from}
      ORDER BY coalesce(t.due_on, '9999-12-31'), t.since, t.id LIMIT ? OFFSET ?`,
  ).all(by.id, ...values, limit, offset) as { task: string; task_state: string; task_due: string | null }[];
  const { total } = prepared(db, `SELECT count(*) AS total ${from}`).get(by.id, ...values) as {
    total: number;
  };
  return {
    rows: rows.map((row) =>
      HeldSchema.parse({
        task: row.task,
        state: row.task_state,
        dueOn: row.task_due,
        document: documentRow(row),
      }),
    ),
    total,
  };
}
