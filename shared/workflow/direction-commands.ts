import { z } from 'zod';
import {
  DaySchema,
  DocumentIdSchema,
  PersonIdSchema,
  TaskIdSchema,
  UnitIdSchema,
  dayOf,
  defineCommand,
  ref,
  refuse,
  type Act,
  type CommandContext,
  type PersonId,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import {
  mayRead,
  personAggregate,
  readingScope,
  unitAggregate,
  whyNotReceivePapers,
} from '../directory/public.ts';
import { asIncoming, documentAggregate, whyNotIncoming, type OfficialDocument } from '../documents/public.ts';
import { taskAggregate } from './task.ts';
import { whyNotTask } from './why-not.ts';

const AssignmentSchema = z.object({
  task: TaskIdSchema,
  role: z.enum(['lead', 'support']),
  to: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), id: PersonIdSchema }),
    z.object({ kind: z.literal('unit'), id: UnitIdSchema }),
  ]),
  dueOn: DaySchema.nullable(),
});
type Assignment = z.infer<typeof AssignmentSchema>;

/** Bút phê: who leads, who helps, who is to know, and a deadline for each (NĐ 30 Đ23, PL4 phiếu giải quyết). */
export const direct = defineCommand({
  name: 'workflow.direct',
  body: z.object({
    documentId: DocumentIdSchema,
    words: z.string().trim().max(2000),
    assignments: z.array(AssignmentSchema).min(1).max(30),
    inform: z.array(PersonIdSchema).max(200),
  }),
  reads: ({ documentId, assignments, inform }) => [
    ref('document', documentId),
    ...assignments.flatMap(({ task, to }) => [ref('task', task), ref(to.kind, to.id)]),
    ...inform.map((person) => ref('person', person)),
  ],
  decide: ({ body: { documentId, words, assignments, inform }, states, ctx }) => {
    const found = states.of(documentAggregate, documentId);
    const not =
      whyNotIncoming(found, 'direct') ??
      whyNotAssignments(assignments, states, ctx) ??
      whyNotInform(inform, states);
    if (not !== null) return not;
    const document = asIncoming(found);
    const leads = assignments.filter((assignment) => assignment.role === 'lead');
    const needsLead = document.leadTask === null;
    if (leads.length > 1 || (needsLead && leads.length === 0) || (!needsLead && leads.length > 0)) {
      return refuse('workflow.one-lead');
    }
    const tasks = assignments.map(({ task }) => task);
    const given = assignments.map(({ task, role, to, dueOn }): Act => ({
      type: 'taskGiven',
      on: ref('task', task),
      body: {
        document: documentId,
        role,
        giver: ctx.actor,
        unit: to.kind === 'unit' ? to.id : null,
        person: to.kind === 'person' ? to.id : null,
        words,
        dueOn,
      },
    }));
    const direction = { words, assignments, inform, tasks };
    return [{ type: 'directionGiven', on: ref('document', documentId), body: direction }, ...given];
  },
});

/** The counter-act of a direction, for as long as nobody has begun. */
export const withdrawDirection = defineCommand({
  name: 'workflow.withdrawDirection',
  body: z.object({
    documentId: DocumentIdSchema,
    tasks: z.array(TaskIdSchema).min(1).max(60),
    reason: z.string().trim().min(1).max(500),
  }),
  reads: ({ documentId, tasks }) => [ref('document', documentId), ...tasks.map((task) => ref('task', task))],
  decide: ({ body: { documentId, tasks, reason }, states, ctx }) => {
    const found = states.of(documentAggregate, documentId);
    const not = whyNotIncoming(found, 'withdrawDirection');
    if (not !== null) return not;
    const document = asIncoming(found);
    const named = new Set(tasks);
    if (named.size !== document.tasks.length || document.tasks.some((task) => !named.has(task))) {
      return refuse('workflow.other-tasks');
    }
    for (const id of tasks) {
      const task = states.of(taskAggregate, id);
      const refusal = whyNotTask(task, 'withdraw');
      if (refusal !== null) return refusal;
      if (task?.giver !== ctx.actor) return refuse('workflow.not-your-direction');
    }
    return [
      { type: 'directionWithdrawn', on: ref('document', documentId), body: { reason, presentTo: ctx.actor } },
      ...tasks.map((task): Act => ({ type: 'taskWithdrawn', on: ref('task', task), body: { reason } })),
    ];
  },
});

/** The link from a received paper to a paper that answers it. */
export const linkReply = defineCommand({
  name: 'workflow.linkReply',
  body: z.object({ documentId: DocumentIdSchema, replyId: DocumentIdSchema }),
  reads: ({ documentId, replyId }) => [ref('document', documentId), ref('document', replyId)],
  decide: ({ body: { documentId, replyId }, states, ctx }) => {
    const asked = states.of(documentAggregate, documentId);
    const reply = states.of(documentAggregate, replyId);
    const actor = states.of(personAggregate, ctx.actor);
    const maySee = (document: OfficialDocument | null) =>
      actor !== null && document !== null && mayRead(readingScope(actor), document);
    if (!maySee(asked) || !maySee(reply)) return refuse('documents.unknown');
    const not = whyNotIncoming(asked, 'linkReply');
    if (not !== null) return not;
    if (reply?.direction !== 'outgoing') return refuse('documents.not-outgoing');
    if (reply.state !== 'issued') return refuse('workflow.reply-not-issued');
    return [{ type: 'replyLinked', on: ref('document', documentId), body: { reply: replyId } }];
  },
});

function whyNotAssignments(
  assignments: readonly Assignment[],
  states: States,
  ctx: CommandContext,
): Refusal | null {
  const today = dayOf(ctx.recordedAt);
  const to = assignments.map((assignment) => assignment.to.id);
  if (new Set(to).size !== to.length) return refuse('workflow.assigned-twice');
  for (const { to, dueOn, task } of assignments) {
    if (states.of(taskAggregate, task) !== null) return refuse('workflow.task-twice');
    if (dueOn !== null && dueOn < today) return refuse('workflow.due-in-past', { day: dueOn });
    if (to.kind === 'unit') {
      if (states.of(unitAggregate, to.id) === null) return refuse('directory.unknown-unit');
    } else {
      const not = whyNotReceivePapers(states.of(personAggregate, to.id));
      if (not !== null) return not;
    }
  }
  return null;
}

function whyNotInform(inform: readonly PersonId[], states: States): Refusal | null {
  const refusals = inform.map((person) => whyNotReceivePapers(states.of(personAggregate, person)));
  return refusals.find((refusal) => refusal !== null) ?? null;
}
