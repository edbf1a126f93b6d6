import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readState } from '#electron/store/read-state.ts';
import { migrateHub, restoreAgency, restoreHub, hubVersionsIn, versionsIn } from '#server/main.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import { deliveryId } from '#shared/exchange/public.ts';
import type { ConsignmentId } from '#shared/kernel/public.ts';
import { openEncrypted, type WriteDb } from '#shared/node/sqlite/public.ts';
import { agencyAtServer, startServerOn, until, type AgencyAtServer } from '../../support/agency-server.ts';
import { someFields } from '../../support/builders.ts';
import { consignmentId } from '../../support/exchange.ts';
import { openPair, portsFrom, type JoinedPair } from '../../support/joined-pair.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';
import { ended, gatewayOf, moveToDatabase, somePages } from '../../support/two-agencies.ts';

const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');
const place = mkdtempSync(join(tmpdir(), 'Ấn Tín liên thông '));
let postgres: OwnPostgres;
/** A second database, for what is brought back. */
let another: string;
let pair: JoinedPair;
/** What was sent and has to be there, once. */
const sent: ConsignmentId[] = [];
beforeAll(async () => {
  postgres = await ownPostgres();
  postgres.sql('CREATE DATABASE another');
  another = postgres.url.replace('/postgres?', '/another?');
  pair = await openPair(portsFrom(20_540), somePages(14), postgres.url);
}, 120_000);
afterAll(async () => {
  await pair.close();
  await postgres.remove();
  rmSync(place, { recursive: true, force: true });
});

function send(...given: Parameters<JoinedPair['send']>): ConsignmentId {
  const id = pair.send(...given);
  sent.push(id);
  return id;
}

const has = (id: ConsignmentId, state: string) =>
  until(`${id} is ${state}`, () => pair.ledger(id)?.state === state, 60_000);

function fromGateway<Result>(
  at: AgencyAtServer,
  ask: (gateway: ReturnType<typeof gatewayOf>) => Result,
): Result {
  const gateway = gatewayOf(at);
  try {
    return ask(gateway);
  } finally {
    gateway.close();
  }
}

/** The bytes that were signed for the other agency, by their digest; null as long as they are not sealed. */
const sealedAs = (id: ConsignmentId) =>
  fromGateway(pair.from, (one) => one.digestOfSent(pair.to.agencyId, id));
const receivedAs = (id: ConsignmentId) =>
  fromGateway(pair.to, (one) => one.received(pair.from.agencyId, id)?.digest ?? null);

function fromFolder<Result>({ data }: AgencyAtServer, ask: (db: WriteDb) => Result): Result {
  const db = openEncrypted({ path: join(data, 'agency.db'), key: readFileSync(join(data, 'server.key')) });
  try {
    return ask(db);
  } finally {
    db.close();
  }
}

async function rows(url: string, sql: string, ...values: readonly string[]): Promise<readonly unknown[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' }, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** Everything that was sent is in the other agency once, in one series without a gap, and nobody was shown other bytes. */
async function everythingOnce(): Promise<void> {
  const delivered = await rows(
    postgres.url,
    "SELECT id FROM aggregate WHERE agency_id = $1 AND kind = 'delivery'",
    pair.to.agencyId,
  );
  expect(new Set(delivered.map(([id]) => id))).toEqual(
    new Set(sent.map((id) => deliveryId(pair.from.agencyId, id))),
  );
  const seqs = fromGateway(pair.to, (one) => one.seqsFrom(pair.from.agencyId)).toSorted((a, b) => a - b);
  expect(seqs).toEqual(seqs.map((_seq, n) => n + 1));
  expect(pair.alarmsAt(pair.to)).not.toContain('exchange.other-bytes');
  for (const id of sent) expect(receivedAs(id)).toBe(sealedAs(id));
}

test('a document goes over, is answered, taken back, refused and replaced', async () => {
  const first = send(0);
  await has(first, 'arrived');
  const came = await pair.arrived(first);
  expect(Buffer.from(await pair.pageOf(first)).equals(pair.papers[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  pair.receiver.give('documents.registerIncoming', {
    documentId: came.id,
    fields: someFields({ issuedOn: null }),
    presentTo: pair.to.agency.staff.head.id,
  });
  await has(first, 'accepted');
  expect(pair.ledger(first)?.arrival).toMatchObject({ number: 1 });
  const [paper] = pair.papers;
  pair.sender.give('exchange.askBack', {
    documentId: paper?.documentId,
    consignments: [{ id: first, message: consignmentId() }],
    reason: 'Sai số liệu',
  });
  await until('the clerk is asked', () => pair.delivery(first)?.recall?.answer === null, 40_000);
  pair.receiver.give('exchange.answerRecall', {
    deliveryId: deliveryId(pair.from.agencyId, first),
    documentId: came.id,
    message: pair.delivery(first)?.recall?.message,
    agree: true,
    words: '',
    tasks: [],
  });
  await has(first, 'withdrawn');
  expect(readState(pair.receiver.db, documentAggregate, came.id)?.state).toBe('recalled');

  const second = send(1);
  pair.receiver.give('exchange.returnDelivery', {
    deliveryId: deliveryId(pair.from.agencyId, second),
    documentId: (await pair.arrived(second)).id,
    code: 'wrong-place',
    words: 'Không thuộc thẩm quyền',
  });
  await has(second, 'refused');

  const third = send(2);
  await has(third, 'arrived');
  const document = pair.papers[2]?.documentId;
  if (document === undefined) throw new Error('Too few papers');
  const fourth = send(3, { refs: [third], succeeds: { how: 'replaces', document } });
  await has(fourth, 'arrived');
  await until('the old one says so', () => pair.delivery(third)?.succeededBy.length === 1, 40_000);
}, 120_000);

test('gateway, hub and database are killed in the middle, and everything goes over once with the same bytes', async () => {
  await pair.stop('hub', 'SIGKILL');
  const id = send(4);
  await until('it is sealed', () => sealedAs(id) !== null, 20_000);
  const sealed = sealedAs(id);
  await pair.stop('from', 'SIGKILL');
  await postgres.kill();
  await postgres.start();
  await pair.start('hub');
  await pair.stop('to', 'SIGKILL');
  await pair.start('to');
  await pair.start('from');
  await has(id, 'arrived');
  expect([receivedAs(id), sealedAs(id)]).toEqual([sealed, sealed]);
  expect(await rows(postgres.url, 'SELECT hash FROM hub_parcel WHERE id = $1', id)).toHaveLength(1);
  await everythingOnce();
}, 120_000);

/** What has to be copied by hand to another machine; the rest is in the database. */
function bareCopy(name: string): string {
  const data = join(place, name);
  mkdirSync(data);
  const files = ['server.json', 'server.key', 'tls.json', 'exchange.json', 'exchange.keys', 'blobs'];
  for (const one of files) cpSync(join(pair.from.data, one), join(data, one), { recursive: true });
  return data;
}

test('another machine takes over and sends what was sealed before, in the very bytes; the first one stops', async () => {
  await pair.stop('from');
  const first = await pair.start('from');
  await pair.stop('hub', 'SIGKILL');
  const id = send(5);
  await until('it is sealed', () => sealedAs(id) !== null, 20_000);
  const sealed = sealedAs(id);
  const gone = once(first, 'exit');
  const over = ['--database-url', postgres.url];
  const { child } = await startServerOn(bareCopy('máy sau'), 20_543, over);
  const next = send(13); // Its server decides nothing any more; the desk keeps it.
  expect(await gone).toEqual([1, null]);
  await pair.start('hub');
  await until('it is there', () => receivedAs(id) !== null, 40_000);
  expect(receivedAs(id)).toBe(sealed);
  await ended(child);
  await pair.start('from');
  for (const one of [id, next]) await has(one, 'arrived');
  await everythingOnce();
}, 120_000);

test('a folder that lost its file and its sealed parts has all of it again', async () => {
  await pair.stop('hub', 'SIGKILL');
  const id = send(6);
  await until('it is sealed', () => sealedAs(id) !== null, 20_000);
  const sealed = sealedAs(id);
  await pair.stop('from', 'SIGKILL');
  for (const name of ['agency.db', 'agency.db-wal', 'agency.db-shm', 'exchange']) {
    rmSync(join(pair.from.data, name), { recursive: true, force: true });
  }
  await pair.start('from');
  expect(sealedAs(id)).toBe(sealed);
  await pair.start('hub');
  await has(id, 'arrived');
  await everythingOnce();
}, 120_000);

test('an agency whose log is in a database joins, and compares codes, by the commands', async () => {
  const at = agencyAtServer(20_544, []);
  try {
    await moveToDatabase(at, postgres.url);
    const antin = (act: string, ...more: readonly string[]): unknown => {
      const over = ['--data', at.data, '--database-url', postgres.url, '--json'];
      const args = [program, 'serve', act, ...over, ...more];
      const done = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 30_000 });
      if (done.status !== 0) throw new Error(`antin serve ${act}: ${done.stderr}`);
      return done.stdout.startsWith('{') || done.stdout.startsWith('[') ? JSON.parse(done.stdout) : null;
    };
    const InvitationSchema = z.object({ invitation: z.string() });
    const told = pair.hub.serve('hub-invite', '--url', pair.hub.url);
    const { invitation } = InvitationSchema.parse(JSON.parse(told));
    const { code } = z.object({ code: z.string() }).parse(antin('connect', '--invitation', invitation));
    pair.hub.serve('admit', '--agency', at.agencyId, '--code', code);
    const { child } = await at.start('--database-url', postgres.url);
    const met = async () =>
      rows(postgres.url, "SELECT id FROM aggregate WHERE agency_id = $1 AND kind = 'peer'", at.agencyId);
    while ((await met()).length < 3) await setTimeout(100);
    await ended(child);
    const PeersSchema = z.array(z.object({ id: z.string(), state: z.string(), code: z.string() }));
    const peer = () => PeersSchema.parse(antin('peers')).find(({ id }) => id === pair.to.agencyId);
    expect(peer()?.state).toBe('met');
    antin('confirm', '--agency', pair.to.agencyId, '--code', peer()?.code ?? '');
    expect(peer()?.state).toBe('confirmed');
  } finally {
    at.remove();
  }
}, 60_000);

test('an agency brought back from a copy of its folder asks before it sends, and goes on', async () => {
  const to = join(place, 'bản sao cơ quan');
  const key = readFileSync(join(pair.from.data, 'server.key'));
  await pair.stop('from');
  await pair.start('from', '--backup-to', to);
  await has(send(7), 'arrived');
  await pair.stop('from');
  await pair.start('from');
  await has(send(8), 'arrived');
  await pair.stop('from', 'SIGKILL');
  rmSync(pair.from.data, { recursive: true });
  const version = versionsIn(to).at(-1) ?? '';
  await restoreAgency({ from: version, data: pair.from.data, key, elsewhere: null });
  const orphans = fromFolder(pair.from, (db) =>
    db
      .prepare(
        `SELECT about FROM ix_outbox WHERE what = 'envelope' AND about NOT IN
           (SELECT id FROM aggregate WHERE kind = 'consignment')`,
      )
      .all(),
  );
  expect(orphans).toEqual([]); // The copy was of one moment: nothing is owed that was not decided.
  await moveToDatabase(pair.from, another);
  await pair.start('from', '--database-url', another);
  await has(send(9), 'arrived');
  await until('a desk brought back what came after', () => sealedAs(lastBut(1)) !== null, 60_000);
  await has(lastBut(1), 'arrived');
  expect(pair.alarmsAt(pair.from)).toContain('exchange.series-behind');
  // What they have was written down before they counted as heard: else it could have been sealed anew between the two.
  const written = await rows(
    another,
    `SELECT kind FROM exchange_note WHERE agency_id = $1
       AND (kind = 'keepTheirs' OR (kind = 'heard' AND given LIKE '%true%')) ORDER BY n`,
    pair.from.agencyId,
  );
  expect([written[0], new Set(written.flat())]).toEqual([['keepTheirs'], new Set(['keepTheirs', 'heard'])]);
  await everythingOnce();
}, 180_000);

const lastBut = (n: number): ConsignmentId => {
  const id = sent.at(-1 - n);
  if (id === undefined) throw new Error('Nothing was sent');
  return id;
};

test('a hub brought back from a copy is offered what it lost, and nothing comes twice', async () => {
  const to = join(place, 'bản sao trục');
  const key = readFileSync(join(pair.hub.data, 'server.key'));
  await pair.stop('hub');
  await pair.start('hub', '--backup-to', to);
  await has(send(10), 'arrived');
  await pair.stop('hub');
  await pair.start('hub');
  await has(send(11), 'arrived');
  await pair.stop('hub', 'SIGKILL');
  rmSync(pair.hub.data, { recursive: true });
  const version = hubVersionsIn(to).at(-1) ?? '';
  await restoreHub({ from: version, data: pair.hub.data, key, elsewhere: null });
  await migrateHub(pair.hub.data, { databaseUrl: another, elsewhere: null });
  await pair.start('hub', '--database-url', another);
  await until('it is noticed', () => pair.alarmsAt(pair.to).includes('exchange.hub-went-back'), 60_000);
  await has(send(12), 'arrived');
  await everythingOnce();
}, 120_000);
