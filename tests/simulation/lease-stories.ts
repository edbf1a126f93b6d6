import { sign } from 'node:crypto';
import { personAggregate } from '#shared/directory/public.ts';
import { openLease, registerAggregate, registerId, type Lease } from '#shared/documents/public.ts';
import {
  DeviceIdSchema,
  InvitationIdSchema,
  LeaseIdSchema,
  instantFrom,
  type Act,
  type Aggregate,
  type ChainedEntry,
  type Command,
  type DeviceId,
  type LeaseId,
} from '#shared/kernel/public.ts';
import type { AgencyServer } from '#shared/node/agency-log/public.ts';
import { openInMemory } from '#shared/node/sqlite/public.ts';
import { codeHashOf, signedText } from '#shared/sync/public.ts';
import { aFile, idNumber, ids, someFields, unsignedCheck } from '../support/builders.ts';
import { chanceOf } from './chance.ts';
import { newCommandId, start, type Setting, type SimulatedDesk } from './simulated-desk.ts';

/** What the stories of blocks of numbers need of the world they happen in. */
export type LeaseWorld = Readonly<{
  setting: Setting;
  /** The first of them is the clerk's. */
  desks: readonly SimulatedDesk[];
  server: () => AgencyServer;
  guarded: <Result>(work: () => Result) => Result | null;
  atTheServer: (name: string, body: unknown) => ChainedEntry | null;
  /** Whoever sits at a desk does something; the desk may go down over it. */
  atDesk: (one: SimulatedDesk, work: () => void) => void;
  hoursPass: (ms: number) => void;
  count: (name: string) => void;
}>;

const books = ['arrivals', 'arrivals', 'arrivals', 'all'] as const;
const year = 2026;
const firstLease = 4_000_000_000;

/** Blocks of numbers in a story: given, used offline, returned, run out, voided, lost, and used as nobody may. */
export function createLeaseStories(seed: number, world: LeaseWorld) {
  const { setting, atTheServer, count } = world;
  const clerk = clerkOf(world);
  // A stream of its own: the rest of a story is drawn as if this one were not there.
  const chance = chanceOf(seed ^ 0x5eed_1ea5);
  const below = (n: number) => Math.floor(chance() * n);
  const at = <Item>(list: readonly Item[]): Item | undefined => list[below(list.length)];
  // Every third story is about them too; they take their time.
  const isTold = seed % 3 === 0;
  const known: { id: LeaseId; book: string }[] = [];
  const second: DeviceId = DeviceIdSchema.parse(idNumber(2_900_000_001));

  const commandOf = (name: string, body: unknown, actor = clerk.person.id): Command => ({
    id: newCommandId(),
    name,
    actor,
    onBehalfOf: null,
    claimedAt: instantFrom(setting.nowMs() + clerk.clockOffMs),
    body: JSON.parse(JSON.stringify(body)),
  });

  function stateOf<State, KindAct extends Act>(
    aggregate: Aggregate<State, KindAct>,
    id: string,
  ): State | null {
    const row = clerk.db
      .prepare<[string, string], { state: string }>('SELECT state FROM aggregate WHERE kind = ? AND id = ?')
      .get(aggregate.kind, id);
    return row === undefined ? null : (JSON.parse(row.state) as State);
  }

  const registerOf = (book: string) => stateOf(registerAggregate, registerId(book, year));

  function give(command: Command, byServer: boolean): void {
    world.atDesk(clerk, () => {
      const isTaken = byServer ? clerk.desk.enqueue(command) === null : clerk.desk.execute(command).ok;
      if (isTaken) clerk.given.push({ command, text: JSON.stringify(command) });
    });
  }

  /** A new block, asked for at the desk or given by the administrator. */
  function lease(): void {
    const book = at(books) ?? 'arrivals';
    const leaseId = LeaseIdSchema.parse(idNumber(firstLease + known.length));
    known.push({ id: leaseId, book });
    const body = { leaseId, book, count: 1 + below(5), hours: 1 };
    if (chance() < 0.7) {
      give(commandOf('sync.leaseNumbers', { ...body, deviceId: clerk.device }), true);
      return;
    }
    const deviceId = chance() < 0.4 ? second : clerk.device;
    const decided = atTheServer('sync.leaseNumbers', { ...body, deviceId });
    if (decided?.entry.refusal === null) count('block given');
  }

  /** The paper a number is for: one that waits here, or one that comes in now. */
  function arrival(): string {
    const waiting = clerk.db
      .prepare(
        "SELECT id FROM document WHERE direction = 'incoming' AND state = 'arrived' ORDER BY n DESC LIMIT 3",
      )
      .pluck()
      .all() as string[];
    const found = at(waiting);
    if (found !== undefined && chance() < 0.5) return found;
    const documentId = ids.document();
    const file = aFile(setting.nowMs() % 1_000_000);
    const suggestion = { fields: {}, confidence: {}, method: 'none' };
    const body = { documentId, file, hasScript: false, suggestion, check: unsignedCheck };
    give(commandOf('documents.receive', body), false);
    return documentId;
  }

  function registering(): object {
    return { documentId: arrival(), fields: someFields(), presentTo: setting.agency.staff.head.id };
  }

  /** Registers one more arrival, with a number out of the block where this desk holds one. */
  function register(): void {
    if (chance() < 0.4) clerk.isOnline = false;
    const command = clerk.desk.numbered(commandOf('documents.registerIncoming', registering()));
    if (JSON.stringify(command.body).includes('leased')) {
      count(clerk.isOnline ? 'number out of a block' : 'number out of a block, offline');
    }
    give(command, false);
  }

  function nameOf({ id, device }: Pick<Lease, 'id' | 'device'>, book: string) {
    return { leaseId: id, deviceId: device, book, year };
  }

  function giveBack(): void {
    const book = at(books) ?? 'arrivals';
    const open = openLease(registerOf(book));
    if (open === null) return;
    count('block given back');
    give(commandOf('sync.returnLease', nameOf(open, book)), true);
  }

  /** The administrator voids a block, or somebody asks for its end before its time or a second time. */
  function end(name: 'sync.voidLease' | 'sync.expireLease'): void {
    const book = at(books) ?? 'arrivals';
    const lease = at(registerOf(book)?.leases ?? []);
    if (lease === undefined) return;
    const more = name === 'sync.voidLease' ? { reason: 'Không về kịp' } : {};
    const decided = atTheServer(name, { ...nameOf(lease, book), ...more });
    if (decided?.entry.refusal === null) count(name);
  }

  /** The server looks after what has run out. */
  function tick(): void {
    if (!isTold) return;
    const overdue = world.guarded(() => world.server().overdueLeases()) ?? [];
    for (const { actor, body } of overdue) {
      count('block ran out');
      world.guarded(() => world.server().decide(commandOf('sync.expireLease', body, actor)));
    }
  }

  /** A desk whose program follows no rule: it signs and sends whatever number it likes. */
  function misuse(): void {
    const register = registerOf('arrivals');
    const open = openLease(register);
    // Whatever another desk holds is the most tempting.
    const foreign = open === null || open.device === clerk.device ? [] : [open, open, open];
    const lease = at([...(register?.leases ?? []).slice(-3), ...foreign]);
    if (lease === undefined) return;
    const { from, to, used } = lease;
    const number = at([...used.slice(-1), from, to, to + 1, to + 2, from + below(5)]) ?? from;
    const body = registering();
    count('number of a block misused');
    world.atDesk(clerk, () => {
      const leased = { leaseId: lease.id, year, number };
      queueUnasked(setting, clerk, commandOf('documents.registerIncoming', { ...body, leased }));
    });
  }

  /** Time passes, and not for the clerk's desk, whose clock stands still: what it takes for valid may be over. */
  function late(): void {
    const ms = 1_800_000 + below(3_600_000);
    const clockOffMs = clerk.clockOffMs;
    world.hoursPass(ms);
    clerk.clockOffMs -= ms;
    register();
    clerk.clockOffMs = clockOffMs;
    clerk.isOnline = true;
  }

  /** The clerk's desk is lost; it is revoked, and the clerk gets another machine once this is known. */
  function lose(): void {
    // Nobody joins anew who has left.
    if (stateOf(personAggregate, clerk.person.id)?.active !== true) return;
    const decided = atTheServer('sync.revokeDevice', { deviceId: clerk.device, reason: 'Mất máy' });
    if (decided?.entry.refusal === null) count('desk lost');
  }

  function step(): void {
    if (!isTold || chance() > 0.25) return;
    const kind = below(100);
    if (kind < 20) lease();
    else if (kind < 46) register();
    else if (kind < 52) giveBack();
    else if (kind < 56) end('sync.voidLease');
    else if (kind < 61) end('sync.expireLease');
    else if (kind < 66) tick();
    else if (kind < 86) misuse();
    else if (kind < 98) {
      late();
    } else lose();
  }

  return {
    /** Blocks are allowed, and the clerk has a second desk that nobody sits at. */
    begin: (): void => {
      if (!isTold) return;
      const { clerk: who } = setting.agency.staff;
      atTheServer('directory.arrangeLeasing', { leasing: { mostNumbers: 10, mostDays: 2 } });
      const invitationId = InvitationIdSchema.parse(idNumber(2_900_000_002));
      atTheServer('sync.inviteDevice', { invitationId, personId: who.id, codeHash: codeHashOf('MA-HAI') });
      const publicKey = Buffer.alloc(32).toString('base64');
      const body = { deviceId: second, invitationId, code: 'MA-HAI', name: 'Máy hai', publicKey };
      world.guarded(() => world.server().decide(commandOf('sync.enrolDevice', body, who.id)));
    },
    step,
    tick,
  };
}

function clerkOf({ desks: [clerk] }: LeaseWorld): SimulatedDesk {
  if (clerk === undefined) throw new Error('There is no desk');
  return clerk;
}

type Machine = Readonly<{ empty: Buffer; forgiven: Set<string> }>;

/** A revoked desk wipes itself; its person begins anew on another machine, and what was not sent is lost. */
export function replaceMachine(setting: Setting, one: SimulatedDesk, { empty, forgiven }: Machine): void {
  for (const { command } of one.given) forgiven.add(command.id);
  one.db.close();
  one.db = openInMemory(empty);
  one.copy = null;
  start(setting, one);
}

/** What the desk's own queue does, without asking its rules first. */
function queueUnasked(setting: Setting, one: SimulatedDesk, command: Command): void {
  const row = one.db.prepare("SELECT value FROM setting WHERE name = 'sync.dseq'").get() as
    { value: string } | undefined;
  const dseq = Number(row?.value ?? 1) + 1;
  const text = signedText(setting.agencyId, one.device, { dseq, command });
  const signature = sign(null, Buffer.from(text), one.key).toString('base64');
  one.db.transaction(() => {
    one.db
      .prepare(
        "INSERT INTO setting (name, value) VALUES ('sync.dseq', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      )
      .run(String(dseq));
    one.db
      .prepare("INSERT INTO outbox (dseq, command_id, body, status, signature) VALUES (?, ?, ?, 'queued', ?)")
      .run(dseq, command.id, JSON.stringify(command), signature);
  })();
  one.given.push({ command, text: JSON.stringify(command) });
}
