import { describe, expect, test } from 'vitest';
import { preflight, type PageFacts } from '#shared/exchange/public.ts';
import { isRefusal, type Decision } from '#shared/kernel/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import { aFile, aPerson, anOutgoing, aSummary, hashOf } from '../../support/builders.ts';
import { aConsignment, aPeer, consignmentId, goodFacts } from '../../support/exchange.ts';

const clerk = aPerson({ roles: ['clerk'] });
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

  test('what goes out once more, or is replaced, sees to the bad end of before', () => {
    const old = anOutgoing({ state: 'issued' });
    const fresh = anOutgoing({ state: 'issued' });
    const refused = aConsignment({ state: 'refused', to: peer.id, document: old.id });
    const elsewhere = aConsignment({ state: 'refused', to: aPeer().id, document: old.id });
    const sent = { ...old, consignments: [refused, elsewhere].map(({ id, to }) => ({ id, to })) };
    const settledBy = (body: object, documents: readonly (typeof old)[]) => {
      const known = { documents, peers: [peer], consignments: [refused, elsewhere] };
      const decision = ask('exchange.dispatch', { by: clerk, body, known });
      return isRefusal(decision)
        ? decision
        : decision.filter(({ type }) => type === 'consignmentSettled').map(({ on }) => on.id);
    };
    expect(settledBy(dispatchBody(old.id), [sent])).toEqual([refused.id]);
    const succeeds = { how: 'replaces', document: old.id };
    expect(settledBy(dispatchBody(fresh.id, { succeeds, refs: [refused.id] }), [old, fresh])).toEqual([
      refused.id,
    ]);
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
