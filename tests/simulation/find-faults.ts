import type { Database } from 'better-sqlite3';
import { aggregates } from '#shared/commands.ts';
import { isCallName, personAggregate, whyNotCall, type Person } from '#shared/directory/public.ts';
import {
  canonicalJson,
  ref,
  type Act,
  type Aggregate,
  type AggregateKind,
  type AggregateRef,
  type ChainedEntry,
} from '#shared/kernel/public.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { scopesOfAggregate, scopesOfPerson } from '#shared/sync/public.ts';
import { numberFaults } from '../support/number-faults.ts';
import { everyReadModel } from '../support/read-models.ts';
import type { World } from './world.ts';
import type { SimulatedDesk } from './simulated-desk.ts';

type StateOf = <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string) => State | null;

/** What must hold once everything is calm again; a sentence for each thing that does not. */
export async function findFaults(world: World): Promise<readonly string[]> {
  const entries = world.entries();
  const measured = world.desks[world.measured];
  return [
    ...world.seen,
    ...chainFaults(entries),
    ...numberFaults(entries.map(({ entry }) => entry)),
    ...rightsFaults(entries),
    ...orderFaults(entries),
    ...world.desks.flatMap((one) => deskFaults(world, one, entries)),
    ...(measured === undefined ? [] : await newcomerFaults(world, measured)),
  ];
}

function chainFaults(entries: readonly ChainedEntry[]): string[] {
  const walked = walkChain(entries);
  const ids = entries.map(({ entry }) => entry.command.id);
  return [
    ...(walked.ok ? [] : [`the server's chain breaks at ${walked.brokenAt}`]),
    ...(new Set(ids).size === ids.length ? [] : ['a command was decided twice']),
  ];
}

/** What was accepted was allowed to whoever asked, on that day. */
function rightsFaults(entries: readonly ChainedEntry[]): string[] {
  const known = new Map<string, Person>();
  return entries.flatMap(({ entry }) => {
    const { name, actor } = entry.command;
    const person = known.get(actor) ?? null;
    const isWrong = entry.refusal === null && isCallName(name) && whyNotCall(name, person) !== null;
    for (const act of entry.acts) {
      if (act.on.kind !== 'person') continue;
      known.set(act.on.id, aggregates.person.evolve(known.get(act.on.id) ?? null, act) as Person);
    }
    return isWrong ? [`${name} was accepted from somebody who may not`] : [];
  });
}

/**
 * A desk's commands are decided in the order it gave them, each place once. Only who went on under another key may
 * leave a place out: its command had been decided under the old one.
 */
function orderFaults(entries: readonly ChainedEntry[]): string[] {
  const last = new Map<string, number>();
  const devices = new Map<string, Set<string>>();
  return entries.flatMap(({ entry: { command, sent } }) => {
    if (sent === undefined) return [];
    const own = devices.get(command.actor) ?? new Set();
    devices.set(command.actor, own.add(sent.device));
    const before = last.get(sent.device) ?? 0;
    last.set(sent.device, sent.dseq);
    const isNext = sent.dseq === before + 1 || (sent.dseq > before && own.size > 1);
    return isNext ? [] : [`place ${sent.dseq} of a desk came after ${before}`];
  });
}

function deskFaults(world: World, one: SimulatedDesk, entries: readonly ChainedEntry[]): string[] {
  const name = one.person.roles.join('+');
  const decided = new Map(entries.map(({ entry }) => [entry.command.id, entry.command]));
  const waiting = new Set(one.db.prepare('SELECT command_id FROM outbox').pluck().all());
  const lost = one.given.filter(
    ({ command: { id } }) => !decided.has(id) && !waiting.has(id) && !world.forgiven.has(id),
  );
  const changed = one.given.filter(({ command: { id }, text }) => {
    const found = decided.get(id);
    return found !== undefined && canonicalJson(found) !== canonicalJson(JSON.parse(text));
  });
  const taken = entries.filter(({ entry }) => entry.refusal === null && one.refused.has(entry.command.id));
  const stateOf = stateOfDatabase(world.server.db());
  const person = stateOf(personAggregate, one.person.id);
  const faults = [
    ...lost.map(({ command }) => `${name}: ${command.name} ${command.id} was lost`),
    ...taken.map(({ entry: { command } }) => `${name}: ${command.name} was refused, and came into force`),
    ...changed.map(({ command }) => `${name}: ${command.name} is not what was sent`),
  ];
  if (person?.active !== true) return faults;
  const { unsent } = one.desk.owed();
  if (unsent > 0) faults.push(`${name}: still owes ${unsent} (${JSON.stringify(one.link.state())})`);
  return [...faults, ...sightFaults(world, one, scopesOfPerson(person)).map((fault) => `${name}: ${fault}`)];
}

/** A desk holds exactly what its person may read, in exactly the server's states. */
function sightFaults(world: World, one: SimulatedDesk, scopes: readonly string[]): string[] {
  const stateOf = stateOfDatabase(world.server.db());
  const wanted = new Map(
    statesIn(world.server.db())
      .filter(({ kind, id }) =>
        scopesOfAggregate(ref(kind, id), stateOf).some((scope) => scopes.includes(scope)),
      )
      .map((row) => [`${row.kind} ${row.id}`, row]),
  );
  const held = new Map(statesIn(one.db).map((row) => [`${row.kind} ${row.id}`, row]));
  return [
    ...[...wanted].flatMap(([key, row]) => {
      const own = held.get(key);
      if (own === undefined) return [`${key} is missing`];
      return own.state === row.state && own.version === row.version ? [] : [`${key} differs`];
    }),
    ...[...held.keys()].filter((key) => !wanted.has(key)).map((key) => `${key} is not for this desk`),
  ];
}

/** A desk that was there all along shows the same as one that comes new. */
async function newcomerFaults(world: World, one: SimulatedDesk): Promise<readonly string[]> {
  if (world.stateOf(personAggregate, one.person.id)?.active !== true) return [];
  const measure = await world.newcomer(one);
  const [own, other] = [everyReadModel(one.db), everyReadModel(measure.db)];
  measure.db.close();
  return own.flatMap((rows, place) =>
    JSON.stringify(rows) === JSON.stringify(other[place])
      ? []
      : [`${one.person.roles.join('+')}: read model ${place} differs from a newcomer's`],
  );
}

type Row = AggregateRef & Readonly<{ version: number; state: string }>;

function statesIn(db: Database): readonly Row[] {
  return db.prepare('SELECT kind, id, version, state FROM aggregate ORDER BY kind, id').all() as Row[];
}

function stateOfDatabase(db: Database): StateOf {
  const read = db.prepare<[AggregateKind, string], { state: string }>(
    'SELECT state FROM aggregate WHERE kind = ? AND id = ?',
  );
  return <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string): State | null => {
    const row = read.get(aggregate.kind, id);
    return row === undefined ? null : (JSON.parse(row.state) as State);
  };
}
