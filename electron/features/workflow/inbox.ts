import type { Person } from '#shared/directory/public.ts';
import { whyNotReceivePapers } from '#shared/directory/public.ts';
import type { InboxItem } from '#shared/documents/public.ts';
import { InboxItemSchema } from '#shared/documents/public.ts';
import type { Day } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { documentRow, rowColumns } from '../documents/public.ts';
import { meetingAggregate, voteAggregate } from '#shared/meetings/public.ts';
import { taskAggregate } from '#shared/workflow/public.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import type { Reminder } from '../meetings/public.ts';

type Window = Readonly<{ offset: number; limit: number; today: Day }>;
/** What this person is reminded of besides: it depends on the day and the hour, and so lies in no table. */
type Reminding = Readonly<{ reminders?: readonly Reminder[] }>;

/** What waits for this person in any of their roles: late first, then the nearest deadline, then the oldest. */
export function waitingFor(
  db: ReadDb,
  person: Person,
  { offset, limit, today, reminders = [] }: Window & Reminding,
) {
  const whos = whosOf(person);
  if (whos.length === 0) return { items: [], total: 0 };
  // Each in its own order first, so that nobody's long queue is sorted to show its head.
  const head = 'WHERE who = ? ORDER BY due_key, since';
  const heads = whos.flatMap(() => [
    `SELECT * FROM (SELECT who, due_key, since, document, why, task FROM waiting ${head}, document, why LIMIT ?)`,
    `SELECT * FROM (SELECT who, due_key, since, NULL, why, id FROM meeting_task ${head}, id LIMIT ?)`,
  ]);
  const reminding = `SELECT NULL, value ->> '$.dueOn', value ->> '$.since', NULL, 'vote', value ->> '$.vote' FROM json_each(?)`;
  const rows = prepared(
    db,
    `SELECT ${rowColumns}, w.why, w.task, w.since AS waits_since, w.due_key
       FROM (${[...heads, reminding].join(' UNION ALL ')}) w LEFT JOIN document d ON d.id = w.document
      ORDER BY w.due_key, w.since, w.document, w.why, w.task LIMIT ? OFFSET ?`,
  ).all(
    ...whos.flatMap((who) => [who, offset + limit, who, offset + limit]),
    JSON.stringify(reminders),
    limit,
    offset,
  ) as WaitingRow[];
  const papers = tallied(db, whos).reduce((sum, { items }) => sum + items, 0);
  const total = papers + fromMeetings(db, whos).all + reminders.length;
  return { items: rows.flatMap((row) => itemFrom(db, row, today)), total };
}

/** What this person has passed on and is not back yet: own papers under way, and tasks given. */
export function waitedForBy(db: ReadDb, person: Person, { offset, limit, today }: Window) {
  // Whoever has left, or reads no papers any more, is told of none.
  if (whyNotReceivePapers(person) !== null) return { items: [], total: 0 };
  const from = `
    FROM (
      SELECT d.id AS document, d.since AS waits_since, coalesce(d.due_on, '9999-12-31') AS due_key, NULL AS task
        FROM document d
       WHERE d.drafter = @me AND d.state IN ('circulating', 'signed', 'numbered', 'sealed')
      UNION ALL
      SELECT t.document, t.since, coalesce(t.due_on, '9999-12-31'), t.id
        FROM task t
       WHERE t.giver = @me AND t.state IN ('new', 'accepted', 'in-progress', 'paused')
      UNION ALL
      SELECT NULL, t.since, t.due_key, t.id
        FROM meeting_task t
       WHERE t.giver = @me AND t.state IN ('new', 'accepted', 'in-progress', 'paused')
    ) w LEFT JOIN document d ON d.id = w.document`;
  const rows = prepared(
    db,
    `SELECT ${rowColumns}, 'wait' AS why, w.task, w.waits_since, w.due_key ${from}
      ORDER BY w.due_key, w.waits_since, w.document, w.task LIMIT @limit OFFSET @offset`,
  ).all({ me: person.id, limit, offset }) as WaitingRow[];
  const { total } = prepared(db, `SELECT count(*) AS total ${from}`).get({ me: person.id }) as {
    total: number;
  };
  return { items: rows.flatMap((row) => itemFrom(db, row, today)), total };
}

/** Live counts: what waits for the reader, and how much of that is late. */
export function inboxCounts(
  db: ReadDb,
  person: Person,
  { today, reminders = [] }: Readonly<{ today: Day }> & Reminding,
) {
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
  const given = fromMeetings(db, whos, today);
  const asked = given.all + (whos.length === 0 ? 0 : reminders.length);
  return { mine: mine + asked, late: late + given.late, incoming, outgoing: mine - incoming };
}

/** What meetings ask of these; few at any time, so they are counted as they stand. */
function fromMeetings(db: ReadDb, whos: readonly string[], today = '') {
  return prepared(
    db,
    `SELECT count(*) AS "all", coalesce(sum(due_key < ?), 0) AS late FROM meeting_task
      WHERE who IN (${marksFor(whos)})`,
  ).get(today, ...whos) as { all: number; late: number };
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

type WaitingRow = Readonly<{
  id: string | null;
  why: string;
  /** The task, or with `vote` the vote. */
  task: string | null;
  waits_since: string;
  due_key: string;
}>;

function itemFrom(db: ReadDb, row: WaitingRow, today: Day): InboxItem[] {
  const asked = {
    why: row.why,
    task: row.why === 'vote' ? null : row.task,
    vote: row.why === 'vote' ? row.task : null,
    since: row.waits_since,
    dueOn: row.due_key === '9999-12-31' ? null : row.due_key,
    late: row.due_key < today,
  };
  if (row.id !== null) {
    return [InboxItemSchema.parse({ ...asked, document: documentRow(row), meeting: null })];
  }
  if (row.why === 'vote') {
    const vote = row.task === null ? null : readState(db, voteAggregate, row.task);
    const held = vote === null ? null : readState(db, meetingAggregate, vote.meeting);
    if (vote === null || held === null) return [];
    const meeting = { id: held.id, title: held.title, words: vote.question.words, person: null };
    return [InboxItemSchema.parse({ ...asked, document: null, meeting })];
  }
  const task = row.task === null ? null : readState(db, taskAggregate, row.task);
  if (task?.meeting === undefined) return [];
  const { meeting, words, person } = task;
  return [InboxItemSchema.parse({ ...asked, document: null, meeting: { ...meeting, words, person } })];
}

export function whosOf(person: Person): string[] {
  if (whyNotReceivePapers(person) !== null) return [];
  const whos = [`person:${person.id}`];
  if (person.roles.includes('clerk')) whos.push('role:clerk');
  if (person.roles.includes('unit-head')) whos.push(`unit:${person.unit}`);
  return whos;
}
