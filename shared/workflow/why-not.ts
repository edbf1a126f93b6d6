import { refuse, type Refusal } from '../kernel/public.ts';
import type { Person } from '../directory/public.ts';
import { nextState, openSteps, whyNotOutgoing, type OfficialDocument } from '../documents/public.ts';
import type { Task } from './model.ts';
import { taskTransitions, type TaskEvent } from './transitions.ts';

/** Why a person may not take their turn in a circuit: it is not circulating, or it is another's turn. */
export function whyNotStep(document: OfficialDocument | null, actor: Person | null): Refusal | null {
  const not = whyNotOutgoing(document, 'pass');
  if (not !== null) return not;
  const steps = document?.direction === 'outgoing' ? openSteps(document.circuit) : [];
  return steps.some(({ person }) => person === actor?.id) ? null : refuse('workflow.not-your-turn');
}

export function whyNotWithdraw(document: OfficialDocument | null, actor: Person | null): Refusal | null {
  const not = whyNotOutgoing(document, 'withdraw');
  if (not !== null) return not;
  return document?.direction === 'outgoing' && document.drafter === actor?.id
    ? null
    : refuse('documents.only-drafter');
}

/** Who does the task; a task given to a unit waits until its head has named somebody. */
export function whyNotDoer(task: Task, actor: Person | null): Refusal | null {
  return task.person !== null && task.person === actor?.id ? null : refuse('workflow.not-your-task');
}

/** Who gave the task, or heads the unit of the one who does it. */
export function whyNotJudge(task: Task, actor: Person | null): Refusal | null {
  if (actor === null) return refuse('workflow.not-yours-to-judge');
  const gave = task.giver === actor.id;
  const heads = isHeadOf(task, actor) && task.person !== actor.id;
  const leads = actor.roles.includes('leader');
  return gave || heads || leads ? null : refuse('workflow.not-yours-to-judge');
}

export function whyNotAssign(task: Task, actor: Person | null): Refusal | null {
  return isHeadOf(task, actor) || task.giver === actor?.id ? null : refuse('workflow.only-unit-head');
}

export function whyNotTask(task: Task | null, event: TaskEvent): Refusal | null {
  if (task === null) return refuse('workflow.unknown-task');
  if (nextState(taskTransitions, task.state, event) !== null) return null;
  return refuse('workflow.task-not-in-state', { state: `task.${task.state}` });
}

function isHeadOf(task: Task, actor: Person | null): boolean {
  return (
    task.unit !== null && actor !== null && actor.unit === task.unit && actor.roles.includes('unit-head')
  );
}
