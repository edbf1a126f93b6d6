import { openInMemory, type WriteDb } from '#shared/node/sqlite/public.ts';
import { AppError, instantFrom, type ChainedEntry, type Command } from '#shared/kernel/public.ts';
import {
  openServer,
  sqliteAgencyLog,
  type AgencyLog,
  type AgencyServer,
} from '#shared/node/agency-log/public.ts';
import {
  PageSchema,
  PullRequestSchema,
  PushReplySchema,
  PushRequestSchema,
  allGuards,
  codeHashOf,
  type Guard,
  type Guards,
} from '#shared/sync/public.ts';
import type { Ask } from '#electron/sync/link.ts';
import { beginIdsAt } from '../support/builders.ts';
import type { Staff } from '../support/small-agency.ts';
import { chanceOf } from './chance.ts';
import { findFaults } from './find-faults.ts';
import { createLeaseStories, replaceMachine } from './lease-stories.ts';
import { commandsUnder } from './rules-without.ts';
import { sequencerOf } from './sequencer-of.ts';
import {
  Crash,
  act,
  beginCommandsAt,
  enrolment,
  newCommandId,
  newDevice,
  newInvitation,
  openSimulatedDesk,
  start,
  type Setting,
  type SimulatedDesk,
} from './simulated-desk.ts';
import { makeTemplates, type Templates } from './templates.ts';

export type Played = Readonly<{
  seed: number;
  faults: readonly string[];
  /** How much of what happened, so that a run can show that it did not play in a calm. */
  counts: Readonly<Record<string, number>>;
}>;

export type PlayOptions = Readonly<{ without?: Guard; steps?: number }>;

let templates: Templates | null = null;

/** Plays one seed: the same number, the same days, to the byte. */
export function playSeed(seed: number, { without, steps = 120 }: PlayOptions = {}): Played {
  templates ??= makeTemplates();
  const guards: Guards = without === undefined ? allGuards : { ...allGuards, [without]: false };
  const world = openWorld(seed, templates, guards);
  try {
    world.run(steps);
    world.calm();
    return { seed, faults: findFaults(world), counts: world.counts };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { seed, faults: [`${error.name}: ${error.message}`], counts: world.counts };
  } finally {
    world.close();
  }
}

/** One agency's server, its desks and the weather between them. */
export type World = Readonly<{
  desks: readonly SimulatedDesk[];
  /** Which of the desks is held against one that is new. */
  measured: number;
  /** Commands nobody promised to keep: given after a copy that a desk went back to. */
  forgiven: ReadonlySet<string>;
  counts: Readonly<Record<string, number>>;
  log: () => AgencyLog;
  db: () => WriteDb;
  /** The same person's desk, filled now and at once, as a measure for the one that was there all along. */
  newcomer: (like: SimulatedDesk) => SimulatedDesk;
  run: (steps: number) => void;
  /** The weather clears: everybody is online, and time passes until nobody owes anything. */
  calm: () => void;
  close: () => void;
}>;

/** Rounds of five seconds in which nothing new was decided: longer than any desk takes to look again. */
const calmRounds = 10;

type Due = Readonly<{ atMs: number; order: number; what: () => void }>;

const people: readonly (keyof Staff)[] = [
  'clerk',
  'head',
  'officer',
  'unitHead',
  'chief',
  'colleague',
  'deputy',
  'administrator',
];

function openWorld(seed: number, from: Templates, guards: Guards): World {
  beginIdsAt(5_000_000);
  beginCommandsAt(0);
  const chance = chanceOf(seed);
  const below = (n: number) => Math.floor(chance() * n);
  const counts: Record<string, number> = {};
  const count = (name: string) => (counts[name] = (counts[name] ?? 0) + 1);
  let nowMs = Date.parse(from.foundedAt) + 60_000;
  let serverOffMs = 0;
  let order = 0;
  let stormy = true;
  let due: Due[] = [];
  const { agency } = from;
  const agencyId = sqliteOf(from).agencyId;
  const setting: Setting = { agencyId, agency, chance, guards, nowMs: () => nowMs };

  let db = openInMemory(from.server);
  let log = sqliteAgencyLog(db);
  let server = serve();
  let backups: { bytes: Buffer; seq: number }[] = [];
  backUp();
  const desks = people.slice(0, 3 + below(3)).map((who) => {
    const one = openSimulatedDesk(setting, agency.staff[who], from.desk);
    enrol(one);
    return one;
  });
  /** Commands nobody promised to keep: given after a copy that a desk went back to. */
  const forgiven = new Set<string>();
  const leases = createLeaseStories(seed, {
    setting,
    desks,
    server: () => server,
    guarded,
    atTheServer,
    atDesk,
    hoursPass: (ms) => (nowMs += ms),
    count,
  });
  leases.begin();

  function serve(): AgencyServer {
    const now = () => instantFrom(nowMs + serverOffMs);
    const rules = sequencerOf(agencyId, now);
    const faulty: AgencyLog = {
      ...log,
      append: (entry, hash) => {
        log.append(entry, hash);
        if (stormy && chance() < 0.01) {
          count('server went down before a commit');
          throw new Crash();
        }
        if (stormy && chance() < 0.005) {
          count('disk full at the server');
          throw new AppError('store.disk-full');
        }
      },
    };
    const whyNot = guards['rights-now'] ? rules.whyNot : () => null;
    const decisionOn = guards.dedupe ? faulty.decisionOn : () => null;
    const sequencer = { ...rules, commands: commandsUnder(guards), whyNot, log: { ...faulty, decisionOn } };
    return openServer({ agencyId, sequencer, guards, missingFiles: () => [] });
  }

  function atTheServer(name: string, body: unknown): ChainedEntry | null {
    const command: Command = {
      id: newCommandId(),
      name,
      actor: agency.staff.administrator.id,
      onBehalfOf: null,
      claimedAt: instantFrom(nowMs),
      body,
    };
    return guarded(() => server.decide(command));
  }

  /** What the server does, and its start anew when it went down over it. */
  function guarded<Result>(work: () => Result): Result | null {
    try {
      return work();
    } catch (error) {
      if (error instanceof Crash) server = serve();
      else if (!(error instanceof AppError)) throw error;
      return null;
    }
  }

  /** Invites a desk and lets it join; a try that failed is made again with another key. */
  function enrol(one: SimulatedDesk): void {
    for (let tries = 0; tries < 50; tries += 1) {
      const invitationId = newInvitation();
      const code = `MA-${tries}`;
      atTheServer('sync.inviteDevice', { invitationId, personId: one.person.id, codeHash: codeHashOf(code) });
      Object.assign(one, newDevice());
      const reply = guarded(() => server.pushAll([enrolment(setting, one, { invitationId, code })]));
      const result = reply?.[0]?.results[0];
      if (result === undefined) continue;
      // Whoever has left cannot join; their desk goes on waiting.
      if (result.refusal !== null && result.refusal.code !== 'directory.person-left') continue;
      one.desk.rekey({ id: one.device, key: one.key });
      return;
    }
    throw new Error('A desk could not be enrolled');
  }

  function backUp(): void {
    backups = [...backups, { bytes: db.serialize(), seq: log.head().seq }].slice(-4);
    // Whatever backup is taken up again, it holds at least the oldest one.
    guarded(() => server.markStable(backups[0]?.seq ?? 0));
    count('backup');
  }

  function restoreServer(): void {
    const chosen = backups[below(backups.length)];
    if (chosen === undefined) return;
    db.close();
    db = openInMemory(chosen.bytes);
    log = sqliteAgencyLog(db);
    server = serve();
    backups = backups.filter(({ seq }) => seq <= chosen.seq);
    count('server restored');
  }

  function later(ms: number, what: () => void): void {
    due.push({ atMs: nowMs + ms, order: (order += 1), what });
  }

  /** One question travels, is answered, and the answer travels back; all of it may be lost, late, twice or altered. */
  function send(one: SimulatedDesk, ask: Ask): void {
    const number = (one.asked += 1);
    const wire = JSON.stringify(ask.request);
    const isCurrent = () => one.asked === number;
    const delay = () => (stormy ? 20 + below(chance() < 0.1 ? 20_000 : 400) : 20);
    const isLost = () => (stormy && chance() < 0.08) || !one.isOnline;
    const arrive = (isFirst: boolean) => () => {
      const text = stormy && chance() < 0.02 && ask.kind === 'push' ? altered(wire) : wire;
      const answer = answerOf(ask.kind, text);
      if (answer === null || !isFirst || isLost()) return;
      later(delay(), () => {
        if (isCurrent()) take(one, ask.kind, answer);
      });
    };
    if (isLost()) count('request lost');
    else later(delay(), arrive(true));
    if (stormy && chance() < 0.06) {
      count('request twice');
      later(delay() * 3, arrive(false));
    }
    later(12_000, () => {
      if (!isCurrent()) return;
      one.asked += 1;
      one.link.failed(nowMs);
    });
  }

  /** Somebody on the way makes a command older than it is. */
  function altered(wire: string): string {
    count('request altered');
    return wire.replace(/("claimedAt":")\d{4}/u, '$12019');
  }

  /** The server on bytes from outside: schema first, like the program that serves them. */
  function answerOf(kind: Ask['kind'], wire: string): string | null {
    const value: unknown = JSON.parse(wire);
    const answer = guarded((): unknown => {
      if (kind === 'pull') return server.pull(PullRequestSchema.parse(value));
      const [reply] = server.pushAll([PushRequestSchema.parse(value)]);
      return reply;
    });
    if (answer === null || (stormy && chance() < 0.01)) return null;
    return JSON.stringify(answer);
  }

  function take(one: SimulatedDesk, kind: Ask['kind'], wire: string): void {
    one.asked += 1;
    const value: unknown = JSON.parse(wire);
    try {
      if (kind === 'push') one.link.pushed(PushReplySchema.parse(value), nowMs);
      else {
        const isStop = typeof value === 'object' && value !== null && 'stopped' in value;
        one.link.pulled(isStop ? (value as { stopped: 'revoked' }) : PageSchema.parse(value), nowMs);
      }
    } catch (error) {
      restartAfter(one, error);
    }
  }

  function restartAfter(one: SimulatedDesk, error: unknown): void {
    if (!(error instanceof Crash)) throw error;
    count('desk went down');
    start(setting, one);
  }

  function wake(one: SimulatedDesk): void {
    const state = one.link.state();
    if (state.kind === 'stopped') {
      mend(one, state.because);
      return;
    }
    const ask = one.link.next(nowMs);
    if (ask !== null) send(one, ask);
  }

  /** What a person does about a desk that stopped. */
  function mend(one: SimulatedDesk, because: string): void {
    if (chance() < 0.9) return; // It takes somebody a while to come.
    count(`stopped: ${because}`);
    if (because === 'revoked') replaceMachine(setting, one, { empty: from.desk, forgiven });
    if (['revoked', 'copied', 'unknown-device'].includes(because)) enrol(one);
    one.link.resume();
  }

  function doSomething(one: SimulatedDesk): void {
    atDesk(one, () => {
      act(setting, one);
    });
  }

  function atDesk(one: SimulatedDesk, work: () => void): void {
    one.crashRate = stormy ? 0.004 : 0;
    try {
      work();
    } catch (error) {
      restartAfter(one, error);
    }
  }

  function misfortune(one: SimulatedDesk): void {
    const kind = below(100);
    if (kind < 35) one.isOnline = !one.isOnline;
    else if (kind < 50) {
      count('desk started anew');
      start(setting, one);
    } else if (kind < 58) backUp();
    else if (kind < 63) restoreServer();
    else if (kind < 71) {
      const { device, key, publicKey } = one;
      one.copy = { bytes: one.db.serialize(), given: one.given.length, device, key, publicKey };
    } else if (kind < 75) goBack(one);
    else if (kind < 79) one.clockOffMs = (chance() - 0.5) * 86_400_000 * (chance() < 0.2 ? 400 : 0.02);
    else if (kind < 82) serverOffMs = (chance() - 0.5) * 3_600_000;
    else if (kind < 86) {
      count('server started anew');
      server = serve();
    } else if (kind < 92) changeRights(one);
    else nowMs += below(3_600_000);
  }

  /** The disk of a desk is replaced by an old copy of it. */
  function goBack(one: SimulatedDesk): void {
    if (one.copy === null) return;
    count('desk went back to a copy');
    const { bytes, given, ...device } = one.copy;
    for (const { command } of one.given.slice(given)) forgiven.add(command.id);
    one.given = one.given.slice(0, given);
    one.db.close();
    one.db = openInMemory(bytes);
    Object.assign(one, device);
    start(setting, one);
  }

  function changeRights(one: SimulatedDesk): void {
    const { id, certificate: _c, active: _a, ...details } = one.person;
    const kind = below(4);
    if (kind === 0) atTheServer('directory.personLeaves', { personId: id, reason: 'Nghỉ' });
    else if (kind === 1) atTheServer('directory.personReturns', { personId: id, reason: 'Trở lại' });
    else if (kind === 2) {
      const roles = chance() < 0.5 ? ['officer'] : ['unit-head'];
      atTheServer('directory.describePerson', { personId: id, details: { ...details, roles } });
    } else atTheServer('directory.describePerson', { personId: id, details });
    count('rights changed');
  }

  function runDue(): void {
    const now = due.filter(({ atMs }) => atMs <= nowMs);
    due = due.filter(({ atMs }) => atMs > nowMs);
    for (const { what } of now.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order)) what();
  }

  function pass(ms: number): void {
    nowMs += ms;
    runDue();
    for (const one of desks) wake(one);
  }

  function pick(): SimulatedDesk {
    const one = desks[below(desks.length)];
    if (one === undefined) throw new Error('There is no desk');
    return one;
  }

  return {
    desks,
    measured: seed % desks.length,
    forgiven,
    counts,
    log: () => log,
    db: () => db,
    newcomer: (like) => {
      const one = openSimulatedDesk(setting, like.person, from.desk);
      for (;;) {
        const page = server.pull({ ...one.desk.nextPull(1000), device: like.device });
        if ('stopped' in page) return one;
        one.desk.pulled({ ...page, lastDseq: 1 });
        if (!page.more) return one;
      }
    },
    run: (steps) => {
      for (let step = 0; step < steps; step += 1) {
        const kind = chance();
        if (kind < 0.4) doSomething(pick());
        else if (kind < 0.5) misfortune(pick());
        leases.step();
        pass(below(3000));
      }
    },
    calm: () => {
      stormy = false;
      for (const one of desks) {
        one.isOnline = true;
        one.crashRate = 0;
      }
      backUp();
      backups = backups.slice(-1);
      server.markStable(log.head().seq);
      let quiet = 0;
      for (let rounds = 0; rounds < 2000 && quiet < calmRounds; rounds += 1) {
        const { seq } = log.head();
        leases.tick();
        pass(5000);
        const isEven = desks.every((one) => one.link.state().kind === 'even' && one.desk.owed().unsent === 0);
        quiet = isEven && log.head().seq === seq ? quiet + 1 : 0;
      }
    },
    close: () => {
      db.close();
      for (const one of desks) one.db.close();
    },
  };
}

function sqliteOf({ server }: Templates): Readonly<{ agencyId: ReturnType<AgencyIdOf> }> {
  const db: WriteDb = openInMemory(server);
  const first = sqliteAgencyLog(db).entry(1);
  db.close();
  if (first === null) throw new Error('The template is empty');
  return { agencyId: first.entry.agencyId as ReturnType<AgencyIdOf> };
}

type AgencyIdOf = () => Setting['agencyId'];
