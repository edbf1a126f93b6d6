import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '#electron/platform/clock.ts';
import { holidays } from '#electron/store/holidays.ts';
import { openDoor } from '#electron/sync/server-door.ts';
import { openSession } from '#electron/sync/session.ts';
import { createSnapshotTraffic } from '#electron/sync/snapshot-traffic.ts';
import { openSnapshots } from '#server/data/snapshots.ts';
import { agencyServer, openAgencyFolder, type AgencyFolder } from '#server/main.ts';
import { AppError, genesisHash, type Command } from '#shared/kernel/public.ts';
import type { AgencyServer } from '#shared/node/agency-log/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import {
  PageSchema,
  SnapshotSchema,
  pieceBytes,
  piecesOf,
  protocolVersion,
  type Page,
  type Snapshot,
  type SnapshotLine,
} from '#shared/sync/public.ts';
import {
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type DeskIdentity,
} from '../../support/agency-server.ts';
import { aSummary } from '../../support/builders.ts';

// So many that a desk is still at it when it is killed the second time.
const papers = 6000;
const at = agencyAtServer(20_462, ['clerk', 'officer', 'clerk']);
const kept = mkdtempSync(join(tmpdir(), 'Ấn Tín bản nhanh '));
let running: Awaited<ReturnType<AgencyAtServer['start']>>;
let [clerk, officer, second]: DeskIdentity[] = [];

beforeAll(async () => {
  fill(papers);
  running = await at.start();
  clerk = await enrolDesk(at, 'clerk');
  officer = await enrolDesk(at, 'officer');
  second = await enrolDesk(at, 'clerk', 1);
  await until('the snapshot is made', () => newest() !== null, 60_000);
}, 120_000);

async function stop(): Promise<void> {
  if (running.child.exitCode !== null || running.child.signalCode !== null) return;
  running.child.kill('SIGTERM');
  await once(running.child, 'exit');
}

afterAll(async () => {
  await stop();
  at.remove();
  rmSync(kept, { recursive: true, force: true });
});

/** Papers whose subjects no packing makes short. */
function fill(count: number): void {
  const folder = openAgencyFolder(at.data);
  const server = agencyServer({ folder, calendar: holidays });
  folder.log.transaction(() => {
    for (let n = 0; n < count; n += 1) {
      const summary = aSummary({ subject: randomBytes(350).toString('base64') });
      const command: Command = {
        id: systemClock.newId() as Command['id'],
        name: 'drafting.start',
        actor: at.agency.staff.officer.id,
        onBehalfOf: null,
        claimedAt: systemClock.now(),
        body: { documentId: systemClock.newId(), summary, repliesTo: null },
      };
      if (server.decide(command).entry.refusal !== null) throw new Error('Not taken');
    }
  });
  folder.close();
}

/** The newest snapshot of the papers that lies at the server. */
function newest(): Snapshot | null {
  const list = join(at.data, 'snapshots', 'shelf.json');
  if (!existsSync(list)) return null;
  const read = z.record(z.string(), z.array(SnapshotSchema)).parse(JSON.parse(readFileSync(list, 'utf8')));
  return read['agency']?.[0] ?? null;
}

function mustBeThere(): Snapshot {
  const found = newest();
  if (found === null) throw new Error('There is no snapshot');
  return found;
}

/** Every paper's state, as a database at `path` keeps it. */
function statesAt(path: string, key: Uint8Array): unknown {
  const db = openEncrypted({ path, key });
  const rows = db.prepare("SELECT id, state FROM aggregate WHERE kind = 'document' ORDER BY id").all();
  db.close();
  return rows;
}

function mine(one: DeskIdentity | undefined): DeskIdentity {
  if (one === undefined) throw new Error('Nobody was enrolled');
  return one;
}

async function bytesOut(): Promise<number> {
  const { server } = mine(clerk);
  const text = Buffer.from(await openDoor(server).get('/metrics', '')).toString();
  return Number(/antin_snapshot_bytes_out_total (?<bytes>\d+)/u.exec(text)?.groups?.['bytes'] ?? 0);
}

describe('a desk that has nothing', () => {
  test('fills itself from a snapshot, killed again and again, and no piece is fetched twice for it', async () => {
    const { device, server, personId, path, key } = mine(clerk);
    const told = JSON.stringify({
      agencyId: at.agencyId,
      personId,
      deviceId: device.id,
      key: device.key.export({ format: 'pem', type: 'pkcs8' }),
      server,
      path,
      dataKey: Buffer.from(key).toString('base64'),
    });
    const program = resolve(import.meta.dirname, '../../support/desk-process.ts');
    let [kills, killedInside] = [0, 0];
    for (let isDone = false; !isDone;) {
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, told], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const gone = once(child, 'exit');
      const patience = 2 + kills * 2;
      let busy = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        const { left } = JSON.parse(line) as { left: number | null };
        if (left !== null && left > 0) busy += 1;
        if (kills < 5 && busy >= patience) {
          killedInside += 1;
          child.kill('SIGKILL');
          break;
        }
      }
      const [code] = (await gone) as [number | null];
      isDone = code === 0;
      kills += 1;
      if (kills > 20) throw new Error('It never has everything');
    }
    expect(killedInside).toBeGreaterThan(1);
    const { size } = mustBeThere();
    // What was on its way when it was killed, on two lines at once, comes again; nothing else does.
    expect(piecesOf(size)).toBeGreaterThan(1);
    expect(await bytesOut()).toBeLessThanOrEqual(size + killedInside * 2 * pieceBytes);
    expect(await bytesOut()).toBeGreaterThanOrEqual(size);
    const desk = startDesk(at, mine(clerk));
    expect(desk.db.prepare('SELECT count(*) AS n FROM document').get()).toEqual({ n: papers });
    expect(desk.db.pragma('integrity_check', { simple: true })).toBe('ok');
    await desk.stop();
    const serverKey = readFileSync(join(at.data, 'server.key'));
    expect(statesAt(path, key)).toEqual(statesAt(join(at.data, 'agency.db'), serverKey));
  }, 240_000);

  test('nobody is given a scope they may not read, not even by its name', async () => {
    const { hash } = mustBeThere();
    for (const [who, scope, isGiven] of [
      [second, 'agency', true],
      [officer, 'agency', false],
      [officer, 'directory', false],
      [officer, `person:${at.agency.staff.clerk.id}`, false],
      [second, 'directory', false],
    ] as const) {
      const { device, server } = mine(who);
      const door = openDoor(server);
      const token = await openSession(door, { agencyId: at.agencyId, device });
      const asked = door.get(`/v1/snapshots/${hash}/0?scope=${encodeURIComponent(scope)}`, token).then(
        (bytes) => bytes.length,
        (error: unknown) => (error as AppError).code,
      );
      expect(await asked).toBe(isGiven ? pieceBytes : 'server.no-such-file');
    }
    const door = openDoor(mine(second).server);
    await expect(door.get(`/v1/snapshots/${hash}/0?scope=agency`, 'x'.repeat(43))).rejects.toMatchObject({
      code: 'server.no-session',
    });
  });
});

test('it is offered to who takes snapshots and may read the scope; one person’s own goes by pages', async () => {
  const offered = async (who: DeskIdentity | undefined, takes: object) => {
    const { device, server } = mine(who);
    const door = openDoor(server);
    const token = await openSession(door, { agencyId: at.agencyId, device });
    const request = {
      version: protocolVersion,
      agencyId: at.agencyId,
      device: device.id,
      known: {},
      limit: 10,
    };
    const page = await door.post('/v1/pull', { ...request, ...takes }, PageSchema, token);
    return Object.entries(page.scopes).flatMap(([scope, { snapshot, items }]) =>
      snapshot === undefined ? [] : [{ scope, n: snapshot.n, items: items.length }],
    );
  };
  expect(await offered(second, { snapshots: true })).toEqual([{ scope: 'agency', n: papers, items: 0 }]);
  expect(await offered(second, {})).toEqual([]);
  expect(await offered(officer, { snapshots: true })).toEqual([]);
});

describe('a snapshot that comes from nearby', () => {
  let folder: AgencyFolder;
  let server: AgencyServer;
  beforeAll(async () => {
    await stop();
    folder = openAgencyFolder(at.data);
    server = agencyServer({ folder, calendar: holidays });
  });
  afterAll(() => {
    folder.close();
  });

  /** The papers' snapshot, with lines that may be changed, and what reads a piece of it. */
  async function shelf(changed: (line: SnapshotLine, after: number) => SnapshotLine) {
    const snapshots = openSnapshots({
      folder: join(kept, systemClock.newId()),
      dataKey: mine(second).key,
      onFault: (code) => expect.fail(code),
    });
    snapshots.begin({
      scopeHead: (scope) => Promise.resolve(server.scopeHead(scope)),
      stretchOf: (scope, after, most) =>
        Promise.resolve(changed(server.stretchOf(scope, after, most), after)),
    });
    await snapshots.freshen('agency');
    const made = snapshots.newestOf('agency');
    if (made === null) throw new Error('It was not made');
    return { made, read: (piece: number) => snapshots.read(made.hash, piece) };
  }

  /** A desk that has nothing, and what fills it by pieces. */
  function filling(get: (piece: number) => Promise<Uint8Array>) {
    const { device, personId, key } = mine(second);
    const path = join(kept, `${systemClock.newId()}.db`);
    const nowhere = { url: 'https://127.0.0.1:9', authority: '' };
    const desk = startDesk(at, { device, personId, path, key, server: nowhere });
    const faults: unknown[] = [];
    const traffic = createSnapshotTraffic({
      folder: `${path}.snapshots`,
      dataKey: key,
      desk: desk.desk,
      door: {
        ...openDoor(nowhere),
        get: (asked) => get(Number(/\/(?<piece>\d+)\?/u.exec(asked)?.groups?.['piece'])),
      },
      withSession: (work) => work(''),
      isOver: () => false,
      came: () => undefined,
      onFault: (error) => faults.push(error),
    });
    return { desk, traffic, faults, path, key };
  }

  test('is laid on while it comes; where the line breaks, what came stays and is not asked for again', async () => {
    const { made, read } = await shelf((line) => line);
    const last = piecesOf(made.size) - 1;
    expect(last).toBeGreaterThan(0);
    const asked: number[] = [];
    let isBroken = true;
    const begun = () => desk.desk.scopeHead('agency').n;
    const { desk, traffic, faults } = filling(async (piece) => {
      asked.push(piece);
      if (piece === last && isBroken) {
        await until('the first lines are laid on', () => begun() > 0);
        throw new AppError('sync.server-away', { host: 'xa' });
      }
      return read(piece);
    });
    try {
      await expect(traffic.take(pageWith(made))).rejects.toMatchObject({ code: 'sync.server-away' });
      expect(begun()).toBeGreaterThan(0);
      expect(begun()).toBeLessThan(papers);
      isBroken = false;
      await traffic.take(pageWith(made));
      expect(faults).toEqual([]);
      expect(begun()).toBe(papers);
      expect(asked.toSorted((a, b) => a - b)).toEqual([
        ...Array.from({ length: last + 1 }, (_none, n) => n),
        last,
      ]);
    } finally {
      await desk.stop();
    }
  });

  const lies: readonly (readonly [string, (line: SnapshotLine) => SnapshotLine])[] = [
    ['an act is another', (line) => ({ ...line, entries: line.entries.map(anotherTime) })],
    ['a place is left out', (line) => ({ ...line, items: line.items.filter((_item, place) => place !== 7) })],
    ['a scope sees less', (line) => ({ ...line, items: line.items.map((item) => ({ ...item, sees: [] })) })],
    ['an entry is missing', (line) => ({ ...line, entries: line.entries.slice(1) })],
  ];

  test.each(lies)(
    '%s: it is said, dropped, and everything comes by pages',
    async (_what, spoilt) => {
      // The first lines are as they should be.
      const { made, read } = await shelf((line, after) => (after < 1000 ? line : spoilt(line)));
      const { desk, traffic, faults, path, key } = filling(read);
      try {
        await traffic.take(pageWith(made));
        expect(traffic.wanted()).toBe(false);
        expect(faults).toMatchObject([{ code: 'sync.snapshot-spoilt' }]);
        expect(desk.desk.scopeHead('agency').n).toBeGreaterThanOrEqual(1000);
        for (let more = true; more;) {
          const page = server.pull(desk.desk.nextPull(1000));
          if ('stopped' in page) throw new Error(page.stopped);
          desk.desk.pulled({ ...page, lastDseq: 1 });
          more = page.more;
        }
      } finally {
        await desk.stop();
      }
      const serverKey = readFileSync(join(at.data, 'server.key'));
      expect(statesAt(path, key)).toEqual(statesAt(join(at.data, 'agency.db'), serverKey));
    },
    120_000,
  );
});

type Line = SnapshotLine['entries'][number];

function anotherTime({ before, entry }: Line): Line {
  return { before, entry: { ...entry, recordedAt: '2020-01-01T00:00:00.000Z' as typeof entry.recordedAt } };
}

function pageWith(snapshot: Snapshot): Page {
  const base = { n: 0, hash: genesisHash };
  return {
    scopes: { agency: { base, items: [], stable: base, snapshot } },
    entries: [],
    more: true,
    left: snapshot.n,
    lastDseq: 1,
  };
}
