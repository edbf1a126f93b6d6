import { describe, expect, test } from 'vitest';
import { statusOfDocument, suggestionOf, whyNotDelivery, type Delivery } from '#shared/exchange/public.ts';
import { isRefusal, ref, type Decision } from '#shared/kernel/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import { aFile, aPerson, aTask, anIncoming, hashOf, ids, unsignedCheck } from '../../support/builders.ts';
import { aDelivery, aLetter, aPeer, aRecall, consignmentId } from '../../support/exchange.ts';

const clerk = aPerson({ roles: ['clerk'] });
const gateway = aPerson({ roles: ['administrator'] });
const peer = aPeer();

function typesOf(decision: Decision): readonly string[] {
  return isRefusal(decision) ? [decision.code] : decision.map(({ type }) => type);
}

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
      body: { ...answers(delivery, document.id), agree: true, words: 'Đồng ý' },
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
        body: { ...answers(delivery, document.id), agree: true, words: '', tasks },
        known: { documents: [document], deliveries: [delivery], tasks: [begun, done] },
      });
    expect(codeOf(answer([begun.id]))).toBe('exchange.tasks-changed');
    const decision = answer([begun.id, done.id]);
    if (isRefusal(decision)) throw new Error(decision.code);
    expect(after('task', begun, decision).state).toBe('withdrawn');
    expect(decision.filter(({ type }) => type === 'taskWithdrawn')).toHaveLength(1);
  });

  test('of two that ask it back the later one counts, whichever comes first', () => {
    const delivery = aDelivery({ from: peer.id, recall: aRecall({ place: 7, reason: 'Sai số liệu' }) });
    const asked = (place: number) => {
      const { from, envelope } = delivery;
      const said = { message: consignmentId(), reason: 'Gửi nhầm', askedAt: '2026-11-23T02:00:00.000Z' };
      const body = { from, envelope, place, ...said };
      return ask('exchange.takeRecall', {
        by: gateway,
        body,
        known: { peers: [peer], deliveries: [delivery] },
      });
    };
    expect(codeOf(asked(6))).toBe('exchange.asked-once-more');
    expect(after('delivery', delivery, asked(8)).recall).toMatchObject({ reason: 'Gửi nhầm', place: 8 });
  });

  test('an answer to what was asked before is none to what was asked since', () => {
    const document = anIncoming({ state: 'registered' });
    const delivery = aDelivery({ document: document.id, recall: aRecall() });
    const body = {
      ...answers(delivery, document.id),
      message: consignmentId(),
      agree: false,
      words: 'Đã giao',
    };
    const known = { documents: [document], deliveries: [delivery] };
    expect(codeOf(ask('exchange.answerRecall', { by: clerk, body, known }))).toBe('exchange.asked-once-more');
  });

  test('declining says why', () => {
    const document = anIncoming({ state: 'registered' });
    const delivery = aDelivery({ document: document.id, recall: aRecall() });
    const decision = ask('exchange.answerRecall', {
      by: clerk,
      body: { ...answers(delivery, document.id), agree: false, words: '' },
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

function answers(delivery: Delivery, documentId: string) {
  return { deliveryId: delivery.id, documentId, message: delivery.recall?.message };
}
