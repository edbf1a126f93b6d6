import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../support/agency-server.ts';
import { ids, someFields } from '../../support/builders.ts';
import { consignmentId } from '../../support/exchange.ts';
import { openOnLine, type OnLine } from '../../support/edxml/on-lines.ts';
import { aDocumentMessage, aStatusMessage, attachmentOf, written } from '../../support/edxml/messages.ts';
import { gatewayOf, somePages } from '../../support/two-agencies.ts';
import { corpusPath } from '../../support/corpus.ts';
import { readAll } from '#electron/store/read-state.ts';
import { consignmentAggregate, type Delivery } from '#shared/exchange/public.ts';
import { instantFrom, type ConsignmentId } from '#shared/kernel/public.ts';
import { markRestored } from '#shared/node/exchange/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';

const department = { name: 'Sở Khoa học và Công nghệ', codes: ['H19.09', '009.00.00.H19'] };
const commune = { name: 'Ủy ban nhân dân xã An Phú', codes: ['H19.64.33', '033.64.00.H19'] };

let home: string;
let from: OnLine;
let to: OnLine;
let carrying: NodeJS.Timeout;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'Ấn Tín kết nối '));
  const settings = (folder: string, others: readonly object[], over: object = {}) => ({
    id: 'tinh',
    name: 'Trục của tỉnh',
    tables: 'national',
    pollSeconds: 1,
    transport: { kind: 'files', folder: join(home, folder) },
    agencies: others,
    ...over,
  });
  from = await openOnLine({
    port: 20_520,
    ...department,
    pages: somePages(7),
    settings: settings('sở', [commune], { zip: true }),
  });
  // Each names the other by whichever of its codes it was told; the line's table knows both.
  const turned = { ...department, codes: department.codes.toReversed() };
  to = await openOnLine({ port: 20_521, ...commune, pages: [], settings: settings('xã', [turned]) });
  carrying = setInterval(() => {
    carry('sở', 'xã');
    carry('xã', 'sở');
  }, 100);
}, 120_000);
afterAll(async () => {
  clearInterval(carrying);
  await from.close();
  await to.close();
  rmSync(home, { recursive: true, force: true });
});

/** Nobody is writing into such a file any more. */
const longAgo = new Date('2026-01-01T00:00:00Z');

/** What the axis's own program does: takes a whole file from one folder to the other. */
function carry(one: string, other: string): void {
  const [out, into] = [join(home, one, 'out'), join(home, other, 'in')];
  if (!existsSync(out) || !existsSync(into)) return;
  for (const name of readdirSync(out).filter((found) => found.endsWith('.edxml'))) {
    utimesSync(join(out, name), longAgo, longAgo);
    renameSync(join(out, name), join(into, name));
  }
}

/** Puts a file into a folder as if it had lain there for a while. */
function lay(folder: string, name: string, bytes: Uint8Array): void {
  const path = join(home, folder, 'in', name);
  writeFileSync(path, bytes);
  utimesSync(path, longAgo, longAgo);
}

const consignmentsOf = (document: string) =>
  readAll(from.clerk.db, consignmentAggregate).flatMap((one) => (one.document === document ? [one.id] : []));
const inFolder = (folder: string, name: string) => readdirSync(join(home, folder, name));
const state = (id: ConsignmentId) => from.ledger(id)?.state;

const seen = new Set<string>();

/** The one that has come since it was asked last. */
async function nextDelivery(): Promise<Delivery> {
  const fresh = () => to.deliveries().find(({ id, state: at }) => at === 'arrived' && !seen.has(id));
  await until('it is in the other agency', () => fresh() !== undefined, 40_000);
  const delivery = fresh();
  if (delivery === undefined) throw new Error('Nothing came');
  seen.add(delivery.id);
  return delivery;
}

describe('two agencies whose axis is two folders', () => {
  let first: ConsignmentId;

  it('a document is in the other agency with nothing retyped, and its arrival is known', async () => {
    first = from.send(0, from.known(commune.name));
    const document = to.incoming(await nextDelivery());
    expect(document).toMatchObject({
      state: 'arrived',
      file: { hash: from.papers[0]?.document.file?.hash, name: 'van-ban-1.pdf' },
      suggestion: {
        fields: { number: '01', symbol: 'SKHCN-VP', issuer: department.name, subject: 'về việc số 1' },
      },
    });
    await until('01', () => state(first) === 'arrived', 40_000);
    expect(from.ledger(first)?.receipts).toMatchObject([{ status: 'arrived', log: null, moved: true }]);
  });

  it('what officials do there comes back, each status once', async () => {
    const [delivery] = to.deliveries();
    if (delivery === undefined) throw new Error('Nothing came');
    const document = to.incoming(delivery);
    const presentTo = to.at.agency.staff.head.id;
    to.clerk.give('documents.registerIncoming', {
      documentId: document.id,
      fields: someFields({ issuedOn: null }),
      presentTo,
    });
    await until('03', () => state(first) === 'accepted', 40_000);
    expect(from.ledger(first)?.receipts.at(-1)?.words).toMatch(/^Số đến 1, năm 20\d\d$/u);
    await until('the head has it', () => {
      const [delivery] = to.deliveries();
      return delivery !== undefined && to.incoming(delivery).state === 'registered';
    });
    const lead = {
      task: ids.task(),
      role: 'lead',
      to: { kind: 'person', id: to.at.agency.staff.officer.id },
      dueOn: null,
    };
    await until('the head may direct it', () => {
      try {
        to.head.give('workflow.direct', {
          documentId: document.id,
          words: 'Xem xét',
          assignments: [lead],
          inform: [],
        });
        return true;
      } catch {
        return false;
      }
    });
    await until('04', () => state(first) === 'assigned', 40_000);
  });

  it('a recall is answered by the clerk there: 13, then 16, then 13 and 15', async () => {
    const paper = from.papers[0];
    if (paper === undefined) throw new Error('No paper');
    const ask = (reason: string) => {
      const consignments = [{ id: first, message: consignmentId() }];
      from.clerk.give('exchange.askBack', { documentId: paper.documentId, consignments, reason });
    };
    const answer = async (reason: string, agree: boolean) => {
      await until('the clerk is asked', () => to.deliveries()[0]?.recall?.reason === reason, 40_000);
      const [delivery] = to.deliveries();
      if (delivery === undefined) throw new Error('Nothing came');
      const { id: documentId, tasks } = to.incoming(delivery);
      to.clerk.give('exchange.answerRecall', {
        deliveryId: delivery.id,
        documentId,
        message: delivery.recall?.message,
        agree,
        words: 'Đã giao việc',
        tasks,
      });
    };
    ask('Sai số liệu');
    await answer('Sai số liệu', false);
    await until('16', () => from.ledger(first)?.recall?.answer === 'declined', 40_000);
    expect(from.ledger(first)).toMatchObject({ state: 'assigned', recall: { words: 'Đã giao việc' } });
    ask('Vẫn sai số liệu');
    await answer('Vẫn sai số liệu', true);
    await until('15', () => state(first) === 'withdrawn', 40_000);
  });

  it('a refusal comes back with its reason, and the same paper can be sent again', async () => {
    const refused = from.send(1, from.known(commune.name));
    const delivery = await nextDelivery();
    to.clerk.give('exchange.returnDelivery', {
      deliveryId: delivery.id,
      documentId: delivery.document,
      code: 'wrong-place',
      words: 'Không thuộc thẩm quyền',
    });
    await until('02', () => state(refused) === 'refused', 40_000);
    expect(from.ledger(refused)?.refused?.words).toBe('Gửi nhầm nơi nhận: Không thuộc thẩm quyền');
    const again = from.send(1, from.known(commune.name));
    await nextDelivery();
    await until('01', () => state(again) === 'arrived', 40_000);
  });

  it.each([
    ['replaces', 'replace', 1, 3],
    ['corrects', 'update', 3, 4],
  ] as const)(
    'a paper that %s another names it as the older message was named',
    async (how, kind, old, paper) => {
      const document = from.papers[old]?.documentId ?? ids.document();
      const refs = consignmentsOf(document).slice(-1);
      from.send(paper, from.known(commune.name), { refs, succeeds: { how, document } });
      const delivery = await nextDelivery();
      const [ref] = delivery.refs;
      const before = to.deliveries().find(({ id }) => id === ref);
      expect([delivery.kind, before?.state, before?.succeededBy]).toEqual([
        kind,
        'arrived',
        [{ kind, delivery: delivery.id }],
      ]);
    },
  );

  it('a recall that comes first waits for its document, which another program wrote in its own way', async () => {
    const party = { ...aDocumentMessage().from, code: 'H19.09', name: department.name };
    const documentId = 'b8c3f2d4-5f0e-4a57-9a53-1f7be5a1c0aa';
    const asked = aStatusMessage({
      from: party,
      about: { agency: null, notation: null, on: null, documentId },
      status: '13',
      description: 'Gửi nhầm tệp',
    });
    lay('xã', '1-recall.xml', written(asked));
    await until('it is asked back', () => to.deliveries().some(({ state: at }) => at === 'awaited'), 20_000);
    const [page] = somePages(9).slice(-1);
    if (page === undefined) throw new Error('No page');
    const message = aDocumentMessage({
      from: { ...party, code: '009.00.00.h19' },
      to: [{ ...party, code: '033.64.00.H19', name: commune.name }],
      documentId,
      priority: '2',
      attachments: [attachmentOf(page)],
    });
    lay('xã', '2-document.xml', Buffer.concat([Buffer.from('\uFEFF \r\n'), written(message, [page])]));
    const delivery = await nextDelivery();
    expect(delivery.recall).toMatchObject({ reason: 'Gửi nhầm tệp', answer: null });
    expect(to.incoming(delivery).suggestion?.fields).toMatchObject({
      number: '15',
      kind: 'Công văn',
      urgency: 'very-urgent',
      signerPost: 'KT. GIÁM ĐỐC - Phó Giám đốc',
    });
  });

  it('what nobody can take is set aside with a sentence, and the line goes on', async () => {
    const hostile: Record<string, Uint8Array> = {
      'cut.edxml': written(aDocumentMessage()).subarray(0, 900),
      'doctype.xml': Buffer.from('<!DOCTYPE edXML [<!ENTITY a "aaaa">]><edXML>&a;</edXML>'),
      'noise.edxml': Buffer.alloc(5000, 7),
      'empty.edxml': new Uint8Array(),
      'stranger.edxml': written(
        aDocumentMessage({ from: { ...aDocumentMessage().from, code: 'H01.02' }, to: [] }),
      ),
      'elsewhere.edxml': written(aDocumentMessage({ to: [{ ...aDocumentMessage().from, code: 'H02' }] })),
      'about-nothing.edxml': written(
        aStatusMessage({ from: { ...aDocumentMessage().from, code: 'H19.09' }, status: '03' }),
      ),
      ...Object.fromEntries(
        readdirSync(corpusPath('edxml')).map(
          (name) => [name, readFileSync(corpusPath('edxml', name))] as const,
        ),
      ),
    };
    const [signed] = inFolder('xã', 'done').filter((name) => name.startsWith('document-'));
    const genuine = readFileSync(join(home, 'xã', 'done', signed ?? ''), 'utf8');
    hostile['altered.edxml'] = Buffer.from(genuine.replace('về việc số', 'Về việc số'));
    for (const [name, bytes] of Object.entries(hostile)) lay('xã', name, bytes);
    // Somebody writes straight into the folder, and takes a moment.
    const slow = join(home, 'xã', 'in', 'slow.edxml');
    writeFileSync(slow, (hostile['stranger.edxml'] ?? Buffer.alloc(0)).subarray(0, 900));
    setTimeout(() => {
      writeFileSync(slow, hostile['stranger.edxml'] ?? Buffer.alloc(0));
    }, 1200);
    const before = to.deliveries().length;
    const last = from.send(2, from.known(commune.name));
    await nextDelivery();
    await until('01', () => state(last) === 'arrived', 40_000);
    const names = [...Object.keys(hostile), 'slow.edxml'];
    await until(
      'all are set aside',
      () => names.every((name) => inFolder('xã', 'failed').includes(name)),
      30_000,
    );
    expect(
      names.map((name) => readFileSync(join(home, 'xã', 'failed', `${name}.txt`), 'utf8').length > 30),
    ).toEqual(names.map(() => true));
    expect(readFileSync(join(home, 'xã', 'failed', 'stranger.edxml.txt'), 'utf8')).toContain('H01.02');
    const said = (name: string) => readFileSync(join(home, 'xã', 'failed', `${name}.txt`), 'utf8');
    expect(said('slow.edxml')).toBe(said('stranger.edxml'));
    expect(said('altered.edxml')).toContain('không hợp lệ');
    expect(to.alarms()).toEqual(expect.arrayContaining(['exchange.line-refused', 'exchange.line-stranger']));
    expect(to.deliveries().length).toBe(before + 1);
  });

  it('what comes twice is taken once, also after the server was killed', async () => {
    const before = to.deliveries();
    await to.stop('SIGKILL');
    mkdirSync(join(home, 'again'), { recursive: true });
    const taken = inFolder('xã', 'done').filter((name) => name.startsWith('document-'));
    for (const name of taken) {
      cpSync(join(home, 'xã', 'done', name), join(home, 'xã', 'in', `again-${name}`));
    }
    await to.start();
    await until(
      'they are taken',
      () => taken.every((name) => inFolder('xã', 'done').includes(`again-${name}`)),
      40_000,
    );
    expect(taken.length).toBeGreaterThan(2);
    expect(to.deliveries()).toEqual(before);
  });

  it('a sender that was brought back from an older copy goes on: nobody on a line can be asked what they have', async () => {
    await from.stop();
    const { data } = from.at;
    const db = openEncrypted({ path: join(data, 'agency.db'), key: readFileSync(join(data, 'server.key')) });
    const now = instantFrom(Date.now());
    markRestored(db, { since: now, at: now });
    db.close();
    await from.start();
    const id = from.send(5, from.known(commune.name));
    await nextDelivery();
    await until('01', () => state(id) === 'arrived', 40_000);
  });

  it('what was written, and is gone with its folder before it went out, is written once more', async () => {
    // Where the axis's folder was, nothing can be put: it stays here.
    renameSync(join(home, 'sở'), join(home, 'sở cũ'));
    writeFileSync(join(home, 'sở'), 'no folder');
    const id = from.send(6, from.known(commune.name));
    const isWritten = () => {
      const gateway = gatewayOf(from.at);
      const open = gateway.unansweredOnLines();
      gateway.close();
      return open.includes(id);
    };
    await until('it is written', isWritten, 40_000);
    await from.stop();
    rmSync(join(from.at.data, 'exchange'), { recursive: true });
    rmSync(join(home, 'sở'));
    renameSync(join(home, 'sở cũ'), join(home, 'sở'));
    await from.start();
    await nextDelivery();
    await until('01', () => state(id) === 'arrived', 40_000);
  });
});
