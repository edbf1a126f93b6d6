import type { Person } from '#shared/directory/public.ts';
import { readingScope } from '#shared/directory/public.ts';
import type { InboxItem } from '#shared/documents/public.ts';
import { InboxItemSchema } from '#shared/documents/public.ts';
import type { Day } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { documentRow, rowColumns } from '../documents/public.ts';
import { prepared } from '../../store/prepared.ts';

type Window = Readonly<{ offset: number; limit: number; today: Day }>;

/** What waits for this person in any of their roles: late first, then the nearest deadline, then the oldest. */
export function waitingFor(db: ReadDb, person: Person, { offset, limit, today }: Window) {
  const whos = whosOf(person);
  if (whos.length === 0) return { items: [], total: 0 };
  // Each in its own order first, so that nobody's long queue is sorted to show its head.
  const heads = whos.map(
    () =>
      'SELECT * FROM (SELECT * FROM waiting WHERE who = ? ORDER BY due_key, since, document, why LIMIT ?)',
  );
  const rows = prepared(
    db,
    `SELECT ${rowColumns}, w.why, w.task, w.since AS waits_since, w.due_key
       FROM (${heads.join(' UNION ALL ')}) w JOIN document d ON d.id = w.document
      ORDER BY w.due_key, w.since, w.document, w.why LIMIT ? OFFSET ?`,
  ).all(...whos.flatMap((who) => [who, offset + limit]), limit, offset) as WaitingRow[];
  const total = tallied(db, whos).reduce((sum, { items }) => sum + items, 0);
  return { items: rows.map((row) => itemFrom(row, today)), total };
}

/** What this person has passed on and is not back yet: own papers under way, and tasks given. */
export function waitedForBy(db: ReadDb, person: Person, { offset, limit, today }: Window) {
  // Whoever has left, or reads no papers any more, is told of none.
  if (readingScope(person).kind === 'nothing') return { items: [], total: 0 };
  const from = `
    FROM (
      SELECT d.id AS document, d.since AS waits_since, coalesce(d.due_on, '9999-12-31') AS due_key, NULL AS task
        FROM document d
       WHERE d.drafter = @me AND d.state IN ('circulating', 'signed', 'numbered', 'sealed')
      UNION ALL
      SELECT t.document, t.since, coalesce(t.due_on, '9999-12-31'), t.id
        FROM task t
       WHERE t.giver = @me AND t.state IN ('new', 'accepted', 'in-progress', 'paused')
    ) w JOIN document d ON d.id = w.document`;
  const rows = prepared(
    db,
    `SELECT ${rowColumns}, 'wait' AS why, w.task, w.waits_since, w.due_key ${from}
      ORDER BY w.due_key, w.waits_since, w.document LIMIT @limit OFFSET @offset`,
  ).all({ me: person.id, limit, offset }) as WaitingRow[];
  const { total } = prepared(db, `SELECT count(*) AS total ${from}`).get({ me: person.id }) as {
    total: number;
  };
  return { items: rows.map((row) => itemFrom(row, today)), total };
}

/** Live counts: what waits for the reader, and how much of that is late. */
export function inboxCounts(db: ReadDb, person: Person, today: Day) {
  const whos = whosOf(person);
  let [mine, incoming] = [0, 0];
  for (const { why, items } of tallied(db, whos)) {
    mine += items;
    if (onIncoming.has(why)) incoming += items;
  }
  const { late } = prepared(
    db,
    `SELECT count(*) AS late FROM waiting WHERE who IN (${marksFor(whos)}) AND due_key < ?`,
  ).get(...whos, today) as { late: number };
  return { mine, late, incoming, outgoing: mine - incoming };
}

const onIncoming = new Set(['register', 'direct', 'assign', 'do', 'judge', 'answer-recall']);

function tallied(db: ReadDb, whos: readonly string[]) {
  return prepared(db, `SELECT why, items FROM waiting_tally WHERE who IN (${marksFor(whos)})`).all(
    ...whos,
  ) as {
    why: string;
    items: number;
  }[];
}

function marksFor(values: readonly string[]): string {
  return values.map(() => '?').join(', ');
}

type WaitingRow = Readonly<{ why: string; task: string | null; waits_since: string; due_key: string }>;

function itemFrom(row: WaitingRow, today: Day): InboxItem {
  const dueOn = row.due_key === '9999-12-31' ? null : row.due_key;
  return InboxItemSchema.parse({
    why: row.why,
    task: row.task,
    since: row.waits_since,
    dueOn,
    late: row.due_key < today,
    document: documentRow(row),
  });
}

export function whosOf(person: Person): string[] {
  if (readingScope(person).kind === 'nothing') return [];
  const whos = [`person:${person.id}`];
  if (person.roles.includes('clerk')) whos.push('role:clerk');
  if (person.roles.includes('unit-head')) whos.push(`unit:${person.unit}`);
  return whos;
}
