import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextState } from '#shared/documents/public.ts';
import {
  consignmentAggregate,
  consignmentEvents,
  consignmentStates,
  consignmentTransitions,
  deliveryEvents,
  deliveryStates,
  deliveryTransitions,
  edxmlCodes,
  eventOfStatus,
  nextStepOf,
  troubleOf,
  nextSteps,
  statusKinds,
  type Consignment,
  type ConsignmentEvent,
  type ConsignmentState,
  type Delivery,
  type DeliveryEvent,
  type Recall,
  type StatusKind,
} from '#shared/exchange/public.ts';
import { isRefusal } from '#shared/kernel/public.ts';
import { after, ask, codeOf, type Known } from '../../support/ask.ts';
import {
  aPerson,
  anIncoming,
  anOutgoing,
  hashOf,
  ids,
  instant,
  mondayMorning,
} from '../../support/builders.ts';
import {
  aConsignment,
  aDelivery,
  aLetter,
  aPeer,
  aRecall,
  consignmentId,
  goodFacts,
} from '../../support/exchange.ts';
import { aFile, unsignedCheck } from '../../support/builders.ts';

const clerk = aPerson({ roles: ['clerk'] });
const gateway = aPerson({ roles: ['administrator'] });
const log = { seq: 5, hash: hashOf(5) };

type Asking = Readonly<{
  command: string;
  by: typeof clerk;
  body: object;
  known?: Known;
  at?: ReturnType<typeof instant>;
}>;

const report =
  (status: StatusKind, answers?: string) =>
  ({ id }: Consignment): Asking => ({
    command: 'exchange.recordReceipt',
    by: gateway,
    body: {
      consignmentId: id,
      receipt: { id: `r-${status}`, status, at: mondayMorning, log, code: null, words: '', answers },
      arrival: null,
    },
  });

const peer = aPeer();

/** How each event of a recipient's ledger is asked for. */
const askings: Readonly<Record<ConsignmentEvent, (consignment: Consignment) => Asking>> = {
  dispatch: ({ id, document, to }) => ({
    command: 'exchange.dispatch',
    by: clerk,
    body: {
      documentId: document,
      consignments: [{ id, to, refs: [] }],
      access: 'internal',
      facts: goodFacts(),
      succeeds: null,
      expiryDays: 15,
    },
    known: {
      peers: [{ ...peer, id: to }],
      documents: [anOutgoing({ id: document, state: 'issued', consignments: [{ id, to }] })],
    },
  }),
  send: ({ id }) => ({
    command: 'exchange.recordSent',
    by: gateway,
    body: { consignments: [id], at: mondayMorning },
  }),
  arrive: report('arrived'),
  refuse: report('refused'),
  accept: report('accepted'),
  assign: report('assigned'),
  progress: report('in-progress'),
  finish: report('done'),
  agree: report('recall-agreed'),
  decline: report('recall-declined'),
  'ask-back': ({ id, document }) => ({
    command: 'exchange.askBack',
    by: clerk,
    body: { documentId: document, consignments: [{ id, message: consignmentId() }], reason: 'Sai số liệu' },
    known: { documents: [anOutgoing({ id: document, state: 'issued' })] },
  }),
  withdraw: ({ id }) => ({
    command: 'exchange.withdrawPrepared',
    by: clerk,
    body: { consignments: [id], reason: 'Chọn nhầm' },
  }),
  expire: ({ id }) => ({
    command: 'exchange.expire',
    by: gateway,
    body: { consignments: [id] },
    at: instant('2026-12-09T01:00:00.000Z'),
  }),
};

const reported = new Set<ConsignmentEvent>(Object.values(eventOfStatus));
const answers = new Set<ConsignmentEvent>(['agree', 'decline']);
const cases = consignmentEvents.flatMap((event) => consignmentStates.map((state) => ({ event, state })));

describe('a recipient’s ledger goes only where the table says', () => {
  test.each(cases)('$event, when it is $state', ({ event, state }) => {
    const recall = answers.has(event) ? aRecall() : null;
    const consignment = aConsignment({ state, recall });
    const { command, by, body, known = {}, at } = askings[event](consignment);
    const decision = ask(command, {
      by,
      body,
      known: { ...known, consignments: [consignment] },
      ...(at === undefined ? {} : { at }),
    });
    const to = nextState(consignmentTransitions, state, event);
    if (to !== null) {
      expect(codeOf(decision)).toBeNull();
      expect(after('consignment', consignment, decision).state).toBe(to);
    } else if (reported.has(event) && state !== 'prepared') {
      // What comes late is kept, and moves nothing.
      expect(after('consignment', consignment, decision)).toMatchObject({
        state,
        receipts: [{ moved: false }],
      });
    } else {
      expect(codeOf(decision)).toMatch(/^exchange[.](?:not-in-state|receipt-for-nothing)$/u);
    }
  });

  test('every status of QCVN 102 has a code of its own, and moves the ledger in one way', () => {
    expect(Object.values(edxmlCodes).toSorted()).toEqual([
      '01',
      '02',
      '03',
      '04',
      '05',
      '06',
      '13',
      '15',
      '16',
    ]);
    expect(new Set(Object.values(eventOfStatus)).size).toBe(statusKinds.length);
  });

  test('every ending has a next step', () => {
    const steps = consignmentStates.map((state) => nextStepOf(aConsignment({ state }), mondayMorning));
    expect(steps.every((step) => nextSteps.includes(step))).toBe(true);
    expect(nextStepOf(aConsignment({ state: 'refused' }), mondayMorning)).toBe('correct-and-resend');
    const later = instant('2026-11-23T06:00:00.000Z');
    expect(nextStepOf(aConsignment({ state: 'sent' }), later)).toBe('ask-by-phone');
  });
});

describe('a bad end waits for a clerk', () => {
  const settle = (consignment: Consignment) =>
    ask('exchange.settle', {
      by: clerk,
      body: { consignments: [consignment.id], reason: 'Đã gửi bưu điện' },
      known: { consignments: [consignment] },
    });

  test('and is told apart from every other', () => {
    const troubled = consignmentStates.filter((state) => troubleOf(aConsignment({ state })) !== null);
    expect(troubled).toEqual(['refused', 'expired']);
    const declined = aRecall({ answer: 'declined' });
    expect(troubleOf(aConsignment({ state: 'accepted', recall: declined }))).toBe('recall-declined');
    expect(troubleOf(aConsignment({ state: 'withdrawn', recall: declined }))).toBeNull();
  });

  test.each(['refused', 'expired'] as const)('until it is said to be settled, once: %s', (state) => {
    const before = aConsignment({ state });
    const settled = after('consignment', before, settle(before));
    expect(troubleOf(settled)).toBeNull();
    expect(nextStepOf(settled, mondayMorning)).toBe('nothing');
    expect(codeOf(settle(settled))).toBe('exchange.nothing-to-settle');
  });

  test('and what moves it afterwards is news again', () => {
    const given = aConsignment({ state: 'expired', settled: true });
    const { command, by, body } = report('refused')(given);
    const decision = ask(command, { by, body, known: { consignments: [given] } });
    expect(troubleOf(after('consignment', given, decision))).toBe('sent-back');
  });
});

describe('an answer to one asking back', () => {
  const answered = (recall: Recall, status: StatusKind, answers: string) => {
    const given = aConsignment({ state: 'arrived', recall });
    const { command, by, body } = report(status, answers)(given);
    return after('consignment', given, ask(command, { by, body, known: { consignments: [given] } }));
  };

  test('is none to a later one, if it is a no', () => {
    const recall = aRecall();
    expect(answered(recall, 'recall-declined', consignmentId()).recall?.answer).toBeNull();
    expect(answered(recall, 'recall-declined', recall.message).recall?.answer).toBe('declined');
  });

  test('counts whenever it was asked, if it is a yes: the document is gone there', () => {
    const recall = aRecall({ answer: 'declined' });
    const given = answered(recall, 'recall-agreed', consignmentId());
    expect(given).toMatchObject({ state: 'withdrawn', recall: { answer: 'agreed' } });
  });
});

const origin = (delivery: Delivery) => ({ from: delivery.from, envelope: delivery.envelope });

function answering(
  { id, document, recall }: Delivery,
  said: Readonly<{ agree: boolean; words: string }>,
): Asking {
  const message = recall?.message ?? consignmentId();
  const body = { deliveryId: id, documentId: document ?? ids.document(), message, ...said };
  return { command: 'exchange.answerRecall', by: clerk, body };
}

const deliveryAskings: Readonly<Record<DeliveryEvent, (delivery: Delivery) => Asking>> = {
  take: (delivery) => ({
    command: 'exchange.takeDelivery',
    by: gateway,
    body: {
      ...origin(delivery),
      digest: hashOf(1),
      kind: 'new',
      refs: [],
      documentId: ids.document(),
      letter: aLetter(),
      file: aFile(1),
      attachments: [],
      hasScript: false,
      check: unsignedCheck,
    },
  }),
  'turn-away': (delivery) => ({
    command: 'exchange.turnAway',
    by: gateway,
    body: { ...origin(delivery), digest: hashOf(1), code: 'altered', words: '' },
  }),
  'ask-back': (delivery) => ({
    command: 'exchange.takeRecall',
    by: gateway,
    body: { ...origin(delivery), message: consignmentId(), reason: 'Sai', askedAt: mondayMorning },
  }),
  return: ({ id, document }) => ({
    command: 'exchange.returnDelivery',
    by: clerk,
    body: { deliveryId: id, documentId: document ?? ids.document(), code: 'wrong-place', words: 'Nhầm nơi' },
  }),
  agree: (delivery) => answering(delivery, { agree: true, words: '' }),
  decline: (delivery) => answering(delivery, { agree: false, words: 'Đã giao việc' }),
};

describe('what came from another agency goes only where the table says', () => {
  const all = deliveryEvents.flatMap((event) => deliveryStates.map((state) => ({ event, state })));
  test.each(all)('$event, when it is $state', ({ event, state }) => {
    const isAnswer = event === 'agree' || event === 'decline';
    const delivery = aDelivery({ state, recall: isAnswer ? aRecall() : null });
    const { command, by, body } = deliveryAskings[event](delivery);
    const documents = delivery.document === null ? [] : [anIncoming({ id: delivery.document })];
    const known = { peers: [aPeer({ id: delivery.from })], deliveries: [delivery], documents };
    const decision = ask(command, { by, body, known });
    const to = nextState(deliveryTransitions, state, event);
    const isHere = state !== 'awaited';
    const refused = isHere
      ? /^exchange[.](?:not-in-state|taken-already)$/u
      : /^exchange[.]unknown-delivery$/u;
    if (to === null) expect(codeOf(decision)).toMatch(refused);
    else {
      expect(codeOf(decision)).toBeNull();
      expect(after('delivery', delivery, decision).state).toBe(to);
    }
  });
});

describe('the laws of a ledger', () => {
  const status = fc.constantFrom(...statusKinds.filter((kind) => !kind.startsWith('recall')));
  const rank: readonly ConsignmentState[] = [
    'sent',
    'arrived',
    'accepted',
    'assigned',
    'in-progress',
    'done',
  ];
  const play = (start: Consignment, statuses: readonly StatusKind[]): Consignment =>
    statuses.reduce((before, kind, place) => {
      const decision = ask('exchange.recordReceipt', {
        by: gateway,
        body: {
          consignmentId: before.id,
          receipt: { id: `r-${place}`, status: kind, at: mondayMorning, log, code: null, words: '' },
          arrival: kind === 'accepted' ? { number: 7, year: 2026, day: '2026-11-23' } : null,
        },
        known: { consignments: [before] },
      });
      return after('consignment', before, decision);
    }, start);

  test('receipts in any order end where the furthest of them is, and each is kept', () => {
    fc.assert(
      fc.property(fc.uniqueArray(status.filter((kind) => kind !== 'refused')), (statuses) => {
        const end = play(aConsignment({ state: 'sent' }), statuses);
        const furthest = Math.max(0, ...statuses.map((kind) => rank.indexOf(kind as ConsignmentState)));
        expect(end.state).toBe(rank[furthest]);
        expect(end.receipts.map(({ status: kind }) => kind)).toEqual(statuses);
        expect(end.arrival?.number ?? null).toBe(statuses.includes('accepted') ? 7 : null);
      }),
    );
  });

  test('a ledger never goes backwards, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 12 }), (statuses) => {
        let before = aConsignment({ state: 'queued' });
        for (const kind of statuses) {
          const next = play({ ...before, receipts: [] }, [kind]);
          const [from, to] = [rank.indexOf(before.state), rank.indexOf(next.state)];
          if (before.state === 'refused') expect(next.state).toBe('refused');
          else if (to >= 0) expect(to).toBeGreaterThanOrEqual(from);
          before = next;
        }
      }),
    );
  });

  test('the same receipt twice is the same as once', () => {
    const once = play(aConsignment({ state: 'sent' }), ['arrived']);
    const again = ask('exchange.recordReceipt', {
      by: gateway,
      body: {
        consignmentId: once.id,
        receipt: { id: 'r-0', status: 'arrived', at: mondayMorning, log, code: null, words: '' },
        arrival: null,
      },
      known: { consignments: [once] },
    });
    expect(codeOf(again)).toBe('exchange.receipt-known');
    expect(isRefusal(again)).toBe(true);
  });

  test('folding is the same every time', () => {
    const before = aConsignment({ state: 'prepared' });
    const act = {
      type: 'consignmentQueued',
      on: { kind: 'consignment', id: before.id },
      body: { queuedAt: mondayMorning, expiresAt: mondayMorning },
    } as const;
    expect(consignmentAggregate.evolve(before, act)).toEqual(consignmentAggregate.evolve(before, act));
  });
});
