import { openInMemory } from '#shared/node/sqlite/public.ts';
import { personAggregate } from '#shared/directory/public.ts';
import { AgencyIdSchema, ref, type Act, type Aggregate, type ChainedEntry } from '#shared/kernel/public.ts';
import { sqliteAgencyLog } from '#shared/node/agency-log/public.ts';
import { allGuards, codeHashOf, type Guard } from '#shared/sync/public.ts';
import { countFiles } from '#electron/store/files-between.ts';
import { beginIdsAt } from '../support/builders.ts';
import type { Staff } from '../support/small-agency.ts';
import { chanceOf } from './chance.ts';
import { newWriting, type Writing } from './drafts.ts';
import type { Part } from './part.ts';
import { beginCommandsAt, newDevice, newInvitation, type Setting } from './setting.ts';
import {
  enrolment,
  failed,
  openSimulatedDesk,
  openStore,
  restart,
  start,
  type DeskParts,
  type SimulatedDesk,
} from './simulated-desk.ts';
import { simulatedNetwork } from './simulated-network.ts';
import { simulatedServer, type SimulatedServer } from './simulated-server.ts';
import type { Templates } from './templates.ts';
import { virtualTime } from './virtual-time.ts';

/** One agency's server, its desks and the weather between them. */
export type World = Readonly<{
  seed: number;
  setting: Setting;
  server: SimulatedServer;
  desks: readonly SimulatedDesk[];
  writing: Writing;
  /** Which of the desks is held against one that is new. */
  measured: number;
  /** Commands nobody promised to keep: given after a copy that a desk went back to. */
  forgiven: ReadonlySet<string>;
  counts: Readonly<Record<string, number>>;
  /** What was seen to be wrong while it happened. */
  seen: readonly string[];
  entries: () => readonly ChainedEntry[];
  stateOf: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string) => State | null;
  /** The same person's desk, filled now and at once, as a measure for the one that was there all along. */
  newcomer: (like: SimulatedDesk) => Promise<SimulatedDesk>;
  run: (steps: number) => Promise<void>;
  /** The weather clears: everybody is online, and time passes until nobody owes anything. */
  calm: () => Promise<void>;
  close: () => void;
}>;

/**
 * Rounds of five seconds in which nothing new happened: longer than any desk takes to look again at anything. Drafts are
 * looked at when the server was heard of and a minute is over, so up to one poll later than that minute.
 */
const calmRounds = 20;
const roundMs = 5000;

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

export type WorldOrder = Readonly<{
  seed: number;
  templates: Templates;
  without: Guard | null;
  parts: (world: World) => readonly Part[];
  /** The rules of the office as a server applies them, where they are not all. */
  rules?: Setting['rules'];
  /** Everything that happens, one line each. */
  trace: ((line: string) => void) | null;
}>;

export async function openWorld({
  seed,
  templates,
  without,
  parts,
  trace,
  rules = (all) => all,
}: WorldOrder): Promise<World> {
  beginIdsAt(5_000_000);
  beginCommandsAt(0);
  const chance = chanceOf(seed);
  const below = (n: number) => Math.floor(chance() * n);
  const counts: Record<string, number> = {};
  const seen: string[] = [];
  const time = virtualTime(Date.parse(templates.foundedAt) + 60_000);
  const { agency } = templates;
  let stormy = true;
  const isStormy = () => stormy;
  const setting: Setting = {
    agencyId: agencyOf(templates),
    agency,
    chance,
    rules,
    guards: without === null ? allGuards : { ...allGuards, [without]: false },
    time,
    takenBack: new Set(),
    count: (what) => {
      counts[what] = (counts[what] ?? 0) + 1;
      trace?.(`${time.nowMs()} ${what}`);
    },
    fault: (what) => {
      if (!seen.includes(what)) seen.push(what);
      trace?.(`${time.nowMs()} FAULT ${what}`);
    },
  };
  const { count } = setting;
  const server = simulatedServer({
    setting,
    template: templates.server,
    isStormy,
    decided: () => {
      network.decided();
    },
    wake: (devices, document) => {
      network.wake(devices, document);
    },
    wentDown: () => {
      network?.cutLines();
    },
  });
  const network = simulatedNetwork({ setting, isStormy, hasLines: seed % 3 === 0, answer: server.answer });
  const deskParts: DeskParts = { setting, network, isStormy };
  // A copy from before anybody joined is the exception.
  if (seed % 4 === 0) await server.backUp();
  const desks: SimulatedDesk[] = [];
  const writing = newWriting();
  const forgiven = new Set<string>();
  for (const who of people.slice(0, 3 + below(3))) {
    const one = openSimulatedDesk(deskParts, agency.staff[who], templates.desk);
    await enrol(one);
    desks.push(one);
  }
  await server.backUp();

  /** Invites a desk and lets it join; a try that failed is made again with another key. */
  async function enrol(one: SimulatedDesk): Promise<void> {
    for (let tries = 0; tries < 50; tries += 1) {
      const invitationId = newInvitation();
      const code = `MA-${tries}`;
      const invited = { invitationId, personId: one.person.id, codeHash: codeHashOf(code) };
      await server.order('sync.inviteDevice', invited);
      Object.assign(one, newDevice());
      const request = enrolment(setting, one, { invitationId, code });
      const reply = await server.guarded(() => server.run().serving.pushAll([request]));
      const result = reply?.[0]?.results[0];
      if (result === undefined) continue;
      // Whoever has left cannot join; their desk goes on waiting.
      if (result.refusal !== null && result.refusal.code !== 'directory.person-left') continue;
      one.desk.rekey({ id: one.device, key: one.key });
      start(deskParts, one);
      return;
    }
    throw new Error('A desk could not be enrolled');
  }

  function isHere({ person }: SimulatedDesk): boolean {
    return world.stateOf(personAggregate, person.id)?.active === true;
  }

  /** What a person does about a desk that stopped. */
  async function mend(one: SimulatedDesk): Promise<void> {
    const state = one.link.state();
    if (state.kind !== 'stopped' || (stormy && chance() < 0.8)) return; // It takes somebody a while to come.
    if (!isHere(one)) return; // Whoever has left cannot join again.
    count(`mended: ${state.because}`);
    if (state.because === 'revoked') replaceMachine(one);
    if (['revoked', 'copied', 'unknown-device'].includes(state.because)) await enrol(one);
    else one.link.resume();
  }

  async function misfortune(one: SimulatedDesk): Promise<void> {
    const kind = below(100);
    if (kind < 26) {
      pullOrPlug(chance() < 0.5 ? (desks.find(({ isOnline }) => !isOnline) ?? one) : one);
    } else if (kind < 38) {
      const hadPower = chance() < 0.5;
      count(hadPower ? 'desk started anew' : 'desk lost its power');
      restart(deskParts, one, hadPower);
    } else if (kind < 52) await server.backUp();
    else if (kind < 60) server.restore();
    else if (kind < 70) takeCopy(one);
    else if (kind < 77) goBack();
    else if (kind < 81) {
      count('clock of a desk set');
      one.clockOffMs = (chance() - 0.5) * 86_400_000 * (chance() < 0.2 ? 400 : 0.02);
    } else if (kind < 83) {
      count('clock of the server set');
      server.offBy((chance() - 0.5) * 3_600_000);
    } else if (kind < 86) server.startAnew(chance() < 0.5);
    else if (kind < 90) server.takeOver();
    else if (kind < 96) await changeRights(one);
    else {
      count('time jumped');
      time.jump(below(3_600_000));
    }
  }

  function pullOrPlug(one: SimulatedDesk): void {
    one.isOnline = !one.isOnline;
    count(one.isOnline ? 'desk back on the network' : 'desk off the network');
  }

  function takeCopy(one: SimulatedDesk): void {
    const { device, key, publicKey } = one;
    const copied = { given: one.given.length, words: writing.words.length };
    one.copy = { bytes: one.db.serialize(), disk: one.disk.copy(), ...copied, device, key, publicKey };
  }

  /** The disk of a desk is replaced by an old copy of it. */
  function goBack(): void {
    const kept = desks.filter(({ copy }) => copy !== null);
    const one = kept[below(kept.length)];
    if (one?.copy == null) return;
    count('desk went back to a copy');
    const { bytes, disk, given, words, ...device } = one.copy;
    for (const { command } of one.given.slice(given)) forgiven.add(command.id);
    for (const { word, by } of writing.words.slice(words)) if (by === one) writing.gone.add(word);
    one.given = one.given.slice(0, given);
    one.refused.clear();
    one.life += 1;
    one.db.close();
    one.db = openInMemory(bytes);
    one.disk = disk.copy();
    Object.assign(one, device);
    start(deskParts, one);
  }

  /** A revoked desk wipes itself; its person begins anew on another machine, and what was not sent is lost. */
  function replaceMachine(one: SimulatedDesk): void {
    for (const { command } of one.given) forgiven.add(command.id);
    for (const { word, by } of writing.words) if (by === one) writing.gone.add(word);
    one.refused.clear();
    one.life += 1;
    one.db.close();
    one.db = openInMemory(templates.desk);
    one.disk = one.disk.emptied();
    one.copy = null;
    start(deskParts, one);
  }

  async function changeRights(one: SimulatedDesk): Promise<void> {
    const { id, certificate: _c, active: _a, ...details } = one.person;
    const kind = below(8);
    if (kind === 0) await server.order('directory.personLeaves', { personId: id, reason: 'Nghỉ' });
    else if (kind < 4) await server.order('directory.personReturns', { personId: id, reason: 'Trở lại' });
    else if (kind < 6) {
      const roles = chance() < 0.5 ? ['officer'] : ['unit-head'];
      await server.order('directory.describePerson', { personId: id, details: { ...details, roles } });
    } else await server.order('directory.describePerson', { personId: id, details });
    count('rights changed');
  }

  async function pass(ms: number): Promise<void> {
    await time.pass(ms);
    for (const one of desks) await mend(one);
  }

  function pick(): SimulatedDesk {
    const one = desks[below(desks.length)];
    if (one === undefined) throw new Error('There is no desk');
    return one;
  }

  /** What would change while somebody still has to look. */
  function standing(): string {
    const owed = desks.map((one) => {
      const { toSend, toFetch } = countFiles(one.db);
      // Whoever has left asks in vain for ever, and is heard and not heard in turn.
      const link = isHere(one) ? one.link.state().kind : null;
      return [link, one.desk.owed().unsent, toSend, toFetch, one.room.ahead().length];
    });
    return JSON.stringify([server.log().head().seq, counts['words merged'] ?? 0, owed]);
  }

  const world: World = {
    seed,
    setting,
    server,
    desks,
    writing,
    measured: seed % desks.length,
    forgiven,
    counts,
    seen,
    entries: () => server.log().entriesAfter(0, 1_000_000),
    stateOf: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string) =>
      // Folded by this aggregate's own `evolve`.
      (server.log().state(ref(aggregate.kind, id))?.state ?? null) as State | null,
    newcomer: async (like) => {
      const one = openSimulatedDesk(deskParts, like.person, templates.desk);
      one.life += 1; // It asks nothing by itself.
      one.desk = openStore(deskParts, one);
      for (;;) {
        const page = await server.run().serving.pull({ ...one.desk.nextPull(1000), device: like.device });
        if ('stopped' in page) return one;
        one.desk.pulled({ ...page, lastDseq: 1 });
        if (!page.more) return one;
      }
    },
    run: async (steps) => {
      const kinds = parts(world);
      for (const part of kinds) await part.begin?.();
      for (const one of desks) one.crashRate = 0.004;
      for (let step = 0; step < steps; step += 1) {
        const kind = chance();
        if (kind < 0.1) await misfortune(pick());
        else {
          let at = 0.1;
          const part = kinds.find(({ share }) => kind < (at += share));
          if (part !== undefined) begin(part, part.at?.() ?? pick());
        }
        await pass(below(3000));
      }
    },
    calm: async () => {
      stormy = false;
      server.offBy(0);
      for (const one of desks) {
        one.isOnline = true;
        one.crashRate = 0;
      }
      await server.settleBackups();
      const kinds = parts(world);
      let quiet = 0;
      let before = '';
      for (let rounds = 0; rounds < 400 && quiet < calmRounds; rounds += 1) {
        await pass(roundMs);
        for (const part of kinds) await part.tick?.();
        const now = standing();
        const isWaiting = desks.some(
          (one) => isHere(one) && (one.link.state().kind === 'stopped' || countFiles(one.db).toFetch > 0),
        );
        quiet = now === before && !isWaiting ? quiet + 1 : 0;
        before = now;
      }
      if (quiet < calmRounds) setting.fault('it never comes to rest');
    },
    close: () => {
      server.close();
      for (const one of desks) {
        one.life += 1;
        one.db.close();
      }
    },
  };

  /** Somebody begins something, which may take a while; a desk that goes down over it starts anew. */
  function begin({ act }: Part, one: SimulatedDesk): void {
    const { life } = one;
    act(one).catch((error: unknown) => {
      if (one.life === life) failed(deskParts, one, error);
    });
  }

  return world;
}

function agencyOf({ server }: Templates): Setting['agencyId'] {
  const db = openInMemory(server);
  const first = sqliteAgencyLog(db).entry(1);
  db.close();
  if (first === null) throw new Error('The template is empty');
  return AgencyIdSchema.parse(first.entry.agencyId);
}
