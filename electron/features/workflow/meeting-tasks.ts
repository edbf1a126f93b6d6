import { taskAggregate, type Task } from '#shared/workflow/public.ts';
import type { Instant, PersonId } from '#shared/kernel/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';

/** Of whom a task asks something now, and what. */
export function askedOf(task: Task): Readonly<{ who: string; why: string }> | null {
  switch (task.state) {
    case 'new':
    case 'accepted':
    case 'in-progress':
      if (task.person !== null) return { who: `person:${task.person}`, why: 'do' };
      return task.unit === null ? null : { who: `unit:${task.unit}`, why: 'assign' };
    case 'awaiting':
      return { who: `person:${task.giver}`, why: 'judge' };
    case 'returned':
      return { who: `person:${task.giver}`, why: 'assign' };
    case 'paused':
    case 'done':
    case 'withdrawn':
      return null;
  }
}

/** Keeps what a meeting gave: it has no paper that it could wait on. */
export function keepMeetingTask(db: WriteDb, task: Task, at: Instant): void {
  const { id, giver, person, state, dueOn } = task;
  const asked = askedOf(task) ?? { who: null, why: null };
  prepared(
    db,
    `INSERT INTO meeting_task (id, giver, person, state, due_key, who, why, since)
     VALUES (@id, @giver, @person, @state, @dueKey, @who, @why, @at)
     ON CONFLICT (id) DO UPDATE SET
       person = excluded.person,
       state = excluded.state,
       due_key = excluded.due_key,
       since = CASE WHEN who IS excluded.who AND why IS excluded.why THEN since ELSE excluded.since END,
       who = excluded.who,
       why = excluded.why`,
  ).run({ id, giver, person, state, dueKey: dueOn ?? '9999-12-31', ...asked, at });
}

/** What meetings gave this person to do, or had given for them, and is not done yet. */
export function tasksOfMeetings(db: ReadDb, person: PersonId): Task[] {
  return prepared(
    db,
    `SELECT id FROM meeting_task WHERE (person = ? OR giver = ?) AND state NOT IN ('done', 'withdrawn')
     ORDER BY due_key, id`,
  )
    .all(person, person)
    .flatMap((row) => readState(db, taskAggregate, (row as { id: string }).id) ?? []);
}
