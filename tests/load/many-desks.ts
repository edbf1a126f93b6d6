import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { readState } from '#electron/store/read-state.ts';
import { pollMs } from '#electron/sync/link.ts';
import { openAgencyFolder } from '#server/main.ts';
import { commandsByName } from '#shared/commands.ts';
import { mayRead, readingScope } from '#shared/directory/public.ts';
import { documentAggregate, type OfficialDocument } from '#shared/documents/public.ts';
import { dayOf, type Act, type Aggregate } from '#shared/kernel/public.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { chanceOf } from '../simulation/chance.ts';
import {
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type DeskIdentity,
  type HeadlessDesk,
} from '../support/agency-server.ts';
import { drawMove, moves, type Move, type Pool } from '../support/office-moves.ts';
import type { Staff } from '../support/small-agency.ts';
import { startFaultyProxy, type FaultyProxy } from './faulty-proxy.ts';
import { withRealFiles } from '../support/real-files.ts';

export type LoadOrder = Readonly<{
  port: number;
  desks: number;
  seconds: number;
  /** They go on beyond that until so many commands were given, however slow the machine is. */
  atLeast: number;
  /** One desk does something every so often, on average. */
  restMs: number;
  /** How often the server is killed in the middle of it. */
  kills: number;
  seed: number;
  say: (line: string) => void;
}>;

export type LoadReport = Readonly<{
  given: number;
  refusedAtOnce: number;
  decided: number;
  documents: number;
  files: number;
  network: FaultyProxy['counts'];
  faults: readonly string[];
}>;

const who: readonly (keyof Staff)[] = [
  'clerk',
  'officer',
  'head',
  'officer',
  'unitHead',
  'clerk',
  'chief',
  'colleague',
  'officer',
  'deputy',
];
const settleMs = 180_000;

type Seat = { identity: DeskIdentity; desk: HeadlessDesk; role: keyof Staff; given: string[] };

/**
 * Desks without windows at work through a network that fails and a server that is killed; afterwards a witness, the
 * server and every desk have to agree. What does not fit is told, one line each.
 */
export async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const { port, desks: count, seconds, seed } = order;
  const chance = chanceOf(seed);
  const roles = Array.from({ length: count }, (_none, place) => who[place % who.length] ?? 'officer');
  const at = agencyAtServer(port, roles);
  const behind = port + 1;
  let server = await at.start('--port', String(behind));
  const proxy = await startFaultyProxy(port, behind, chance);
  const seats: Seat[] = [];
  let refusedAtOnce = 0;
  try {
    for (const role of roles) {
      const turn = seats.filter((seat) => seat.role === role).length;
      const identity = await patiently(() => enrolDesk(at, role, turn));
      seats.push({ identity, desk: startDesk(at, identity), role, given: [] });
    }
    order.say(`${count} desks have joined`);
    const endMs = Date.now() + seconds * 1000;
    const killEveryMs = (seconds * 1000) / (order.kills + 1);
    const killing = (async () => {
      for (let kill = 0; kill < order.kills; kill += 1) {
        await pause(killEveryMs);
        const gone = once(server.child, 'exit');
        server.child.kill('SIGKILL');
        await gone;
        server = await at.start('--port', String(behind));
      }
    })();
    await Promise.all(
      seats.map(async (seat) => {
        while (Date.now() < endMs || givenBy(seats) < order.atLeast) {
          await pause(order.restMs * 2 * chance());
          if (!(await act(at, seat, chance))) refusedAtOnce += 1;
        }
      }),
    );
    await killing;
    proxy.calm();
    await until(
      'every desk is even',
      () => seats.every(({ desk }) => desk.desk.owed().unsent === 0 && desk.link.state().kind === 'even'),
      settleMs,
    );
    // What a desk asked on the bad line may be answered late and tell of an earlier moment: it is asked once more.
    await lookAgain(seats);
    await lookAgain(seats);
    await until(
      'every file has come',
      () => seats.every(({ desk }) => desk.filesToCome() === 0 && desk.link.state().kind === 'even'),
      settleMs,
    );
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
    return { ...compare(at, seats), refusedAtOnce, network: proxy.counts };
  } finally {
    for (const { desk } of seats) await desk.stop();
    if (server.child.exitCode === null) server.child.kill('SIGKILL');
    await proxy.close();
    at.remove();
  }
}

function givenBy(seats: readonly Seat[]): number {
  return seats.reduce((sum, { given }) => sum + given.length, 0);
}

/** Every desk hears from its server what is new; a desk asks one thing at a time. */
async function lookAgain(seats: readonly Seat[]): Promise<void> {
  const fromMs = Math.round(performance.timeOrigin + performance.now()); // As a link counts its time.
  for (const { desk } of seats) desk.link.hurry();
  await until(
    'every desk has heard of its server',
    () =>
      seats.every(({ desk }) => desk.link.wakeAt() >= fromMs + pollMs && desk.link.state().kind === 'even'),
    settleMs,
  );
}

/** Joining is tried again as a person would. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let turn = 0; ; turn += 1) {
    try {
      return await work();
    } catch (error) {
      if (turn === 20) throw error;
      await pause(300);
    }
  }
}

/** What somebody in this role might do next. */
function drawFor(role: keyof Staff, chance: () => number): Move {
  for (;;) {
    const move = drawMove(chance);
    if (move.who === role || chance() < 0.02) return move;
  }
}

/** Whoever sits here does something, as far as their desk lets them. */
async function act(at: AgencyAtServer, seat: Seat, chance: () => number): Promise<boolean> {
  const { db, blobs } = seat.desk;
  const drawn = drawFor(seat.role, chance);
  const pool: Pool = {
    agency: {
      ...at.agency,
      dayAfter: () => dayOf(systemClock.now()),
      state: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string): State | null =>
        readState(db, aggregate, id),
    },
    documents: (db.prepare('SELECT id FROM document ORDER BY id').all() as { id: string }[]).map(
      ({ id }) => id,
    ),
    tasks: db.prepare('SELECT id, document FROM task ORDER BY id').all() as Pool['tasks'],
  };
  const { name, body } = moves[drawn.what]({ pool, move: drawn });
  const real = await withRealFiles(body, (bytes) => blobs.put(bytes));
  try {
    seat.given.push(seat.desk.give(name, real, commandsByName.get(name)?.byServer === true).id);
    return true;
  } catch {
    return false; // The rules said no at once, and nothing was promised.
  }
}

function compare(
  at: AgencyAtServer,
  seats: readonly Seat[],
): Pick<LoadReport, 'given' | 'decided' | 'documents' | 'files' | 'faults'> {
  const folder = openAgencyFolder(at.data);
  const faults: string[] = [];
  try {
    const entries = folder.log.entriesAfter(0, 1_000_000);
    const walked = walkChain(entries);
    if (!walked.ok) faults.push(`the chain is broken at ${walked.brokenAt}`);
    const decided = entries.map(({ entry }) => entry.command.id as string);
    const known = new Set(decided);
    if (known.size !== decided.length) faults.push('a command was decided twice');
    const given = seats.flatMap((seat) => seat.given);
    for (const id of given) if (!known.has(id)) faults.push(`command ${id} was lost`);
    const papers = [
      ...new Set(
        entries
          .flatMap(({ entry }) => entry.acts.map(({ on }) => on))
          .filter(({ kind }) => kind === 'document')
          .map(({ id }) => id),
      ),
    ].flatMap((id) => {
      const state = folder.log.state({ kind: 'document', id })?.state as OfficialDocument | undefined;
      return state === undefined ? [] : [state];
    });
    faults.push(...numberFaults(papers));
    for (const seat of seats) faults.push(...deskFaults(at, seat, papers));
    return {
      given: given.length,
      decided: decided.length,
      documents: papers.length,
      files: folder.ownBlobs.all().length,
      faults,
    };
  } finally {
    folder.close();
  }
}

/** Every number once, and none left out. */
function numberFaults(papers: readonly OfficialDocument[]): string[] {
  const arrivals = papers.flatMap((paper) =>
    paper.direction === 'incoming' && paper.arrival !== null ? [paper.arrival.number] : [],
  );
  const sorted = arrivals.toSorted((a, b) => a - b);
  return sorted.every((number, place) => number === place + 1)
    ? []
    : [`arrival numbers are ${sorted.join(', ')}`];
}

function deskFaults(at: AgencyAtServer, { role, desk }: Seat, papers: readonly OfficialDocument[]): string[] {
  const scope = readingScope(at.agency.staff[role]);
  const faults: string[] = [];
  const theirs = papers.filter((paper) => mayRead(scope, paper));
  for (const paper of theirs) {
    const own = readState(desk.db, documentAggregate, paper.id);
    if (JSON.stringify(own) !== JSON.stringify(paper)) {
      faults.push(
        `${role}: ${paper.id} is another there: ${JSON.stringify(own)} for ${JSON.stringify(paper)}`,
      );
    }
  }
  const here = (desk.db.prepare('SELECT count(*) AS value FROM document').get() as { value: number }).value;
  if (here !== theirs.length) faults.push(`${role}: ${here} papers instead of ${theirs.length}`);
  for (const fault of desk.faults) {
    const code = String((fault as { code?: unknown }).code ?? fault);
    if (!/^(?:sync[.]server-|server[.]no-session|server[.]stale-challenge)/u.test(code)) {
      faults.push(`${role}: ${code}`);
    }
  }
  return faults;
}
