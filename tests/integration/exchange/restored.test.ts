import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUpAgency, openAgencyFolder, restoreAgency, versionsIn } from '#server/main.ts';
import { instantFrom } from '#shared/kernel/public.ts';
import { markRestored } from '#shared/node/exchange/public.ts';
import { openEncrypted, type WriteDb } from '#shared/node/sqlite/public.ts';
import { until, type AgencyAtServer } from '../../support/agency-server.ts';
import { someFields } from '../../support/builders.ts';
import { openPair, portsFrom, type JoinedPair } from '../../support/joined-pair.ts';
import { gatewayOf, somePages } from '../../support/two-agencies.ts';

const place = mkdtempSync(join(tmpdir(), 'Ấn Tín bản sao '));
let pair: JoinedPair;
beforeAll(async () => {
  pair = await openPair(portsFrom(20_515), somePages(6));
}, 120_000);
afterAll(async () => {
  await pair.close();
  rmSync(place, { recursive: true, force: true });
});

const now = () => instantFrom(Date.now());

async function copied(at: AgencyAtServer, name: string): Promise<() => Promise<void>> {
  const to = join(place, name);
  const folder = openAgencyFolder(at.data);
  await backUpAgency({ folder, data: at.data, to, keep: 4, now: now() });
  folder.close();
  const key = readFileSync(join(at.data, 'server.key'));
  return async () => {
    rmSync(at.data, { recursive: true, force: true });
    const from = versionsIn(to).at(-1) ?? '';
    await restoreAgency({ from, data: at.data, key, elsewhere: null });
  };
}

function inFile<Result>(at: AgencyAtServer, work: (db: WriteDb) => Result): Result {
  const key = readFileSync(join(at.data, 'server.key'));
  const db = openEncrypted({ path: join(at.data, 'agency.db'), key });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const receivedAt = () => {
  const gateway = gatewayOf(pair.to);
  const seqs = gateway.seqsFrom(pair.from.agencyId).toSorted((a, b) => a - b);
  gateway.close();
  return seqs;
};

const deliveries = () =>
  inFile(pair.to, (db) => db.prepare("SELECT id FROM aggregate WHERE kind = 'delivery'").all().length);

test('a sender brought back from an older copy sends nothing twice, and goes on after its highest number', async () => {
  const first = pair.send(0);
  await until('the first is there', () => pair.ledger(first)?.state === 'arrived', 40_000);
  await pair.stop('from');
  const restore = await copied(pair.from, 'nơi gửi');
  await pair.start('from');
  const [second, third] = [pair.send(1), pair.send(2)];
  for (const id of [second, third]) {
    await until('it is there', () => pair.ledger(id)?.state === 'arrived', 40_000);
  }
  await pair.stop('from', 'SIGKILL');
  await restore();
  await pair.start('from');
  for (const id of [second, third]) {
    await until(
      'a desk brought it back, with its receipt',
      () => pair.ledger(id)?.state === 'arrived',
      60_000,
    );
  }
  const fourth = pair.send(3);
  await until('the next is there', () => pair.ledger(fourth)?.state === 'arrived', 60_000);
  expect(receivedAt()).toEqual([1, 2, 3, 4]);
  expect(deliveries()).toBe(4);
  expect(pair.alarmsAt(pair.from)).toContain('exchange.series-behind');
  expect(pair.alarmsAt(pair.to)).not.toContain('exchange.other-bytes');
}, 180_000);

test('a receiver brought back from an older copy has every document once, under the name it had', async () => {
  await pair.stop('to');
  const restore = await copied(pair.to, 'nơi nhận');
  await pair.start('to');
  const id = pair.send(4);
  await until('it is there', () => pair.ledger(id)?.state === 'arrived', 40_000);
  const { id: documentId } = await pair.arrived(id);
  await pair.stop('to', 'SIGKILL');
  await restore();
  expect(deliveries()).toBe(4);
  await pair.start('to');
  await until('it is there again', () => deliveries() === 5, 60_000);
  await until('the clerk’s desk has it', () => pair.delivery(id)?.state === 'arrived', 40_000);
  expect(pair.delivery(id)?.document).toBe(documentId);
  expect(receivedAt()).toEqual([1, 2, 3, 4, 5]);
  expect(pair.ledger(id)?.state).toBe('arrived');
}, 180_000);

test('a hub brought back from an older copy is offered what it lost, receipts too', async () => {
  await pair.stop('hub');
  const copy = join(place, 'trục');
  cpSync(pair.hub.data, copy, { recursive: true });
  await pair.start('hub');
  const id = pair.send(5);
  await until('it is there', () => pair.ledger(id)?.state === 'arrived', 60_000);
  const { id: documentId } = await pair.arrived(id);
  await pair.stop('from');
  pair.receiver.give('documents.registerIncoming', {
    documentId,
    fields: someFields({ issuedOn: null }),
    presentTo: pair.to.agency.staff.head.id,
  });
  const isHanded = () =>
    inFile(pair.to, (db) =>
      db
        .prepare(
          "SELECT 1 FROM ix_parcel WHERE about = ? AND what = 'receipt' AND state = 'done' AND digest <> ''",
        )
        .all(id),
    ).length === 2;
  await until('the hub has the receipt', isHanded, 40_000);
  await pair.stop('hub', 'SIGKILL');
  rmSync(pair.hub.data, { recursive: true, force: true });
  cpSync(copy, pair.hub.data, { recursive: true });
  await pair.start('hub');
  await pair.start('from');
  await until('the sender sees their number', () => pair.ledger(id)?.state === 'accepted', 90_000);
  expect(pair.alarmsAt(pair.to)).toContain('exchange.hub-went-back');
  expect(receivedAt()).toEqual([1, 2, 3, 4, 5, 6]);
  expect(deliveries()).toBe(6);
}, 180_000);

test('reconciliation names every planted difference, on both sides', async () => {
  await pair.stop('from');
  await pair.stop('to');
  const ids = inFile(pair.to, (db) =>
    db
      .prepare('SELECT id FROM ix_received ORDER BY channel_seq')
      .all()
      .map((row) => (row as { id: string }).id),
  );
  const [lost, altered, unknown] = ids;
  inFile(pair.to, (db) => {
    db.prepare('DELETE FROM ix_received WHERE id = ?').run(lost);
    db.prepare('UPDATE ix_received SET digest = ? WHERE id = ?').run('0'.repeat(64), altered);
  });
  inFile(pair.from, (db) => {
    db.prepare('DELETE FROM ix_parcel WHERE about = ?').run(unknown);
    markRestored(db, { since: now(), at: now() });
  });
  await pair.start('from');
  await pair.start('to');
  const named = (at: AgencyAtServer) => {
    const gateway = gatewayOf(at);
    const found = gateway
      .alarms()
      .filter(({ code }) =>
        ['exchange.not-received', 'exchange.other-bytes', 'exchange.not-sent'].includes(code),
      );
    gateway.close();
    return found.map(({ code, about }) => `${code} ${about}`);
  };
  const planted = [
    `exchange.not-received ${lost}`,
    `exchange.other-bytes ${altered}`,
    `exchange.not-sent ${unknown}`,
  ];
  for (const at of [pair.to, pair.from]) {
    await until('all three are named', () => planted.every((one) => named(at).includes(one)), 60_000);
  }
}, 120_000);
