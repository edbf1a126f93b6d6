import { describe, expect, test } from 'vitest';
import { ref } from '#shared/kernel/public.ts';
import {
  documentAggregate,
  nextState,
  outgoingEvents,
  outgoingStates,
  outgoingTransitions,
  type CircuitStep,
  type DocumentAct,
  type Outgoing,
  type OutgoingEvent,
  type OutgoingState,
} from '#shared/documents/public.ts';
import { after, ask, codeOf, today, type Known } from '../../support/ask.ts';
import {
  aCopyBody,
  aFile,
  aPerson,
  aStep,
  aSummary,
  anIncoming,
  anOutgoing,
  hashOf,
  ids,
  someDestruction,
  theHead,
} from '../../support/builders.ts';

const drafter = aPerson();
const clerk = aPerson({ roles: ['clerk'] });
const colleague = aPerson();
const reviewer = aPerson();
const head = theHead();

type Asking = Readonly<{ command: string; by: typeof clerk; body: object; known?: Known }>;

const done = { outcome: 'passed', words: '', fileAfter: aFile(1) } as const;
const first = aStep({ kind: 'opinion', person: colleague.id });
const second = aStep({ kind: 'visa', person: reviewer.id });
const last = aStep({ kind: 'sign', person: head.id });
const atReviewer: readonly CircuitStep[] = [{ ...first, ...done }, second, last];
const atSigner: readonly CircuitStep[] = [{ ...first, ...done }, { ...second, ...done }, last];

const circuits: Readonly<Partial<Record<OutgoingEvent, readonly CircuitStep[]>>> = { sign: atSigner };

/** What happens to a paper that is out; who may ask for it is for the rooms of exchange and of files to say. */
const between: Readonly<
  Record<'dispatch' | 'recall' | 'replace' | 'correct' | 'succeed' | 'destroy', DocumentAct>
> = {
  destroy: { type: 'documentDestroyed', on: ref('document', ''), body: someDestruction() },
  dispatch: { type: 'documentDispatched', on: ref('document', ''), body: { consignments: [] } },
  recall: { type: 'documentRecalled', on: ref('document', ''), body: { reason: 'Sai số liệu' } },
  replace: {
    type: 'documentSucceeded',
    on: ref('document', ''),
    body: { how: 'replaced-by', document: ids.document() },
  },
  correct: {
    type: 'documentSucceeded',
    on: ref('document', ''),
    body: { how: 'corrected-by', document: ids.document() },
  },
  succeed: {
    type: 'documentSucceeded',
    on: ref('document', ''),
    body: { how: 'replaces', document: ids.document() },
  },
};

type InHouse = Exclude<OutgoingEvent, keyof typeof between>;
const inHouse = outgoingEvents.filter((event): event is InHouse => !(event in between));

const askings: Readonly<Record<InHouse, (document: Outgoing) => Asking>> = {
  describe: ({ id }) => ({
    command: 'drafting.describe',
    by: drafter,
    body: { documentId: id, summary: aSummary({ subject: 'trích yếu mới' }) },
  }),
  note: ({ id }) => ({
    command: 'documents.note',
    by: clerk,
    body: { documentId: id, note: 'Đính kèm đĩa' },
  }),
  abandon: ({ id }) => ({
    command: 'drafting.abandon',
    by: drafter,
    body: { documentId: id, reason: 'Không cần nữa' },
  }),
  submit: ({ id }) => ({
    command: 'workflow.submit',
    by: drafter,
    body: {
      documentId: id,
      summary: aSummary(),
      file: aFile(2),
      content: hashOf(98),
      steps: [first, second, last],
    },
    known: { people: [colleague, reviewer, head] },
  }),
  pass: ({ id }) => ({
    command: 'workflow.passStep',
    by: reviewer,
    body: { documentId: id, stepId: second.id, words: 'Đồng ý' },
  }),
  return: ({ id }) => ({
    command: 'workflow.returnDraft',
    by: reviewer,
    body: { documentId: id, stepId: second.id, toStep: first.id, reason: 'Thiếu căn cứ' },
  }),
  returnToDrafter: ({ id }) => ({
    command: 'workflow.returnDraft',
    by: reviewer,
    body: { documentId: id, stepId: second.id, toStep: null, reason: 'Thiếu căn cứ' },
  }),
  withdraw: ({ id }) => ({
    command: 'workflow.withdraw',
    by: drafter,
    body: { documentId: id, reason: 'Sửa số liệu' },
  }),
  sendBack: ({ id }) => ({
    command: 'workflow.sendBack',
    by: clerk,
    body: { documentId: id, reason: 'Sai thể thức' },
  }),
  sign: ({ id, file }) => ({
    command: 'workflow.signStep',
    by: head,
    body: {
      documentId: id,
      stepId: last.id,
      file: aFile(3),
      signedOver: file?.hash ?? hashOf(1),
      delegation: null,
    },
  }),
  number: ({ id }) => ({
    command: 'documents.number',
    by: clerk,
    body: { documentId: id, book: 'all', issuedOn: today },
  }),
  seal: ({ id }) => ({ command: 'documents.seal', by: clerk, body: { documentId: id, file: aFile(4) } }),
  issue: ({ id }) => ({
    command: 'documents.issue',
    by: clerk,
    body: { documentId: id, recipients: [{ name: 'UBND tỉnh', kind: 'agency' }], copies: 2, repliesTo: null },
  }),
  copy: ({ id, file }) => ({
    command: 'documents.makeCopy',
    by: clerk,
    body: aCopyBody({ documentId: id, source: file?.hash ?? hashOf(1), decidedBy: head.id }),
    known: { people: [head] },
  }),
};

function draftIn(state: OutgoingState, circuit: readonly CircuitStep[] = atReviewer): Outgoing {
  return anOutgoing({ state, drafter: drafter.id, circuit: state === 'draft' ? [] : [...circuit] });
}

const cases = inHouse.flatMap((event) => outgoingStates.map((state) => ({ event, state })));

describe('a paper of our own goes only where the table says', () => {
  test.each(cases)('$event, when it is $state', ({ event, state }) => {
    const document = draftIn(state, circuits[event]);
    const { command, by, body, known = {} } = askings[event](document);
    const decision = ask(command, { by, body, known: { ...known, documents: [document] } });
    const to = nextState(outgoingTransitions, state, event);
    if (to === null) {
      expect(decision).toMatchObject({
        code: 'documents.not-in-state',
        params: { state: `outgoing.${state}` },
      });
    } else {
      expect(codeOf(decision)).toBeNull();
      expect(after('document', document, decision).state).toBe(to);
    }
  });
});

describe('what happens to a paper of our own once it is out happens only where the table says', () => {
  const walked = Object.entries(between).flatMap(([event, act]) =>
    outgoingStates.map((state) => ({ event: event as OutgoingEvent, act, state })),
  );
  test.each(walked)('$event, when it is $state', ({ event, act, state }) => {
    const document = draftIn(state);
    const fold = () => documentAggregate.evolve(document, { ...act, on: ref('document', document.id) });
    const to = nextState(outgoingTransitions, state, event);
    if (to === null) expect(fold).toThrow(`No way from ${state} by ${event}`);
    else expect(fold().state).toBe(to);
  });
});

describe('what a received paper is asked as if it were our own', () => {
  // Copies are made of papers of either direction.
  test.each(inHouse.filter((event) => event !== 'copy'))('%s is refused', (event) => {
    const document = anIncoming({ state: 'registered' });
    const { command, by, body, known = {} } = askings[event](draftIn('draft'));
    const decision = ask(command, {
      by,
      body: { ...body, documentId: document.id },
      known: { ...known, documents: [document] },
    });
    expect(codeOf(decision)).toBe('documents.not-outgoing');
  });

  test.each(inHouse)('%s of a paper that is not there is refused', (event) => {
    const { command, by, body, known = {} } = askings[event](draftIn('draft'));
    expect(codeOf(ask(command, { by, body, known }))).toBe('documents.unknown');
  });
});

describe('only the right person', () => {
  const drafters = ['describe', 'abandon', 'submit', 'withdraw'] as const;
  test.each(drafters)('the drafter: %s', (event) => {
    const document = draftIn(event === 'withdraw' ? 'circulating' : 'draft');
    const { command, body, known = {} } = askings[event](document);
    const decision = ask(command, { by: head, body, known: { ...known, documents: [document] } });
    // What it is about is said by whoever writes it.
    const who = event === 'describe' ? 'documents.only-writers' : 'documents.only-drafter';
    expect(codeOf(decision)).toBe(who);
  });

  test.each([
    ['number', 'signed'],
    ['seal', 'numbered'],
    ['issue', 'sealed'],
  ] as const)('the clerk: %s', (event, state) => {
    const document = draftIn(state);
    const { command, body } = askings[event](document);
    expect(codeOf(ask(command, { by: head, body, known: { documents: [document] } }))).toBe(
      'documents.only-clerk',
    );
  });

  test.each(['pass', 'return', 'returnToDrafter', 'sign'] as const)('whose turn it is: %s', (event) => {
    const document = draftIn('circulating', circuits[event]);
    const { command, body } = askings[event](document);
    expect(codeOf(ask(command, { by: colleague, body, known: { documents: [document] } }))).toBe(
      'workflow.not-your-turn',
    );
  });
});

describe('from draft to issued', () => {
  test('there is one way, and it passes both signatures', () => {
    const way: readonly InHouse[] = ['submit', 'sign', 'number', 'seal', 'issue'];
    let document = draftIn('draft');
    for (const event of way) {
      if (event === 'sign') document = { ...document, circuit: [...atSigner] };
      const { command, by, body, known = {} } = askings[event](document);
      document = after(
        'document',
        document,
        ask(command, { by, body, known: { ...known, documents: [document] } }),
      );
    }
    expect(document).toMatchObject({
      state: 'issued',
      holder: null,
      signedAt: expect.any(String),
      number: { number: 1, notation: '01/SKHCN-VP', issuedOn: today },
      recipients: [{ name: 'UBND tỉnh' }],
      copies: 2,
    });
    expect(document.versions.map(({ ended }) => ended)).toEqual(['signed']);
  });

  test('an issued paper goes out, is noted, copied or succeeded; nothing but its end follows what is recalled or replaced', () => {
    const follows = (state: OutgoingState) =>
      outgoingEvents.filter((event) => nextState(outgoingTransitions, state, event) !== null);
    expect(
      ['issued', 'recalled', 'replaced', 'abandoned', 'destroyed'].map((state) =>
        follows(state as OutgoingState),
      ),
    ).toEqual([
      ['note', 'copy', 'dispatch', 'recall', 'replace', 'correct', 'succeed', 'destroy'],
      ['destroy'],
      ['destroy'],
      [],
      [],
    ]);
  });

  test('attachments change only while it is a draft', () => {
    const attach = (state: OutgoingState) => {
      const document = draftIn(state);
      return ask('drafting.addAttachment', {
        by: drafter,
        body: { documentId: document.id, file: aFile(7) },
        known: { documents: [document] },
      });
    };
    expect(codeOf(attach('draft'))).toBeNull();
    expect(outgoingStates.filter((state) => codeOf(attach(state)) === null)).toEqual(['draft']);
  });

  test('a document is sealed with every PDF that goes beside it, or not at all', () => {
    const table = { ...aFile(9), name: 'so-lieu.xlsx' };
    const document = anOutgoing({ state: 'numbered', attachments: [aFile(7), aFile(8), table] });
    const seal = (attachments: readonly object[]) =>
      ask('documents.seal', {
        by: clerk,
        body: { documentId: document.id, file: aFile(4), attachments },
        known: { documents: [document] },
      });
    const [one, two] = [
      { of: hashOf(7), file: aFile(17) },
      { of: hashOf(8), file: aFile(18) },
    ];
    expect(codeOf(seal([]))).toBe('documents.attachment-unsealed');
    expect(codeOf(seal([one]))).toBe('documents.attachment-unsealed');
    expect(codeOf(seal([one, two, { of: hashOf(9), file: aFile(19) }]))).toBe('documents.unknown-file');
    expect(seal([one, two])).toMatchObject([
      { type: 'documentSealed', body: { file: aFile(4), attachments: [one, two] } },
    ]);
  });

  test('a draft answers only a paper its drafter may read', () => {
    const asked = anIncoming({ state: 'directed', people: [drafter.id] });
    const start = (by: typeof drafter) =>
      codeOf(
        ask('drafting.start', {
          by,
          body: { documentId: ids.document(), summary: aSummary(), repliesTo: asked.id },
          known: { documents: [asked] },
        }),
      );
    expect(start(drafter)).toBeNull();
    expect(start(colleague)).toBe('documents.unknown');
  });
});
