import { describe, expect, test } from 'vitest';
import {
  preflight,
  statusOfDocument,
  suggestionOf,
  whyNotDelivery,
  type PageFacts,
} from '#shared/exchange/public.ts';
import { isRefusal, ref, type Decision } from '#shared/kernel/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import {
  aFile,
  aPerson,
  aTask,
  anIncoming,
  anOutgoing,
  aSummary,
  hashOf,
  ids,
  unsignedCheck,
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

const clerk = aPerson({ roles: ['clerk'] });
const gateway = aPerson({ roles: ['administrator'] });
const peer = aPeer();

type Over = Readonly<{
  to?: readonly string[];
  facts?: PageFacts;
  succeeds?: object | null;
  refs?: string[];
}>;

function dispatchBody(
  documentId: string,
  { to = [peer.id], facts = goodFacts(), succeeds = null, refs = [] }: Over = {},
) {
  return {
    documentId,
    consignments: to.map((id) => ({ id: consignmentId(), to: id, refs })),
    access: 'internal',
    facts,
    succeeds,
    expiryDays: 15,
  };
}

function typesOf(decision: Decision): readonly string[] {
  return isRefusal(decision) ? [decision.code] : decision.map(({ type }) => type);
}

describe('sending', () => {
  test('one act sends to two hundred agencies, each with a ledger of its own', () => {
    const peers = Array.from({ length: 200 }, (_none, n) => aPeer({ name: `Cơ quan ${n}` }));
    const document = anOutgoing({ state: 'issued' });
    const decision = ask('exchange.dispatch', {
      by: clerk,
      body: dispatchBody(document.id, { to: peers.map(({ id }) => id) }),
      known: { documents: [document], peers },
    });
    expect(typesOf(decision).filter((type) => type === 'consignmentQueued')).toHaveLength(200);
    expect(after('document', document, decision).consignments).toHaveLength(200);
  });

  test('what cannot go to one agency goes to none', () => {
    const document = anOutgoing({ state: 'issued' });
    const stranger = aPeer({ state: 'met' });
    const body = dispatchBody(document.id, { to: [peer.id, stranger.id] });
    const decision = ask('exchange.dispatch', {
      by: clerk,
      body,
      known: { documents: [document], peers: [peer, stranger] },
    });
    expect(codeOf(decision)).toBe('exchange.peer-unconfirmed');
  });

  test('issuing and sending are one act, or neither is done', () => {
    const document = anOutgoing({ state: 'sealed' });
    const issuing = { recipients: [{ name: peer.name, kind: 'agency' }], copies: 0, repliesTo: null };
    const issue = (facts: PageFacts) =>
      ask('exchange.issue', {
        by: clerk,
        body: { ...dispatchBody(document.id, { facts }), issuing },
        known: { documents: [document], peers: [peer] },
      });
    expect(typesOf(issue(goodFacts()))).toEqual([
      'documentIssued',
      'documentDispatched',
      'consignmentPrepared',
      'consignmentQueued',
    ]);
    expect(codeOf(issue(goodFacts({ hasSeal: false })))).toBe('exchange.seal-missing');
  });

  test('a document that is on its way is not sent a second time; one that was refused is', () => {
    const sendTo = (state: 'sent' | 'refused') => {
      const before = aConsignment({ state, to: peer.id });
      const document = anOutgoing({ state: 'issued', consignments: [{ id: before.id, to: peer.id }] });
      return ask('exchange.dispatch', {
        by: clerk,
        body: dispatchBody(document.id),
        known: { documents: [document], peers: [peer], consignments: [{ ...before, document: document.id }] },
      });
    };
    expect(codeOf(sendTo('sent'))).toBe('exchange.sent-already');
    expect(codeOf(sendTo('refused'))).toBeNull();
  });

  test('a replacement draws its line on both papers and freezes the old one', () => {
    const old = anOutgoing({ state: 'issued' });
    const fresh = anOutgoing({ state: 'issued' });
    const earlier = aConsignment({ state: 'accepted', to: peer.id, document: old.id });
    const decision = ask('exchange.dispatch', {
      by: clerk,
      body: dispatchBody(fresh.id, { succeeds: { how: 'replaces', document: old.id }, refs: [earlier.id] }),
      known: { documents: [old, fresh], peers: [peer], consignments: [earlier] },
    });
    expect(after('document', old, decision)).toMatchObject({
      state: 'replaced',
      lineage: [{ how: 'replaced-by', document: fresh.id }],
    });
    expect(after('document', fresh, decision)).toMatchObject({
      state: 'issued',
      lineage: [{ how: 'replaces', document: old.id }],
    });
    const again = ask('exchange.dispatch', {
      by: clerk,
      body: dispatchBody(old.id),
      known: { documents: [after('document', old, decision)], peers: [peer] },
    });
    expect(codeOf(again)).toBe('documents.not-in-state');
  });

  test('a recall freezes the sender’s copy, and may be asked of more agencies later', () => {
    const document = anOutgoing({ state: 'issued' });
    const [one, other] = [aConsignment({ document: document.id }), aConsignment({ document: document.id })];
    const askBack = (state: typeof document, consignment: typeof one) =>
      ask('exchange.askBack', {
        by: clerk,
        body: {
          documentId: document.id,
          consignments: [{ id: consignment.id, message: consignmentId() }],
          reason: 'Sai số liệu',
        },
        known: { documents: [state], consignments: [consignment] },
      });
    const first = askBack(document, one);
    const frozen = after('document', document, first);
    expect(frozen).toMatchObject({ state: 'recalled', recalledBecause: 'Sai số liệu' });
    expect(after('consignment', one, first).recall).toMatchObject({ reason: 'Sai số liệu', answer: null });
    expect(typesOf(askBack(frozen, other))).toEqual(['consignmentAskedBack']);
    expect(codeOf(askBack(frozen, after('consignment', one, first)))).toBe('exchange.asked-back-already');
  });
});

describe('before it leaves', () => {
  const found = (
    facts: Partial<PageFacts>,
    over: Parameters<typeof anOutgoing>[0] = {},
    to: Parameters<typeof aPeer>[0] = {},
  ) =>
    preflight({
      document: anOutgoing({ state: 'issued', ...over }),
      facts: goodFacts(facts),
      access: 'internal',
      peers: [aPeer(to)],
    }).map(({ refusal, stops, mend }) => `${refusal.code} ${stops ? 'stops' : 'warns'} ${mend}`);
  const small = { kinds: ['QĐ'], formats: ['docx'], levels: ['open' as const], mostBytes: 10 };
  const sheet = { ...aFile(8), name: 'so-lieu.xlsx' };

  test('a good document is found good', () => {
    expect(found({})).toEqual([]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'another page was checked',
      found({ file: hashOf(3) }),
      ['exchange.other-page-checked stops check-again'],
    ],
    [
      'no signature of the leader',
      found({ hasLeader: false }),
      ['exchange.leader-signature-missing stops sign-again'],
    ],
    ['no seal', found({ hasSeal: false }), ['exchange.seal-missing stops seal']],
    ['a wrong signature', found({ verdict: 'invalid' }), ['exchange.signature-wrong stops sign-again']],
    [
      'a doubtful signature',
      found({ verdict: 'indeterminate' }),
      ['exchange.signature-unsure warns check-again'],
    ],
    ['a secret mark', found({ secrecyMark: 'MẬT' }), ['exchange.secret-mark stops send-on-paper']],
    [
      'another number on the page',
      found({ notation: '02/SKHCN-VP' }),
      ['exchange.number-differs stops sign-again'],
    ],
    [
      'another day on the page',
      found({ issuedOn: goodFacts().issuedOn && ('2026-11-24' as never) }),
      ['exchange.date-differs stops sign-again'],
    ],
    ['an unreadable page', found({ notation: null }), ['exchange.page-unread warns check-again']],
    [
      'no subject',
      found({}, { summary: aSummary({ subject: '' }) }),
      ['exchange.subject-missing stops describe'],
    ],
    [
      'no symbol',
      found({}, { summary: aSummary({ symbol: '' }) }),
      ['exchange.symbol-missing stops describe'],
    ],
    ['no number', found({}, { number: null }), ['exchange.number-missing stops number']],
    [
      'an attachment that is not here',
      found({}, { attachments: [sheet] }),
      ['exchange.attachment-absent stops attach'],
    ],
    [
      'an attachment without the seal',
      found({ attachments: [aFile(9).hash] }, { attachments: [aFile(9)] }),
      ['exchange.attachment-unsealed stops seal'],
    ],
    ['an ended connection', found({}, {}, { state: 'ended' }), ['exchange.peer-ended stops send-on-paper']],
    [
      'a code not compared',
      found({}, {}, { state: 'met' }),
      ['exchange.peer-unconfirmed stops confirm-peer'],
    ],
    ['oneself', found({}, {}, { own: true }), ['exchange.to-oneself stops remove-recipient']],
    [
      'a recipient that takes none of it',
      found({}, {}, { card: small }),
      [
        'exchange.kind-not-taken stops send-on-paper',
        'exchange.level-not-taken stops send-on-paper',
        'exchange.format-not-taken stops attach',
        'exchange.too-large-for-peer stops attach',
      ],
    ],
  ])('%s is found', (_what, were, expected) => {
    expect(were).toEqual(expected);
  });

  test('the number is compared as a reader compares it', () => {
    expect(found({ notation: '1/SKHCN-VP' })).toEqual([]);
    expect(found({ notation: ' 01 / skhcn-vp' })).toEqual([]);
  });
});

describe('receiving', () => {
  const take = (delivery: ReturnType<typeof aDelivery> | null, refs: string[] = []) => {
    const to = delivery ?? aDelivery({ from: peer.id });
    return ask('exchange.takeDelivery', {
      by: gateway,
      body: {
        from: to.from,
        envelope: to.envelope,
        digest: hashOf(1),
        kind: refs.length > 0 ? 'replace' : 'new',
        refs,
        documentId: ids.document(),
        letter: aLetter(),
        file: aFile(1),
        attachments: [aFile(2)],
        hasScript: false,
        check: unsignedCheck,
      },
      known: { peers: [{ ...peer, id: to.from }], deliveries: delivery === null ? [] : [delivery] },
    });
  };

  test('what the sender’s register said fills in the registration', () => {
    expect(suggestionOf(aLetter())).toMatchObject({
      fields: { number: '01', symbol: 'SKHCN-VP', issuer: 'Sở Khoa học và Công nghệ', kind: 'Công văn' },
      method: 'embedded',
    });
    expect(typesOf(take(null))).toEqual(['deliveryArrived', 'incomingArrived']);
  });

  test('the same envelope twice is one document', () => {
    expect(codeOf(take(aDelivery({ from: peer.id, state: 'arrived' })))).toBe('exchange.taken-already');
  });

  test('a recall that overtakes its document waits for it, and the clerk decides', () => {
    const [from, envelope] = [peer.id, consignmentId()];
    const recall = ask('exchange.takeRecall', {
      by: gateway,
      body: { from, envelope, message: consignmentId(), reason: 'Sai', askedAt: '2026-11-23T02:00:00.000Z' },
      known: { peers: [peer] },
    });
    const awaited = after('delivery', aDelivery({ from, envelope, state: 'awaited' }), recall);
    expect(awaited).toMatchObject({ state: 'awaited', recall: { reason: 'Sai', answer: null } });
    const arrived = after('delivery', awaited, take(awaited));
    expect(arrived).toMatchObject({ state: 'arrived', recall: { reason: 'Sai', answer: null } });
  });

  test('a recall that crosses what was sent back is kept, and asks nobody for an answer', () => {
    const delivery = aDelivery({ from: peer.id, state: 'returned' });
    const recall = ask('exchange.takeRecall', {
      by: gateway,
      body: {
        from: peer.id,
        envelope: delivery.envelope,
        message: consignmentId(),
        reason: 'Sai',
        askedAt: '2026-11-23T02:00:00.000Z',
      },
      known: { peers: [peer], deliveries: [delivery] },
    });
    const kept = after('delivery', delivery, recall);
    expect(kept).toMatchObject({ state: 'returned', recall: { reason: 'Sai', answer: null } });
    expect(whyNotDelivery(kept, 'decline')?.code).toBe('exchange.not-in-state');
  });

  test('a replacement that overtakes its document is found waiting for it', () => {
    const older = consignmentId();
    const decision = take(null, [older]);
    if (isRefusal(decision)) throw new Error(decision.code);
    const mark = decision.find(({ type }) => type === 'deliverySucceeded');
    expect(mark?.on).toEqual(ref('delivery', `${peer.id}.${older}`));
    expect(mark?.body).toMatchObject({ kind: 'replace', envelope: older });
  });

  test('agreeing to a recall takes the paper out of work and keeps what was asked', () => {
    const document = anIncoming({ state: 'in-progress' });
    const delivery = aDelivery({ document: document.id, recall: aRecall({ reason: 'Gửi nhầm' }) });
    const decision = ask('exchange.answerRecall', {
      by: clerk,
      body: { deliveryId: delivery.id, documentId: document.id, agree: true, words: 'Đồng ý' },
      known: { documents: [document], deliveries: [delivery] },
    });
    expect(after('document', document, decision)).toMatchObject({
      state: 'recalled',
      recalledBecause: 'Gửi nhầm',
      file: document.file,
      arrival: document.arrival,
    });
    expect(after('delivery', delivery, decision).recall).toMatchObject({
      reason: 'Gửi nhầm',
      answer: 'agreed',
    });
  });

  test('agreeing to a recall ends what is still to be done on the paper, and leaves what was done', () => {
    const [begun, done] = [aTask({ state: 'in-progress' }), aTask({ state: 'done' })];
    const document = anIncoming({ state: 'in-progress', tasks: [begun.id, done.id] });
    const delivery = aDelivery({ document: document.id, recall: aRecall({ reason: 'Gửi nhầm' }) });
    const answer = (tasks: readonly string[]) =>
      ask('exchange.answerRecall', {
        by: clerk,
        body: { deliveryId: delivery.id, documentId: document.id, agree: true, words: '', tasks },
        known: { documents: [document], deliveries: [delivery], tasks: [begun, done] },
      });
    expect(codeOf(answer([begun.id]))).toBe('exchange.tasks-changed');
    const decision = answer([begun.id, done.id]);
    if (isRefusal(decision)) throw new Error(decision.code);
    expect(after('task', begun, decision).state).toBe('withdrawn');
    expect(decision.filter(({ type }) => type === 'taskWithdrawn')).toHaveLength(1);
  });

  test('declining says why', () => {
    const document = anIncoming({ state: 'registered' });
    const delivery = aDelivery({ document: document.id, recall: aRecall() });
    const decision = ask('exchange.answerRecall', {
      by: clerk,
      body: { deliveryId: delivery.id, documentId: document.id, agree: false, words: '' },
      known: { documents: [document], deliveries: [delivery] },
    });
    expect(codeOf(decision)).toBe('exchange.say-why');
  });

  test('nothing comes from an agency whose code was not compared', () => {
    const delivery = aDelivery({ state: 'awaited' });
    const decision = ask('exchange.turnAway', {
      by: gateway,
      body: {
        from: delivery.from,
        envelope: delivery.envelope,
        digest: hashOf(1),
        code: 'altered',
        words: '',
      },
      known: { peers: [aPeer({ id: delivery.from, state: 'met' })], deliveries: [delivery] },
    });
    expect(codeOf(decision)).toBe('exchange.unknown-peer');
  });

  test('the sender is told what officials do, and nothing of what stays inside', () => {
    const told = (
      ['registered', 'directed', 'in-progress', 'done', 'refused', 'filed', 'recalled'] as const
    ).map(
      (state) => statusOfDocument(anIncoming({ state: 'arrived' }), anIncoming({ state }))?.status ?? null,
    );
    expect(told).toEqual(['accepted', 'assigned', 'in-progress', 'done', 'refused', null, null]);
    const same = anIncoming({ state: 'registered' });
    expect(statusOfDocument(same, { ...same, dueOn: null })).toBeNull();
  });
});
