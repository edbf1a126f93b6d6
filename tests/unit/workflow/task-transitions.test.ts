import { describe, expect, test } from 'vitest';
import { nextState, type Incoming } from '#shared/documents/public.ts';
import {
  taskEvents,
  taskStates,
  taskTransitions,
  type Task,
  type TaskEvent,
  type TaskState,
} from '#shared/workflow/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import { aPerson, aTask, anIncoming, day, ids, theHead } from '../../support/builders.ts';

const head = theHead();
const doer = aPerson();
const unitHead = aPerson({ roles: ['unit-head'] });
const colleague = aPerson();
const stranger = aPerson({ unit: ids.unit() });

type Pair = Readonly<{ task: Task; paper: Incoming }>;
type Asking = Readonly<{ command: string; by: typeof doer; body: object }>;

const target = ({ task, paper }: Pair) => ({ taskId: task.id, documentId: paper.id });

const askings: Readonly<Record<TaskEvent, (pair: Pair) => Asking>> = {
  assign: (pair) => ({
    command: 'workflow.assignTask',
    by: unitHead,
    body: { ...target(pair), person: colleague.id, words: '', dueOn: null },
  }),
  accept: (pair) => ({ command: 'workflow.acceptTask', by: doer, body: target(pair) }),
  progress: (pair) => ({
    command: 'workflow.reportProgress',
    by: doer,
    body: { ...target(pair), words: 'Đã gửi lấy ý kiến', percent: 40 },
  }),
  finish: (pair) => ({ command: 'workflow.finishTask', by: doer, body: { ...target(pair), words: '' } }),
  approve: (pair) => ({ command: 'workflow.approveTask', by: head, body: { ...target(pair), words: '' } }),
  reject: (pair) => ({
    command: 'workflow.rejectTask',
    by: head,
    body: { ...target(pair), reason: 'Chưa đủ số liệu' },
  }),
  return: (pair) => ({
    command: 'workflow.returnTask',
    by: doer,
    body: { ...target(pair), reason: 'Không thuộc lĩnh vực' },
  }),
  pause: (pair) => ({
    command: 'workflow.pauseTask',
    by: doer,
    body: { ...target(pair), reason: 'Chờ số liệu' },
  }),
  resume: (pair) => ({ command: 'workflow.resumeTask', by: doer, body: { ...target(pair), words: '' } }),
  withdraw: ({ task, paper }) => ({
    command: 'workflow.withdrawDirection',
    by: head,
    body: { documentId: paper.id, tasks: [task.id], reason: 'Giao lại' },
  }),
};

function pairIn(state: TaskState, over: Parameters<typeof aTask>[0] = {}): Pair {
  const task = aTask({ state, giver: head.id, unit: unitHead.unit, person: doer.id, ...over });
  const paper = anIncoming({
    id: task.document,
    state: 'directed',
    leadTask: task.role === 'lead' ? task.id : ids.task(),
    tasks: [task.id],
  });
  return { task, paper };
}

function decide(pair: Pair, event: TaskEvent, over: Partial<Asking> = {}) {
  const { command, by, body } = { ...askings[event](pair), ...over };
  const known = { documents: [pair.paper], tasks: [pair.task], people: [colleague, stranger] };
  return ask(command, { by, body, known });
}

const cases = taskEvents.flatMap((event) => taskStates.map((state) => ({ event, state })));

describe('a task goes only where the table says', () => {
  test.each(cases)('$event, when it is $state', ({ event, state }) => {
    const pair = pairIn(state);
    const decision = decide(pair, event);
    const to = nextState(taskTransitions, state, event);
    if (to === null) {
      expect(decision).toMatchObject({
        code: 'workflow.task-not-in-state',
        params: { state: `task.${state}` },
      });
    } else {
      expect(codeOf(decision)).toBeNull();
      expect(after('task', pair.task, decision).state).toBe(to);
    }
  });

  test.each(cases)(
    '$event of a helper’s task, when it is $state, leaves the paper where it is',
    ({ event, state }) => {
      const pair = pairIn(state, { role: 'support' });
      const decision = decide(pair, event);
      if (codeOf(decision) !== null || event === 'withdraw') return;
      expect(after('document', pair.paper, decision).state).toBe('directed');
    },
  );

  test.each(taskEvents)('%s asks for a task of that very paper', (event) => {
    const pair = pairIn('new');
    const other = anIncoming({ state: 'directed', leadTask: pair.task.id, tasks: [ids.task()] });
    const { command, by, body } = askings[event]({ ...pair, paper: other });
    const decision = ask(command, {
      by,
      body,
      known: { documents: [other], tasks: [pair.task], people: [colleague] },
    });
    expect(codeOf(decision)).toBe(event === 'withdraw' ? 'workflow.other-tasks' : 'workflow.unknown-task');
  });
});

describe('the lead’s task carries the paper', () => {
  test.each(['accept', 'progress', 'finish', 'resume'] as const)('%s sets it in progress', (event) => {
    const pair = pairIn(event === 'resume' ? 'paused' : 'new');
    expect(after('document', pair.paper, decide(pair, event)).state).toBe('in-progress');
  });

  test('an approved result finishes it, and nobody holds it any more', () => {
    const pair = pairIn('awaiting');
    expect(after('document', pair.paper, decide(pair, 'approve'))).toMatchObject({
      state: 'done',
      holder: null,
    });
  });

  test('it lies with whoever has to act next', () => {
    const holderAfter = (state: TaskState, event: TaskEvent) => {
      const pair = pairIn(state);
      return after('document', pair.paper, decide(pair, event)).holder;
    };
    expect(holderAfter('in-progress', 'finish')).toEqual({ kind: 'person', id: head.id });
    expect(holderAfter('awaiting', 'reject')).toEqual({ kind: 'person', id: doer.id });
    expect(holderAfter('new', 'return')).toEqual({ kind: 'person', id: head.id });
    expect(holderAfter('new', 'assign')).toEqual({ kind: 'person', id: colleague.id });
  });
});

describe('only the right person', () => {
  test.each(['accept', 'progress', 'finish', 'return', 'pause', 'resume'] as const)(
    'the doer: %s',
    (event) => {
      const pair = pairIn(event === 'resume' ? 'paused' : 'new');
      expect(codeOf(decide(pair, event, { by: head }))).toBe('workflow.not-your-task');
    },
  );

  test('a task given to a unit waits until its head has named somebody', () => {
    const pair = pairIn('new', { person: null });
    expect(codeOf(decide(pair, 'accept'))).toBe('workflow.not-your-task');
    expect(codeOf(decide(pair, 'assign'))).toBeNull();
  });

  test.each(['approve', 'reject'] as const)(
    'who gave it, heads the unit or leads the agency: %s',
    (event) => {
      const pair = pairIn('awaiting');
      const asks = (by: typeof doer) => codeOf(decide(pair, event, { by }));
      expect([asks(head), asks(unitHead), asks(theHead())]).toEqual([null, null, null]);
      expect(asks(doer)).toBe('workflow.not-yours-to-judge');
      expect(asks(aPerson({ roles: ['unit-head'], unit: ids.unit() }))).toBe('workflow.not-yours-to-judge');
    },
  );

  test('a unit’s head does not approve their own work', () => {
    const pair = pairIn('awaiting', { person: unitHead.id });
    expect(codeOf(decide(pair, 'approve', { by: unitHead }))).toBe('workflow.not-yours-to-judge');
  });

  test('the head of the unit, or who gave it, assigns it', () => {
    const pair = pairIn('new');
    expect(codeOf(decide(pair, 'assign', { by: head }))).toBeNull();
    expect(codeOf(decide(pair, 'assign', { by: doer }))).toBe('workflow.only-unit-head');
  });

  test('a unit’s task stays in the unit, and is not due before it is given', () => {
    const pair = pairIn('new');
    const body = { ...target(pair), words: '', dueOn: null, person: colleague.id };
    expect(codeOf(decide(pair, 'assign', { body: { ...body, person: stranger.id } }))).toBe(
      'workflow.not-in-unit',
    );
    const late = decide(pair, 'assign', { body: { ...body, dueOn: day('2026-11-22') } });
    expect(codeOf(late)).toBe('workflow.due-in-past');
  });
});
