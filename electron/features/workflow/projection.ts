import type { Incoming, OfficialDocument, Outgoing } from '#shared/documents/public.ts';
import { openSteps } from '#shared/documents/public.ts';
import { troubleOf, whyNotDelivery, type Consignment, type Delivery } from '#shared/exchange/public.ts';
import type { DocumentId, Instant } from '#shared/kernel/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import { prepared } from '../../store/prepared.ts';
import type { Projection } from '../../store/projection.ts';
import { askedOf, keepMeetingTask } from './meeting-tasks.ts';

type Waiting = Readonly<{
  who: string;
  why: string;
  document: string;
  task: string | null;
  dueOn: string | null;
}>;

/** Keeps the tasks, and what waits for whom: one inbox for every role. */
export const workflowProjection: Projection = {
  name: 'workflow',
  apply(db, { changed, chained: { entry } }) {
    for (const { ref, before, after } of changed) {
      const isNew = before === null;
      if (ref.kind === 'document') {
        const waiting = waitingOnDocument(after as OfficialDocument);
        replaceWaiting(db, { origin: ref.id, isNew }, waiting, entry.recordedAt);
      }
      if (ref.kind === 'task') {
        const task = after as Task;
        if (!isOnPaper(task)) {
          keepMeetingTask(db, task, entry.recordedAt);
          continue;
        }
        keepTask(db, task, entry.recordedAt);
        replaceWaiting(db, { origin: ref.id, isNew }, waitingOnTask(task), entry.recordedAt);
      }
      if (ref.kind === 'delivery') {
        const waiting = waitingOnDelivery(after as Delivery);
        replaceWaiting(db, { origin: ref.id, isNew }, waiting, entry.recordedAt);
      }
      if (ref.kind === 'consignment') {
        const waiting = waitingOnConsignment(after as Consignment);
        replaceWaiting(db, { origin: ref.id, isNew }, waiting, entry.recordedAt);
      }
    }
  },
  forget(db, { kind, id }) {
    if (kind === 'task') {
      prepared(db, 'DELETE FROM task WHERE id = ?').run(id);
      prepared(db, 'DELETE FROM meeting_task WHERE id = ?').run(id);
    }
    if (asking.has(kind)) takeAway(db, id, waitingFor(db, id));
  },
  clear(db) {
    db.exec('DELETE FROM waiting; DELETE FROM waiting_tally; DELETE FROM task; DELETE FROM meeting_task;');
  },
};

/** Kinds of which something may wait for somebody. */
const asking: ReadonlySet<string> = new Set(['document', 'task', 'delivery', 'consignment']);

/** A sender that wants its paper back waits for the clerk's answer (QĐ 28/2018 Đ9). */
function waitingOnDelivery(delivery: Delivery): Waiting[] {
  const { document } = delivery;
  if (document === null || whyNotDelivery(delivery, 'decline') !== null) return [];
  return [{ document, task: null, dueOn: null, who: 'role:clerk', why: 'answer-recall' }];
}

/** A paper that came back, or never came, waits for a clerk who sends it again or says what was done instead. */
function waitingOnConsignment(consignment: Consignment): Waiting[] {
  const why = troubleOf(consignment);
  return why === null
    ? []
    : [{ document: consignment.document, task: null, dueOn: null, who: 'role:clerk', why }];
}

/** What a document asks of whom now. What a task asks is kept with the task. */
function waitingOnDocument(document: OfficialDocument): Waiting[] {
  return document.direction === 'incoming' ? waitingOnIncoming(document) : waitingOnOutgoing(document);
}

function waitingOnIncoming({ id, state, holder, dueOn }: Incoming): Waiting[] {
  const item = { document: id, task: null, dueOn };
  if (state === 'arrived') return [{ ...item, who: 'role:clerk', why: 'register' }];
  if (state !== 'registered' || holder?.kind !== 'person') return [];
  return [{ ...item, who: `person:${holder.id}`, why: 'direct' }];
}

function waitingOnOutgoing(document: Outgoing): Waiting[] {
  const item = { document: document.id, task: null };
  const { dueOn } = document.summary;
  const clerk = { ...item, who: 'role:clerk', dueOn };
  switch (document.state) {
    case 'draft': {
      const why = document.returnedBecause === null ? 'draft' : 'revise';
      return [
        { ...item, who: `person:${document.drafter}`, why, dueOn },
        ...(document.coWriters ?? []).map((person) => ({
          ...item,
          who: `person:${person}`,
          why: 'write',
          dueOn,
        })),
      ];
    }
    case 'circulating': {
      const waiting = openSteps(document.circuit).map(({ person, kind, elsewhere }) => ({
        ...item,
        who: `person:${person}`,
        why: elsewhere === undefined ? kind : 'bring',
        dueOn,
      }));
      // Who brings two signed pages back has one thing to do at a time.
      return waiting.filter(
        ({ who, why }, place) => waiting.findIndex((one) => one.who === who && one.why === why) === place,
      );
    }
    case 'signed':
      return [{ ...clerk, why: 'number' }];
    case 'numbered':
      return [{ ...clerk, why: 'seal' }];
    case 'sealed':
      return [{ ...clerk, why: 'issue' }];
    case 'issued':
    case 'recalled':
    case 'replaced':
    case 'abandoned':
    case 'destroyed':
      return [];
  }
}

type PaperTask = Task & Readonly<{ document: DocumentId }>;

function isOnPaper(task: Task): task is PaperTask {
  return task.document !== null;
}

function waitingOnTask(task: PaperTask): Waiting[] {
  const asked = askedOf(task);
  return asked === null ? [] : [{ document: task.document, task: task.id, dueOn: task.dueOn, ...asked }];
}

type Kept = Readonly<{ who: string; why: string; since: string; due_key: string }>;
/** Of what is new here nothing waited before. */
type Origin = Readonly<{ origin: string; isNew: boolean }>;

function replaceWaiting(db: WriteDb, { origin, isNew }: Origin, now: readonly Waiting[], at: Instant): void {
  const before = isNew ? [] : waitingFor(db, origin);
  const same =
    before.length === now.length &&
    now.every(({ who, why, dueOn }) =>
      before.some((row) => row.who === who && row.why === why && row.due_key === dueKey(dueOn)),
    );
  if (same) return;
  takeAway(db, origin, before);
  const insert = prepared(
    db,
    'INSERT INTO waiting (who, due_key, since, document, why, task, origin) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (const { who, dueOn, document, why, task } of now) {
    const kept = before.find((row) => row.who === who && row.why === why);
    insert.run(who, dueKey(dueOn), kept?.since ?? at, document, why, task, origin);
    addToTally(db, { who, why }, 1);
  }
}

function waitingFor(db: WriteDb, origin: string): readonly Kept[] {
  return prepared(db, 'SELECT who, why, since, due_key FROM waiting WHERE origin = ?').all(origin) as Kept[];
}

function takeAway(db: WriteDb, origin: string, rows: readonly Kept[]): void {
  if (rows.length === 0) return;
  prepared(db, 'DELETE FROM waiting WHERE origin = ?').run(origin);
  for (const row of rows) addToTally(db, row, -1);
}

/** How much waits for whom, so that a count never reads the rows themselves. */
function addToTally(db: WriteDb, { who, why }: Pick<Kept, 'who' | 'why'>, count: 1 | -1): void {
  prepared(
    db,
    `INSERT INTO waiting_tally (who, why, items) VALUES (?, ?, ?)
     ON CONFLICT (who, why) DO UPDATE SET items = items + excluded.items`,
  ).run(who, why, count);
  if (count === -1) {
    prepared(db, 'DELETE FROM waiting_tally WHERE who = ? AND why = ? AND items = 0').run(who, why);
  }
}

/** Sorts what has no deadline after everything that has one. */
function dueKey(dueOn: string | null): string {
  return dueOn ?? '9999-12-31';
}

function keepTask(db: WriteDb, task: PaperTask, at: Instant): void {
  prepared(
    db,
    `INSERT INTO task (id, document, role, giver, unit, person, state, due_on, since)
     VALUES (@id, @document, @role, @giver, @unit, @person, @state, @dueOn, @at)
     ON CONFLICT (id) DO UPDATE SET
       person = excluded.person,
       due_on = excluded.due_on,
       since = CASE WHEN state = excluded.state THEN since ELSE excluded.since END,
       state = excluded.state`,
  ).run({
    id: task.id,
    document: task.document,
    role: task.role,
    giver: task.giver,
    unit: task.unit,
    person: task.person,
    state: task.state,
    dueOn: task.dueOn,
    at,
  });
}
