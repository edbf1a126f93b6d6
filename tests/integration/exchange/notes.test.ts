import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { holidays } from '#electron/store/holidays.ts';
import { openByEngine, type ByEngine } from '#server/log/by-engine.ts';
import type { PostgresStore } from '#server/log/postgres-store.ts';
import { serveDatabase } from '#server/log/serving.ts';
import { migrate, openAgencyFolder, openPostgres, type AgencyFolder } from '#server/main.ts';
import { instantFrom, type AgencyId } from '#shared/kernel/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import { exchangeInFile, noteOf, type Exchange } from '#shared/node/exchange/public.ts';
import { agencyAtServer, type AgencyAtServer } from '../../support/agency-server.ts';
import { hashOf, ids } from '../../support/builders.ts';
import { consignmentId } from '../../support/exchange.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';
import { chanceOf } from '../../simulation/chance.ts';

const home = mkdtempSync(join(tmpdir(), 'Ấn Tín ghi chú '));
let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(async () => {
  await postgres.remove();
  rmSync(home, { recursive: true, force: true });
});

let at: AgencyAtServer;
let closing: (() => void | Promise<void>)[];
let port = 20_560;
beforeEach(() => {
  port += 1;
  at = agencyAtServer(port, []);
  closing = [];
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  at.remove();
});

/** The hub whose mailbox is collected. */
const hub = hashOf(1);

const nobody = () => Promise.resolve({ has: () => false, letGo: () => undefined });

function folderAt(data: string): AgencyFolder {
  const folder = openAgencyFolder(data);
  closing.push(folder.close);
  return folder;
}

async function database(): Promise<PostgresStore> {
  const store = await openPostgres(postgres.url, at.agencyId);
  closing.push(store.close);
  return store;
}

const partsOf = (agencyId: AgencyId) => ({
  agencyId,
  calendar: holidays,
  files: nobody,
  isShown: () => false,
});

/** A server over the database, from a folder. */
async function serveFrom(folder: AgencyFolder, store: PostgresStore): Promise<ByEngine> {
  return openByEngine(folder, store, partsOf(at.agencyId));
}

/** The folder of another machine: what has to be copied by hand, and nothing else. */
function bareCopy(name: string): string {
  const data = join(home, `${name} ${port}`);
  mkdirSync(data);
  for (const file of ['server.json', 'server.key', 'tls.json']) cpSync(join(at.data, file), join(data, file));
  return data;
}

const tables = [
  'ix_outbox',
  'ix_parcel',
  'ix_received',
  'ix_evidence',
  'ix_hub_place',
  'ix_alarm',
  'ix_aside',
  'ix_restored',
  'ix_heard',
  'ix_theirs',
  'ix_line_message',
];

/** All that is kept for good; when something is tried next is each machine's own affair. */
function keptIn({ db }: AgencyFolder): Readonly<Record<string, readonly unknown[]>> {
  const without = (row: object) => ({ ...row, next_at: 0, tries: 0 });
  return Object.fromEntries(
    tables.map((table) => [
      table,
      db
        .prepare(`SELECT * FROM ${table}`)
        .all()
        .map((row) => without(row as object)),
    ]),
  );
}

/** Some days of a gateway, drawn by chance. */
async function live(exchange: Exchange, seed: number, steps: number): Promise<void> {
  const chance = chanceOf(seed);
  const below = (most: number) => Math.floor(chance() * most);
  const peers = [ids.agency(), ids.agency()];
  const known: string[] = [];
  const pick = () => known[below(known.length)] ?? consignmentId();
  const peer = () => peers[below(2)] as AgencyId;
  for (let step = 0; step < steps; step += 1) {
    const [id, to] = [consignmentId(), peer()];
    const digest = hashOf(1000 + step);
    const day = `2026-11-0${1 + below(8)}`;
    const acts: (() => Promise<void>)[] = [
      () => exchange.owe({ key: `envelope:${id}`, what: 'envelope', peer: to, about: id, body: { id } }),
      () => exchange.owe({ key: `envelope:${pick()}`, what: 'envelope', peer: to, about: id, body: {} }),
      () => exchange.numberAll(exchange.owed(1e15).map((row) => ({ n: row.n, peer: row.peer }))),
      async () => {
        const [row] = exchange.owed(1e15);
        if (row === undefined) return;
        const { n, what, about } = row;
        await exchange.keepSealed(n, { id: about, what, peer: row.peer, about, day, digest, parcel: '{}' });
        known.push(about);
      },
      async () => {
        const [row] = exchange.owed(1e15);
        if (row === undefined || row.what === 'statement') return;
        const { n, what, about } = row;
        const name = { id: `line ${about}`, line: 'tinh', documentId: `tên ${step}`, address: 'H01' };
        await exchange.keepWritten(n, { ...name, what, peer: row.peer, about, hash: digest, size: step });
        known.push(about);
      },
      () => exchange.lineHanded(`line ${pick()}`, below(2) === 1),
      () => exchange.lineAnswered(pick()),
      () => exchange.lineLost(`line ${pick()}`),
      () =>
        exchange.handed([{ id: pick(), awaitsReceipt: below(2) === 1 }], { nowMs: step, nextMs: step + 5 }),
      () => exchange.answered(to, pick()),
      () => exchange.offerAgain(to, pick()),
      () => exchange.handAllAgain(step - 20),
      () => exchange.keepReceived({ sender: to, id, digest, seq: step, day, content: 'Nội dung ‘x’ \u0000' }),
      () => exchange.keepEvidence({ id, sender: to, about: pick(), content: '{}' }),
      () =>
        exchange.setAside({ sender: to, id: `${below(5)}`, parcel: '{}', tries: 1 + below(9), nextMs: step }),
      () => exchange.takenUp(to, `${below(5)}`),
      () => exchange.moveTo(hashOf(below(2)), step, `${id} x`),
      () =>
        exchange.alarm({
          key: `k${below(9)}`,
          at: instantFrom(step),
          code: 'exchange.gap',
          peer: to,
          about: null,
        }),
      () => exchange.heard(to, below(30), below(2) === 1),
      () => exchange.keepTheirs(to, pick(), digest),
      () => exchange.adopt({ id, what: 'envelope', peer: to, about: id, day, digest }),
      () => exchange.replay(to, pick()),
    ];
    await acts[below(acts.length)]?.();
  }
}

test('what the gateway writes over a database comes to what it comes to in a file, and comes again out of the database', async () => {
  const file = folderAt(agencyFile());
  await live(exchangeInFile(file.exchange), 5, 250);
  const folder = folderAt(at.data);
  const store = await database();
  await migrate(folder, store);
  const { exchange } = await serveFrom(folder, store);
  await live(exchange, 5, 250);
  expect(keptIn(file)['ix_parcel']?.length).toBeGreaterThan(5);
  expect(shapeOf(keptIn(folder))).toEqual(shapeOf(keptIn(file)));
  // The folder is lost: another one has all of it out of the notes.
  const other = folderAt(bareCopy('thư mục khác'));
  await serveFrom(other, store);
  expect(keptIn(other)).toEqual(keptIn(folder));
}, 60_000);

/** A second agency's folder, for the same days in a file of its own. */
function agencyFile(): string {
  const other = agencyAtServer(port + 100, []);
  closing.push(other.remove);
  return other.data;
}

/** How much of everything there is, whatever it is called. */
function shapeOf(kept: ReturnType<typeof keptIn>): unknown {
  return Object.entries(kept).map(([table, rows]) => [
    table,
    rows.length,
    rows
      .map((row) => {
        const { state, sealed, channel_seq: seq, handed_at: handed } = row as Record<string, unknown>;
        return JSON.stringify([state, sealed, seq, handed]);
      })
      .toSorted(),
  ]);
}

test('a file moves to a database with all its gateway kept, and that comes again too', async () => {
  const folder = folderAt(at.data);
  await live(exchangeInFile(folder.exchange), 8, 200);
  const before = keptIn(folder);
  const store = await database();
  await migrate(folder, store);
  await migrate(folder, store); // Run again, nothing is there twice.
  const other = folderAt(bareCopy('chuyển'));
  const { exchange } = await serveFrom(other, store);
  expect(keptIn(other)).toEqual(before);
  await exchange.moveTo(hub, 77, 'sau khi chuyển');
  // The first folder goes on from where it was.
  await serveFrom(folder, store);
  expect(folder.exchange.place(hub)).toEqual({ after: 77, known: 'sau khi chuyển' });
}, 60_000);

test('what was noted and not yet taken in when the server died counts when it starts again', async () => {
  const folder = folderAt(at.data);
  const store = await database();
  await migrate(folder, store);
  const dying = await serveDatabase(store, partsOf(at.agencyId));
  await dying.note(noteOf('moveTo', [hub, 5, 'đã ghi, chưa nhận']));
  expect(folder.exchange.place(hub).after).toBe(0);
  await serveFrom(folder, store);
  expect(folder.exchange.place(hub)).toEqual({ after: 5, known: 'đã ghi, chưa nhận' });
});

test('a server that was overtaken writes no note, and its file stays as it was', async () => {
  const folder = folderAt(at.data);
  const store = await database();
  await migrate(folder, store);
  const first = await serveFrom(folder, store);
  await first.exchange.moveTo(hub, 1, 'trước');
  const other = folderAt(bareCopy('máy sau'));
  const second = await serveFrom(other, await database());
  await expect(first.exchange.moveTo(hub, 2, 'quá muộn')).rejects.toThrow(Fenced);
  expect(folder.exchange.place(hub).known).toBe('trước');
  await second.exchange.moveTo(hub, 3, 'máy sau');
  expect(other.exchange.place(hub).after).toBe(3);
});

test('a database that went back behind its folder is noticed before anything is sent', async () => {
  const folder = folderAt(at.data);
  const store = await database();
  await migrate(folder, store);
  const { exchange } = await serveFrom(folder, store);
  for (const n of [1, 2, 3]) await exchange.moveTo(hub, n, `chỗ ${n}`);
  postgres.sql(`DELETE FROM exchange_note WHERE agency_id = '${at.agencyId}' AND given LIKE '%chỗ 3%'`);
  await expect(serveFrom(folder, store)).rejects.toMatchObject({ code: 'server.copy-apart' });
  // Another story in its place is not the same one either.
  const bare = folderAt(bareCopy('chuyện khác'));
  const { exchange: other } = await serveFrom(bare, store);
  await other.moveTo(hub, 9, 'chuyện khác');
  await expect(serveFrom(folder, store)).rejects.toMatchObject({ code: 'server.copy-apart' });
  expect(folder.exchange.place(hub).known).toBe('chỗ 3');
});
