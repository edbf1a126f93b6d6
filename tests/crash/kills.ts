import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { openPostgres } from '#server/main.ts';
import type { ChainedEntry } from '#shared/kernel/public.ts';
import { sqliteAgencyLog } from '#shared/node/agency-log/public.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { chanceOf } from '../simulation/chance.ts';
import {
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type DeskIdentity,
} from '../support/agency-server.ts';
import { ownPostgres, type OwnPostgres } from '../support/postgres.ts';
import { everyReadModel } from '../support/read-models.ts';
import { killHard } from '../support/started-office.ts';
import { identityText } from './desk-process.ts';

export type KillOrder = Readonly<{
  engine: 'sqlite' | 'postgres';
  /** How often the server (or the database under it) is killed, and how often a desk. */
  serverRounds: number;
  deskRounds: number;
  desks: number;
  port: number;
  seed: number;
  say: (line: string) => void;
}>;

export type KillReport = Readonly<{
  engine: KillOrder['engine'];
  serverKills: number;
  backendKills: number;
  databaseKills: number;
  deskKills: number;
  given: number;
  decided: number;
  faults: readonly string[];
}>;

const program = resolve(import.meta.dirname, '../../cli/antin.mjs');
const deskProgram = resolve(import.meta.dirname, 'desk-process.ts');
const restMs = 60;
const settleMs = 300_000;

/** What a desk said, kept where none of the killed can reach it. */
type Witness = { readonly given: string[]; readonly decided: Map<string, number> };
type Seat = { readonly identity: DeskIdentity; readonly witness: Witness; child: ChildProcess | null };

/**
 * Kills a server, the database under it and its desks with SIGKILL in the middle of their work, again and again; what a
 * witness beside them heard acknowledged has to be there afterwards, once, in its place.
 */
export async function playKills(order: KillOrder): Promise<KillReport> {
  const { engine, port } = order;
  const at = agencyAtServer(
    port,
    Array.from({ length: order.desks }, () => 'clerk' as const),
  );
  const postgres = engine === 'postgres' ? await ownPostgres() : null;
  if (postgres !== null) moveLog(at, postgres);
  const kills = { serverKills: 0, backendKills: 0, databaseKills: 0, deskKills: 0 };
  const scene: Scene = {
    order,
    at,
    postgres,
    seats: [],
    kills,
    faults: [],
    chance: chanceOf(order.seed),
    server: await startServer(at, postgres),
  };
  const { seats, faults } = scene;
  try {
    for (let place = 0; place < order.desks; place += 1) {
      const identity = await enrolDesk(at, 'clerk', place);
      seats.push({ identity, witness: { given: [], decided: new Map() }, child: null });
    }
    await Promise.all(seats.map((seat) => startSeat(at, seat)));
    await killServers(scene);
    await Promise.all(seats.map((seat, place) => killDesk(scene, seat, place)));
    await settle(at, seats);
    scene.server.child.kill('SIGTERM');
    await once(scene.server.child, 'exit');
    faults.push(...(await serverFaults({ at, postgres, seats, whole: true })));
    for (const seat of seats) faults.push(...deskFaults(seat, true), ...projectionFaults(at, seat));
    const given = seats.reduce((sum, { witness }) => sum + witness.given.length, 0);
    const decided = seats.reduce((sum, { witness }) => sum + witness.decided.size, 0);
    return { engine, ...kills, given, decided, faults };
  } finally {
    for (const { child } of seats) if (child?.exitCode === null) child.kill('SIGKILL');
    if (scene.server.child.exitCode === null) scene.server.child.kill('SIGKILL');
    await postgres?.remove();
    at.remove();
  }
}

type Scene = {
  readonly order: KillOrder;
  readonly at: AgencyAtServer;
  readonly postgres: OwnPostgres | null;
  readonly seats: Seat[];
  readonly kills: { serverKills: number; backendKills: number; databaseKills: number; deskKills: number };
  readonly faults: string[];
  readonly chance: () => number;
  server: Awaited<ReturnType<typeof startServer>>;
};

/** The server dies, or a process of the database under it, or all of the database; the desks work on. */
async function killServers(scene: Scene): Promise<void> {
  const { order, at, postgres, seats, kills, faults, chance } = scene;
  for (let round = 0; round < order.serverRounds; round += 1) {
    await progress(seats, round);
    await pause(30 + chance() * 250);
    if (postgres === null || round % 3 === 0) {
      await killHard(scene.server.child);
      kills.serverKills += 1;
      faults.push(...(await serverFaults({ at, postgres, seats })));
      scene.server = await startServer(at, postgres);
    } else if (round % 3 === 1) kills.backendKills += await killBackend(postgres);
    else {
      await postgres.kill();
      await postgres.start();
      kills.databaseKills += 1;
    }
    if (round % 20 === 19) order.say(`${order.engine}: ${round + 1} kills of the server`);
  }
}

/** One desk dies again and again, while the others do too. */
async function killDesk(
  { order, at, kills, faults, chance }: Scene,
  seat: Seat,
  place: number,
): Promise<void> {
  for (let round = place; round < order.deskRounds; round += order.desks) {
    await pause(20 + chance() * 200);
    if (seat.child !== null) await killHard(seat.child);
    kills.deskKills += 1;
    faults.push(...deskFaults(seat, round % 25 < order.desks));
    if (kills.deskKills % 100 === 0) order.say(`${order.engine}: ${kills.deskKills} kills of desks`);
    await startSeat(at, seat);
  }
  if (seat.child !== null) await killHard(seat.child);
}

function startServer(at: AgencyAtServer, postgres: OwnPostgres | null) {
  return postgres === null ? at.start() : at.start('--database-url', postgres.url);
}

function moveLog(at: AgencyAtServer, postgres: OwnPostgres): void {
  const args = ['--data', at.data, '--database-url', postgres.url, '--json'];
  const moved = spawnSync(process.execPath, [program, 'serve', 'migrate', ...args], { encoding: 'utf8' });
  if (moved.status !== 0) throw new Error(`The log did not move: ${moved.stderr}`);
}

/** Starts a desk's process and writes down what it says, until it is gone. */
async function startSeat({ agencyId }: AgencyAtServer, seat: Seat): Promise<void> {
  const child = spawn(process.execPath, [deskProgram, identityText(agencyId, seat.identity, restMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  seat.child = child;
  const { promise: ready, resolve: isReady } = Promise.withResolvers<void>();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [what = '', id = '', seq = ''] = line.split(' ');
    if (what === 'given') seat.witness.given.push(id);
    if (what === 'decided') seat.witness.decided.set(id, Number(seq));
    if (what === 'ready') isReady();
  });
  child.once('exit', () => {
    isReady();
  });
  await ready;
}

/** Something has to be decided between two kills: else nothing would be proved. */
async function progress(seats: readonly Seat[], round: number): Promise<void> {
  const sum = () => seats.reduce((all, { witness }) => all + witness.decided.size, 0);
  const before = sum();
  await until(`something is decided before kill ${round}`, () => sum() > before, settleMs);
}

/** One of the database's own processes dies, as by a bad page of memory; the rest of them follow it and recover. */
async function killBackend({ url }: OwnPostgres): Promise<number> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'antin' ORDER BY random() LIMIT 1",
  );
  const [row] = rows;
  if (row !== undefined) process.kill(row.pid, 'SIGKILL');
  await client.end().catch(() => undefined);
  return row === undefined ? 0 : 1;
}

type Looked = Readonly<{
  at: AgencyAtServer;
  postgres: OwnPostgres | null;
  seats: readonly Seat[];
  /** At the end everything that was given is decided. */
  whole?: boolean;
}>;

async function serverFaults({ at, postgres, seats, whole = false }: Looked): Promise<readonly string[]> {
  const entries = postgres === null ? readFile(at) : await readDatabase(at, postgres);
  const faults: string[] = [];
  if (entries === null) return ['the server’s database is damaged'];
  if (!walkChain(entries).ok) faults.push('the chain is broken');
  const seqs = new Map(entries.map(({ entry }) => [entry.command.id as string, entry.seq]));
  if (seqs.size !== entries.length) faults.push('a command was decided twice');
  for (const { witness } of seats) {
    for (const [id, seq] of witness.decided) {
      if (seqs.get(id) !== seq) faults.push(`${id} was decided as ${seq} and is ${seqs.get(id) ?? 'gone'}`);
    }
    if (whole) for (const id of witness.given) if (!seqs.has(id)) faults.push(`${id} was lost`);
  }
  return faults;
}

/** Every entry of a killed server's own file; null where the file is not sound. */
function readFile({ data }: AgencyAtServer): readonly ChainedEntry[] | null {
  const db = openEncrypted({ path: join(data, 'agency.db'), key: readFileSync(join(data, 'server.key')) });
  try {
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') return null;
    return sqliteAgencyLog(db).entriesAfter(0, 10_000_000);
  } finally {
    db.close();
  }
}

async function readDatabase({ agencyId }: AgencyAtServer, { url }: OwnPostgres) {
  const store = await openPostgres(url, agencyId);
  try {
    return await store.run((log) => log.entriesAfter(0, 10_000_000));
  } finally {
    await store.close();
  }
}

/** What a killed desk has on its disk: sound, with everything it said it had. */
function deskFaults({ identity, witness }: Seat, isThorough: boolean): readonly string[] {
  const faults: string[] = [];
  const db = openEncrypted({ path: identity.path, key: identity.key });
  try {
    const has = db.prepare(
      'SELECT 1 FROM outbox WHERE command_id = ? UNION ALL SELECT 1 FROM log WHERE command_id = ?',
    );
    // What was there at the last look was seen then.
    for (const id of isThorough ? witness.given : witness.given.slice(-200)) {
      if (has.get(id, id) === undefined) faults.push(`a desk lost ${id}`);
    }
    if (!isThorough) return faults;
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') faults.push('a desk’s database is damaged');
    const shown = db.prepare('SELECT command_id FROM guess ORDER BY command_id').pluck().all();
    const queued = db
      .prepare("SELECT command_id FROM outbox WHERE status = 'queued' ORDER BY command_id")
      .pluck()
      .all();
    // Every letter that waits is shown as received, and nothing else is.
    if (JSON.stringify(shown) !== JSON.stringify(queued)) faults.push('a desk shows another outbox');
    return faults;
  } finally {
    db.close();
  }
}

/** What the screens read is what the log says, once nothing is guessed any more. */
function projectionFaults(at: AgencyAtServer, { identity }: Seat): readonly string[] {
  const desk = startDesk(at, identity);
  try {
    const kept = everyReadModel(desk.db);
    desk.desk.rebuild();
    const isSame = JSON.stringify(everyReadModel(desk.db)) === JSON.stringify(kept);
    return isSame ? [] : ['a desk shows something else than its log says'];
  } finally {
    void desk.stop();
  }
}

/** Every desk is let finish what it has. */
async function settle(at: AgencyAtServer, seats: readonly Seat[]): Promise<void> {
  for (const { identity, witness } of seats) {
    const desk = startDesk(at, identity);
    desk.desk.onDecided(({ command, seq }) => {
      if (command.actor === identity.personId) witness.decided.set(command.id, seq);
    });
    const isEven = () => desk.desk.owed().unsent === 0 && desk.link.state().kind === 'even';
    await until('a desk is even', isEven, settleMs);
    await desk.stop();
  }
}
