import { assertNever, type Act, type Aggregate, type Day, type DocumentId } from '../kernel/public.ts';
import type { PersonId, TaskId, UnitId } from '../kernel/public.ts';
import { nextState } from '../documents/public.ts';
import { isOpenTask, type Task } from './model.ts';
import { taskTransitions, type TaskEvent } from './transitions.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;

export type TaskAct =
  | ActOf<
      'taskGiven',
      {
        document: DocumentId | null;
        meeting?: NonNullable<Task['meeting']>;
        role: 'lead' | 'support';
        giver: PersonId;
        unit: UnitId | null;
        person: PersonId | null;
        words: string;
        dueOn: Day | null;
      }
    >
  | ActOf<'taskAssigned', { person: PersonId; words: string; dueOn: Day | null }>
  | ActOf<'taskAccepted', Record<string, never>>
  | ActOf<'progressReported', { words: string; percent: number }>
  | ActOf<'taskFinished', { words: string }>
  | ActOf<'taskApproved', { words: string }>
  | ActOf<'taskRejected', { reason: string }>
  | ActOf<'taskReturned', { reason: string }>
  | ActOf<'taskPaused', { reason: string }>
  | ActOf<'taskResumed', { words: string }>
  | ActOf<'taskWithdrawn', { reason: string }>;

export const taskAggregate: Aggregate<Task, TaskAct> = {
  kind: 'task',
  evolve(state, act) {
    if (act.type === 'taskGiven') {
      return { ...act.body, id: act.on.id as TaskId, state: 'new', pausedFrom: null, percent: 0 };
    }
    if (state === null) throw new Error('An act happened to a task that was never given');
    const after = evolveKnown(state, act);
    return state.meeting === undefined ? after : { ...after, ...saidIn(act) };
  },
};

function evolveKnown(task: Task, act: Exclude<TaskAct, { type: 'taskGiven' }>): Task {
  switch (act.type) {
    case 'taskAssigned':
      return { ...to(task, 'assign'), person: act.body.person, dueOn: act.body.dueOn ?? task.dueOn };
    case 'taskAccepted':
      return to(task, 'accept');
    case 'progressReported':
      return { ...to(task, 'progress'), percent: act.body.percent };
    case 'taskFinished':
      return { ...to(task, 'finish'), percent: 100 };
    case 'taskApproved':
      return to(task, 'approve');
    case 'taskRejected':
      return to(task, 'reject');
    case 'taskReturned':
      return to(task, 'return');
    case 'taskPaused':
      return { ...to(task, 'pause'), pausedFrom: task.state };
    case 'taskResumed':
      return { ...to(task, 'resume'), pausedFrom: null };
    case 'taskWithdrawn':
      return withdrawn(task);
    default:
      return assertNever(act);
  }
}

function saidIn({ body }: TaskAct): Pick<Task, 'said'> {
  if ('reason' in body) return { said: body.reason };
  return 'words' in body && body.words !== '' ? { said: body.words } : {};
}

/** Whoever gave it may do so before it is begun; with its paper it goes whatever has been done. */
function withdrawn(task: Task): Task {
  if (!isOpenTask(task)) throw new Error(`A task that is ${task.state} was withdrawn`);
  return { ...task, state: 'withdrawn' };
}

function to(task: Task, event: TaskEvent): Task {
  const state = nextState(taskTransitions, task.state, event);
  if (state === null) throw new Error(`No way from ${task.state} by ${event}`);
  return { ...task, state };
}
