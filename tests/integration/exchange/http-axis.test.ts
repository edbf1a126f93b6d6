import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AxisSchema } from '#server/features/exchange/lines/axis-settings.ts';
import { httpAxis } from '#server/features/exchange/lines/http-axis.ts';
import { testLine } from '#server/main.ts';
import type { ConsignmentId } from '#shared/kernel/public.ts';
import { until } from '../../support/agency-server.ts';
import { consignmentId } from '../../support/exchange.ts';
import { standInAxis, type AxisStandIn, type Member } from '../../support/edxml/axis-stand-in.ts';
import { aDocumentMessage, written } from '../../support/edxml/messages.ts';
import { openOnLine, type OnLine } from '../../support/edxml/on-lines.ts';
import { somePages } from '../../support/two-agencies.ts';

const department = { name: 'Sở Khoa học và Công nghệ', codes: ['009.00.00.H19', 'H19.09'] };
const commune = { name: 'Ủy ban nhân dân xã An Phú', codes: ['033.64.00.H19', 'H19.64.33'] };
const systems = {
  department: { systemId: 'so', secret: 'một bí mật', codes: department.codes },
  commune: { systemId: 'xa', secret: 'another', codes: commune.codes },
  other: { systemId: 'khac', secret: 'a third', codes: ['H19.65'] },
};

let axis: AxisStandIn;
beforeAll(async () => {
  axis = await standInAxis(Object.values(systems));
});
afterAll(() => axis.close());

/** With a token that ends, as some axes give; the other way is a secret in a header. */
const byToken = (url: string) => ({
  kind: 'axis',
  url,
  inTheClear: true,
  login: {
    path: '/login',
    body: { systemId: systems.department.systemId, secret: systems.department.secret },
  },
  timeoutSeconds: 1,
});
const byHeaders = (url: string, { systemId, secret }: Member) => ({
  kind: 'axis',
  url,
  inTheClear: true,
  headers: { 'X-SystemId': systemId, 'X-SecretKey': secret },
  timeoutSeconds: 1,
});

describe('an axis that is asked over HTTP', () => {
  const ask = () => httpAxis(AxisSchema.parse(byHeaders(axis.url, systems.other)));

  it('gives what waits, and keeps it until it was acknowledged', async () => {
    const bytes = written(aDocumentMessage());
    const docId = axis.put('H19.65', 'edoc', bytes);
    const [waiting] = await ask().waiting();
    if (waiting === undefined) throw new Error('Nothing waits');
    expect(waiting.key).toBe(`edoc:${docId}`);
    expect(Buffer.from(await ask().fetch(waiting)).equals(bytes)).toBe(true);
    await ask().acknowledge(waiting, { taken: false, sentence: '', mayPass: true });
    expect([axis.statusOf(docId), (await ask().waiting()).length]).toEqual([null, 1]);
    await ask().acknowledge(waiting, { taken: true });
    expect([axis.statusOf(docId), await ask().waiting()]).toEqual(['done', []]);
  });

  it('says in a code what is wrong with it', async () => {
    const at = (over: object) =>
      testLine({ transport: AxisSchema.parse({ ...byHeaders(axis.url, systems.other), ...over }) }).then(
        (fault) => fault?.code ?? null,
      );
    expect(await at({})).toBeNull();
    expect(await at({ headers: { 'X-SystemId': 'xa', 'X-SecretKey': 'wrong' } })).toBe('line.not-allowed');
    expect(await at({ url: 'http://127.0.0.1:9' })).toBe('line.away');
    expect(await at({ paths: { list: '/health' } })).toBe('line.axis-refused');
    expect(await at({ login: { path: '/login', body: { systemId: 'xa', secret: 'no' } } })).toBe(
      'line.not-allowed',
    );
    const open = AxisSchema.safeParse({ kind: 'axis', url: axis.url });
    expect(open.error?.issues[0]?.path).toEqual(['url']);
    for (const [kind, fault] of [
      ['broken', 'line.strange-answer'],
      ['mute', 'line.away'],
      ['cut', 'line.away'],
    ] as const) {
      axis.faults[kind].set('/getReceivedEdocList', 1);
      expect(await at({})).toBe(fault);
    }
    expect(await at({})).toBeNull();
  });
});

describe('two agencies on an axis with faults of its own', () => {
  let from: OnLine;
  let to: OnLine;
  beforeAll(async () => {
    const settings = (transport: object, others: object) => ({
      id: 'vxp',
      name: 'Trục quốc gia',
      tables: 'national',
      pollSeconds: 1,
      transport,
      agencies: [others],
    });
    from = await openOnLine({
      port: 20_523,
      ...department,
      pages: somePages(3),
      settings: settings(byToken(axis.url), commune),
    });
    to = await openOnLine({
      port: 20_524,
      ...commune,
      pages: [],
      settings: settings(byHeaders(axis.url, systems.commune), department),
    });
  }, 120_000);
  afterAll(async () => {
    await from.close();
    await to.close();
  });

  const state = (id: ConsignmentId) => from.ledger(id)?.state;

  it('every paper arrives once, and every status, whatever the axis does', async () => {
    const { faults } = axis;
    faults.broken.set('/sendEdoc', 2).set('/updateStatus', 1);
    faults.mute.set('/getReceivedEdocList', 1);
    faults.cut.set('/getEdoc', 2);
    faults.forgets = true;
    const papers = [0, 1, 2].map((n) => from.send(n, from.known(commune.name)));
    await until('they arrive', () => to.deliveries().length === 3, 60_000);
    axis.expire();
    await until('01', () => papers.every((id) => state(id) === 'arrived'), 60_000);
    const [first, second] = papers;
    const [paper] = from.papers;
    if (first === undefined || second === undefined || paper === undefined) throw new Error('Not sent');
    const consignments = [{ id: first, message: consignmentId() }];
    from.clerk.give('exchange.askBack', { documentId: paper.documentId, consignments, reason: 'Gửi nhầm' });
    const asked = () => to.deliveries().find(({ recall }) => recall !== null);
    await until('13', () => asked() !== undefined, 40_000);
    const delivery = asked();
    if (delivery === undefined) throw new Error('Nobody asked');
    const { id: documentId, tasks, suggestion } = to.incoming(delivery);
    expect(suggestion?.fields.subject).toBe('về việc số 1');
    const message = delivery.recall?.message;
    const answer = { deliveryId: delivery.id, documentId, message, agree: true, words: '', tasks };
    to.clerk.give('exchange.answerRecall', answer);
    await until('15', () => state(first) === 'withdrawn', 40_000);
    expect(state(second)).toBe('arrived');
    expect(
      to
        .deliveries()
        .map(({ state: at }) => at)
        .toSorted(),
    ).toEqual(['arrived', 'arrived', 'recalled']);
    const seen = axis.calls('/getEdoc');
    await until('what it forgot was asked for again', () => axis.calls('/getEdoc') > seen + 3, 20_000);
    expect(to.deliveries().length).toBe(3);
    expect(to.alarms()).not.toContain('exchange.line-refused');
  }, 120_000);

  it('a message nobody can read is refused there, one from a stranger waits, and the next one comes', async () => {
    axis.faults.forgets = false;
    const [code] = commune.codes;
    const noise = axis.put(code ?? '', 'edoc', Buffer.from('<edXML>'));
    const party = aDocumentMessage().from;
    const strange = axis.put(
      code ?? '',
      'edoc',
      written(aDocumentMessage({ from: { ...party, code: 'H02' }, to: [] })),
    );
    await until('it is refused', () => axis.statusOf(noise) === 'fail', 20_000);
    await until('a person is told', () => to.alarms().includes('exchange.line-stranger'), 20_000);
    expect(axis.statusOf(strange)).toBeNull();
  });
});
