import { describe, expect, test } from 'vitest';
import { isRefusal, ref } from '#shared/kernel/public.ts';
import {
  documentAggregate,
  incomingEvents,
  incomingStates,
  incomingTransitions,
  nextState,
  type Incoming,
  type DocumentAct,
  type IncomingEvent,
  type IncomingState,
} from '#shared/documents/public.ts';
import { after, ask, codeOf, type Known } from '../../support/ask.ts';
import {
  aCopyBody,
  aPerson,
  aTask,
  anIncoming,
  anOutgoing,
  day,
  hashOf,
  ids,
  someDestruction,
  someFields,
  theHead,
  unsignedCheck,
} from '../../support/builders.ts';

const clerk = aPerson({ roles: ['clerk'] });
const head = theHead();
const officer = aPerson();
const reply = anOutgoing({ state: 'issued' });

type Asking = Readonly<{ command: string; by: typeof clerk; body: object; known?: Known }>;

/** How each event is asked for; what begins and ends the handling comes with the lead's task (below). */
const askings: Readonly<Partial<Record<IncomingEvent, (document: Incoming) => Asking>>> = {
  refuse: ({ id }) => ({
    command: 'documents.refuseIncoming',
    by: clerk,
    body: { documentId: id, reason: 'Gửi nhầm nơi nhận' },
  }),
  register: ({ id }) => ({
    command: 'documents.registerIncoming',
    by: clerk,
    body: { documentId: id, fields: someFields(), presentTo: head.id },
    known: { people: [head] },
  }),
  correct: ({ id }) => ({
    command: 'documents.correctRegistration',
    by: clerk,
    body: { documentId: id, fields: someFields({ subject: 'trích yếu đúng' }), reason: 'Gõ nhầm' },
  }),
  direct: ({ id, leadTask }) => ({
    command: 'workflow.direct',
    by: head,
    body: {
      documentId: id,
      words: 'Xem xét, trả lời',
      assignments: [
        {
          task: ids.task(),
          role: leadTask === null ? 'lead' : 'support',
          to: { kind: 'person', id: officer.id },
          dueOn: null,
        },
      ],
      inform: [],
    },
    known: { people: [officer] },
  }),
  withdrawDirection: ({ id, tasks }) => ({
    command: 'workflow.withdrawDirection',
    by: head,
    body: { documentId: id, tasks: tasks.length > 0 ? tasks : [ids.task()], reason: 'Giao lại' },
    known: { tasks: tasks.map((task) => aTask({ id: task, document: id, giver: head.id })) },
  }),
  linkReply: ({ id }) => ({
    command: 'workflow.linkReply',
    by: clerk,
    body: { documentId: id, replyId: reply.id },
    known: { documents: [reply] },
  }),
  copy: ({ id, file }) => ({
    command: 'documents.makeCopy',
    by: clerk,
    body: aCopyBody({ documentId: id, source: file?.hash ?? hashOf(1), decidedBy: head.id }),
    known: { people: [head] },
  }),
};

const withLead: readonly IncomingState[] = ['directed', 'in-progress', 'done', 'filed'];

function paperIn(state: IncomingState): Incoming {
  const leadTask = withLead.includes(state) ? ids.task() : null;
  return anIncoming({ state, leadTask, tasks: leadTask === null ? [] : [leadTask] });
}

const cases = Object.entries(askings).flatMap(([event, asking]) =>
  incomingStates.map((state) => ({ event: event as IncomingEvent, state, asking })),
);

describe('a received paper goes only where the table says', () => {
  test.each(cases)('$event, when it is $state', ({ event, state, asking }) => {
    const document = paperIn(state);
    const { command, by, body, known = {} } = asking(document);
    const decision = ask(command, {
      by,
      body,
      known: { ...known, documents: [document, ...(known.documents ?? [])] },
    });
    const to = nextState(incomingTransitions, state, event);
    if (to === null) {
      expect(decision).toMatchObject({
        code: 'documents.not-in-state',
        params: { state: `incoming.${state}` },
      });
    } else {
      expect(codeOf(decision)).toBeNull();
      expect(after('document', document, decision).state).toBe(to);
    }
  });
});

const handling: Readonly<Record<'start' | 'finish' | 'reopen' | 'recall' | 'destroy', DocumentAct>> = {
  start: { type: 'handlingStarted', on: ref('document', ''), body: { by: officer.id } },
  finish: { type: 'handlingFinished', on: ref('document', ''), body: { words: '' } },
  reopen: {
    type: 'handlingReopened',
    on: ref('document', ''),
    body: { reason: 'Còn thiếu', to: officer.id },
  },
  recall: { type: 'incomingRecalled', on: ref('document', ''), body: { reason: 'Gửi nhầm' } },
  destroy: { type: 'documentDestroyed', on: ref('document', ''), body: someDestruction() },
};

describe('the handling of a paper begins, ends and begins again only where the table says', () => {
  const events = ['start', 'finish', 'reopen', 'recall', 'destroy'] as const;
  test.each(events.flatMap((event) => incomingStates.map((state) => ({ event, state }))))(
    '$event, when it is $state',
    ({ event, state }) => {
      const document = paperIn(state);
      const fold = () =>
        documentAggregate.evolve(document, { ...handling[event], on: ref('document', document.id) });
      const to = nextState(incomingTransitions, state, event);
      if (to === null) expect(fold).toThrow(`No way from ${state} by ${event}`);
      else expect(fold().state).toBe(to);
    },
  );

  test('every event of the table is walked', () => {
    expect([...Object.keys(askings), ...Object.keys(handling)].toSorted()).toEqual(
      [...incomingEvents].toSorted(),
    );
  });
});

describe('a paper whose signature is wrong', () => {
  const wrong = anIncoming({
    state: 'arrived',
    check: { ...unsignedCheck, verdict: 'invalid', reasons: ['digest-mismatch'] },
  });
  const register = (despite?: string) => {
    const body = { documentId: wrong.id, fields: someFields(), presentTo: head.id, despite };
    return ask('documents.registerIncoming', {
      by: clerk,
      body,
      known: { people: [head], documents: [wrong] },
    });
  };

  test('does not go into the register without a reason (NĐ 30 Đ21)', () => {
    expect(codeOf(register())).toBe('documents.signature-invalid');
  });

  test('goes in with one, which stays in the act', () => {
    expect(register('Đã đối chiếu với bản giấy.')).toContainEqual(
      expect.objectContaining({
        type: 'incomingRegistered',
        body: expect.objectContaining({ despite: 'Đã đối chiếu với bản giấy.' }),
      }),
    );
  });

  test('is registered as ever when only nobody can say', () => {
    const unsure = anIncoming({ state: 'arrived', check: { ...unsignedCheck, verdict: 'indeterminate' } });
    const decision = ask('documents.registerIncoming', {
      by: clerk,
      body: { documentId: unsure.id, fields: someFields(), presentTo: head.id },
      known: { people: [head], documents: [unsure] },
    });
    expect(codeOf(decision)).toBeNull();
  });
});

describe('what a paper of our own is asked as if it had come in', () => {
  // Copies are made of papers of either direction.
  const ofArrivals = Object.entries(askings).filter(([event]) => event !== 'copy');

  test.each(ofArrivals)('%s is refused', (event, asking) => {
    const own = anOutgoing({ state: 'issued' });
    const { command, by, body, known = {} } = asking(anIncoming({ id: own.id }));
    const decision = ask(command, {
      by,
      body,
      known: { ...known, documents: [own, ...(known.documents ?? [])] },
    });
    expect(codeOf(decision), event).toBe('documents.not-incoming');
  });

  test.each(Object.entries(askings))('%s of a paper that is not there is refused', (_event, asking) => {
    const { command, by, body, known = {} } = asking(anIncoming());
    expect(codeOf(ask(command, { by, body, known }))).toBe('documents.unknown');
  });
});

describe('a withdrawn direction', () => {
  test('puts the paper, and the deadline the register gave it, back before who directs', () => {
    const task = aTask({ giver: head.id });
    const document = anIncoming({
      id: task.document,
      state: 'directed',
      leadTask: task.id,
      tasks: [task.id],
      fields: someFields({ dueOn: null }),
      dueOn: day('2026-11-30'),
    });
    const decision = ask('workflow.withdrawDirection', {
      by: head,
      body: { documentId: document.id, tasks: [task.id], reason: 'Giao lại' },
      known: { documents: [document], tasks: [task] },
    });
    expect(isRefusal(decision)).toBe(false);
    expect(after('document', document, decision)).toMatchObject({
      state: 'registered',
      holder: { kind: 'person', id: head.id },
      leadTask: null,
      tasks: [],
      dueOn: null,
    });
    expect(after('task', task, decision).state).toBe('withdrawn');
  });

  test('belongs to whoever gave it', () => {
    const task = aTask({ giver: ids.person() });
    const document = anIncoming({
      id: task.document,
      state: 'directed',
      leadTask: task.id,
      tasks: [task.id],
    });
    const decision = ask('workflow.withdrawDirection', {
      by: head,
      body: { documentId: document.id, tasks: [task.id], reason: 'Giao lại' },
      known: { documents: [document], tasks: [task] },
    });
    expect(codeOf(decision)).toBe('workflow.not-your-direction');
  });
});

describe('a corrected registration', () => {
  const correct = (document: Incoming, over: Parameters<typeof someFields>[0]) =>
    ask('documents.correctRegistration', {
      by: clerk,
      body: { documentId: document.id, fields: someFields(over), reason: 'Gõ nhầm' },
      known: { documents: [document] },
    });

  test('moves the deadline while nobody leads', () => {
    const document = anIncoming({ state: 'registered' });
    const dueOn = day('2026-12-04');
    expect(after('document', document, correct(document, { dueOn })).dueOn).toBe(dueOn);
  });

  test('leaves the deadline a direction set', () => {
    const dueOn = day('2026-12-01');
    const document = anIncoming({ state: 'directed', leadTask: ids.task(), dueOn });
    expect(after('document', document, correct(document, { dueOn: null })).dueOn).toBe(dueOn);
  });

  test('cannot date a paper in the future', () => {
    const issuedOn = day('2026-11-24');
    expect(codeOf(correct(anIncoming({ state: 'registered' }), { issuedOn }))).toBe(
      'documents.dated-in-future',
    );
  });
});
