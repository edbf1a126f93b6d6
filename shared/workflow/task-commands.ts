import { z } from 'zod';
import {
  DaySchema,
  DocumentIdSchema,
  PersonIdSchema,
  TaskIdSchema,
  dayOf,
  defineCommand,
  isRefusal,
  ref,
  refuse,
  type Act,
  type CommandContext,
  type DocumentId,
  type PersonId,
  type Refusal,
  type States,
  type TaskId,
} from '../kernel/public.ts';
import { personAggregate, whyNotReceivePapers } from '../directory/public.ts';
import { documentAggregate, whyNotIncoming, type Incoming } from '../documents/public.ts';
import type { Task } from './model.ts';
import { taskAggregate } from './task.ts';
import type { TaskEvent } from './transitions.ts';
import { whyNotAssign, whyNotDoer, whyNotJudge, whyNotTask } from './why-not.ts';

const reason = z.string().trim().min(1).max(1000);
const words = z.string().trim().max(2000);
/** What a meeting gave has no paper. */
const target = { taskId: TaskIdSchema, documentId: DocumentIdSchema.nullable() };

type Target = Readonly<{ taskId: TaskId; documentId: DocumentId | null }>;
type Asked = Readonly<{ states: States; ctx: CommandContext }>;
type Guard = typeof whyNotDoer;

const both = ({ taskId, documentId }: Target) => [
  ref('task', taskId),
  ...(documentId === null ? [] : [ref('document', documentId)]),
];

export const assignTask = defineCommand({
  name: 'workflow.assignTask',
  body: z.object({ ...target, person: PersonIdSchema, words, dueOn: DaySchema.nullable() }),
  reads: (body) => [...both(body), ref('person', body.person)],
  decide: ({ body: { person, words, dueOn, ...target }, states, ctx }) => {
    const found = openTask(target, 'assign', { states, ctx }, whyNotAssign);
    if (isRefusal(found)) return found;
    const doer = states.of(personAggregate, person);
    const not = whyNotReceivePapers(doer);
    if (not !== null) return not;
    if (found.task.unit !== null && doer?.unit !== found.task.unit) {
      return refuse('workflow.not-in-unit', { name: doer?.name ?? '' });
    }
    if (dueOn !== null && dueOn < dayOf(ctx.recordedAt)) {
      return refuse('workflow.due-in-past', { day: dueOn });
    }
    const assigned: Act = {
      type: 'taskAssigned',
      on: ref('task', target.taskId),
      body: { person, words, dueOn },
    };
    if (target.documentId === null) return [assigned];
    const passedOn = { task: target.taskId, role: found.task.role, to: person };
    return [assigned, { type: 'taskPassedOn', on: ref('document', target.documentId), body: passedOn }];
  },
});

export const acceptTask = defineCommand({
  name: 'workflow.acceptTask',
  body: z.object(target),
  reads: both,
  decide: ({ body, states, ctx }) =>
    beginning(
      body,
      'accept',
      { states, ctx },
      { type: 'taskAccepted', on: ref('task', body.taskId), body: {} },
    ),
});

export const reportProgress = defineCommand({
  name: 'workflow.reportProgress',
  body: z.object({ ...target, words: reason, percent: z.int().min(0).max(100) }),
  reads: both,
  decide: ({ body: { words, percent, ...target }, states, ctx }) =>
    beginning(
      target,
      'progress',
      { states, ctx },
      {
        type: 'progressReported',
        on: ref('task', target.taskId),
        body: { words, percent },
      },
    ),
});

export const finishTask = defineCommand({
  name: 'workflow.finishTask',
  body: z.object({ ...target, words }),
  reads: both,
  decide: ({ body: { words, ...target }, states, ctx }) => {
    const found = openTask(target, 'finish', { states, ctx }, whyNotDoer);
    if (isRefusal(found)) return found;
    const finished: Act = { type: 'taskFinished', on: ref('task', target.taskId), body: { words } };
    return [...started(found, ctx), finished, ...handTo(found, found.task.giver)];
  },
});

export const approveTask = defineCommand({
  name: 'workflow.approveTask',
  body: z.object({ ...target, words }),
  reads: both,
  decide: ({ body: { words, ...target }, states, ctx }) => {
    const found = openTask(target, 'approve', { states, ctx }, whyNotJudge);
    if (isRefusal(found)) return found;
    const approved: Act = { type: 'taskApproved', on: ref('task', target.taskId), body: { words } };
    // The paper is done when the lead is; those who help have their own dates.
    const { document } = found;
    if (document === null || document.leadTask !== target.taskId) return [approved];
    if (whyNotIncoming(document, 'finish') !== null) return [approved];
    return [approved, { type: 'handlingFinished', on: ref('document', document.id), body: { words } }];
  },
});

export const rejectTask = defineCommand({
  name: 'workflow.rejectTask',
  body: z.object({ ...target, reason }),
  reads: both,
  decide: ({ body: { reason, ...target }, states, ctx }) => {
    const found = openTask(target, 'reject', { states, ctx }, whyNotJudge);
    if (isRefusal(found)) return found;
    const rejected: Act = { type: 'taskRejected', on: ref('task', target.taskId), body: { reason } };
    return [rejected, ...handTo(found, found.task.person)];
  },
});

export const returnTask = defineCommand({
  name: 'workflow.returnTask',
  body: z.object({ ...target, reason }),
  reads: both,
  decide: ({ body: { reason, ...target }, states, ctx }) => {
    const found = openTask(target, 'return', { states, ctx }, whyNotDoer);
    if (isRefusal(found)) return found;
    const returned: Act = { type: 'taskReturned', on: ref('task', target.taskId), body: { reason } };
    return [returned, ...handTo(found, found.task.giver)];
  },
});

export const pauseTask = defineCommand({
  name: 'workflow.pauseTask',
  body: z.object({ ...target, reason }),
  reads: both,
  decide: ({ body: { reason, ...target }, states, ctx }) => {
    const found = openTask(target, 'pause', { states, ctx }, whyNotDoer);
    if (isRefusal(found)) return found;
    return [{ type: 'taskPaused', on: ref('task', target.taskId), body: { reason } }];
  },
});

export const resumeTask = defineCommand({
  name: 'workflow.resumeTask',
  body: z.object({ ...target, words }),
  reads: both,
  decide: ({ body: { words, ...target }, states, ctx }) =>
    beginning(
      target,
      'resume',
      { states, ctx },
      {
        type: 'taskResumed',
        on: ref('task', target.taskId),
        body: { words },
      },
    ),
});

type Found = Readonly<{ task: Task; document: Incoming | null }>;

/** An act by which the doer takes hold of a task. */
function beginning(target: Target, event: TaskEvent, asked: Asked, act: Act): readonly Act[] | Refusal {
  const found = openTask(target, event, asked, whyNotDoer);
  return isRefusal(found) ? found : [...started(found, asked.ctx), act];
}

/** The lead's first act sets the paper itself in progress. */
function started({ task, document }: Found, ctx: CommandContext): readonly Act[] {
  if (document?.leadTask !== task.id || document.state !== 'directed') return [];
  return [{ type: 'handlingStarted', on: ref('document', document.id), body: { by: ctx.actor } }];
}

/** Whoever has to act on the lead's task now holds the paper. */
function handTo({ task, document }: Found, to: PersonId | null): readonly Act[] {
  if (document?.leadTask !== task.id || to === null) return [];
  return [
    { type: 'taskPassedOn', on: ref('document', document.id), body: { task: task.id, role: task.role, to } },
  ];
}

function openTask(
  { taskId, documentId }: Target,
  event: TaskEvent,
  { states, ctx }: Asked,
  guard: Guard,
): Refusal | Found {
  const task = states.of(taskAggregate, taskId);
  const document = documentId === null ? null : states.of(documentAggregate, documentId);
  if (task === null || task.document !== documentId || document?.direction === 'outgoing') {
    return refuse('workflow.unknown-task');
  }
  if (documentId !== null && document === null) return refuse('workflow.unknown-task');
  const not = whyNotTask(task, event) ?? guard(task, states.of(personAggregate, ctx.actor));
  return not ?? { task, document };
}
