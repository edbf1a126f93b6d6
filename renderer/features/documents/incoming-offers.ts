import { whyNotCall, type CallName, type Person } from '#shared/directory/public.ts';
import { whyNotIncoming, type Incoming, type IncomingEvent } from '#shared/documents/public.ts';
import type { Refusal } from '#shared/kernel/public.ts';
import { refuse } from '#shared/kernel/public.ts';
import { whyNotAssign, whyNotDoer, whyNotJudge, whyNotTask, type Task } from '#shared/workflow/public.ts';

/** The acts on a received paper, each asked for in its own way. */
export type IncomingOfferId =
  | 'refuse'
  | 'correct'
  | 'direct'
  | 'withdrawDirection'
  | 'assignTask'
  | 'acceptTask'
  | 'reportProgress'
  | 'finishTask'
  | 'approveTask'
  | 'rejectTask'
  | 'returnTask'
  | 'pauseTask'
  | 'resumeTask'
  | 'draftAnswer'
  | 'linkReply';

/** An act this person may do here, or why not; `task` is the one it is about. */
export type IncomingOffer = Readonly<{ id: IncomingOfferId; refusal: Refusal | null; task: Task | null }>;

type Situation = Readonly<{ document: Incoming; tasks: readonly Task[]; me: Person }>;

type Tasks = Pick<Situation, 'tasks' | 'me'>;

/** The same of tasks that have no paper. */
export function taskOffers(situation: Tasks): readonly IncomingOffer[] {
  return [...judging(situation), ...doing(situation), ...assigning(situation)];
}

/** What this person may do next, the likeliest first; what may not be done but belongs to them comes last. */
export function incomingOffers(situation: Situation): readonly IncomingOffer[] {
  const assigned = assigning(situation);
  const isFirst = ({ task }: IncomingOffer): boolean => task?.person === null || task?.state === 'returned';
  const offers = [
    ...judging(situation),
    ...assigned.filter(isFirst),
    ...doing(situation),
    ...directing(situation),
    ...keeping(situation),
    ...answering(situation),
    // Giving it to somebody else is possible for a while, but not what comes next.
    ...assigned.filter((offer) => !isFirst(offer)),
  ];
  return [
    ...offers.filter(({ refusal }) => refusal === null),
    ...offers.filter(({ refusal }) => refusal !== null),
  ];
}

function directing({ document, tasks, me }: Situation): readonly IncomingOffer[] {
  const isNext = document.state === 'registered';
  const role = whyNotCall('workflow.direct', me);
  if (role !== null && !isNext) return [];
  const direct = offer('direct', role ?? whyNotIncoming(document, 'direct'));
  if (role !== null || document.tasks.length === 0) return [direct];
  const begun = tasks.map((task) => whyNotTask(task, 'withdraw')).find((refusal) => refusal !== null) ?? null;
  const gave = tasks.every(({ giver }) => giver === me.id);
  const withdraw = offer(
    'withdrawDirection',
    whyNotIncoming(document, 'withdrawDirection') ??
      begun ??
      (gave ? null : refuse('workflow.not-your-direction')),
  );
  return [direct, withdraw];
}

function keeping({ document, me }: Situation): readonly IncomingOffer[] {
  if (!me.roles.includes('clerk')) return [];
  const of = (id: 'refuse' | 'correct', call: CallName, event: IncomingEvent): readonly IncomingOffer[] =>
    whyNotIncoming(document, event) === null ? [offer(id, whyNotCall(call, me))] : [];
  return [
    ...of('refuse', 'documents.refuseIncoming', 'refuse'),
    ...of('correct', 'documents.correctRegistration', 'correct'),
  ];
}

function judging({ tasks, me }: Tasks): readonly IncomingOffer[] {
  const waiting = tasks.find(({ state }) => state === 'awaiting');
  if (waiting === undefined) return [];
  const call = whyNotCall('workflow.approveTask', me);
  const isDoer = waiting.person === me.id;
  if (call !== null && !isDoer) return [];
  const refusal = call ?? whyNotJudge(waiting, me);
  return [offer('approveTask', refusal, waiting), offer('rejectTask', refusal, waiting)];
}

function assigning({ tasks, me }: Tasks): readonly IncomingOffer[] {
  // Whoever gave a task may assign it too, but it is the unit's head whose turn it is until the task comes back.
  const isMine = (task: Task): boolean => task.unit === me.unit || task.state === 'returned';
  const open = tasks.find(
    (task) =>
      whyNotTask(task, 'assign') === null &&
      whyNotAssign(task, me) === null &&
      task.person !== me.id &&
      isMine(task),
  );
  if (open === undefined) return [];
  return [offer('assignTask', whyNotCall('workflow.assignTask', me), open)];
}

function doing({ tasks, me }: Tasks): readonly IncomingOffer[] {
  const mine = tasks.find((task) => whyNotDoer(task, me) === null && isOpen(task));
  if (mine === undefined) return [];
  const of = (id: IncomingOfferId, event: Parameters<typeof whyNotTask>[1]): readonly IncomingOffer[] => {
    const refusal = whyNotTask(mine, event);
    return refusal === null ? [offer(id, null, mine)] : [];
  };
  return [
    ...of('acceptTask', 'accept'),
    ...of('resumeTask', 'resume'),
    ...of('reportProgress', 'progress'),
    ...of('finishTask', 'finish'),
    ...of('returnTask', 'return'),
    ...of('pauseTask', 'pause'),
  ];
}

function answering({ document, me }: Situation): readonly IncomingOffer[] {
  const refusal = whyNotIncoming(document, 'linkReply');
  if (refusal !== null || whyNotCall('drafting.start', me) !== null) return [];
  return [offer('draftAnswer', null), offer('linkReply', null)];
}

function isOpen({ state }: Task): boolean {
  return ['new', 'accepted', 'in-progress', 'paused'].includes(state);
}

function offer(id: IncomingOfferId, refusal: Refusal | null, task: Task | null = null): IncomingOffer {
  return { id, refusal, task };
}
