import { personAggregate } from '#shared/directory/public.ts';
import { openLease, registerAggregate, registerId, type Lease } from '#shared/documents/public.ts';
import {
  DeviceIdSchema,
  InvitationIdSchema,
  LeaseIdSchema,
  instantFrom,
  type Command,
  type DeviceId,
  type LeaseId,
} from '#shared/kernel/public.ts';
import { readState } from '#electron/store/read-state.ts';
import { codeHashOf } from '#shared/sync/public.ts';
import { aFile, idNumber, ids, someFields, unsignedCheck } from '../support/builders.ts';
import { chanceOf } from './chance.ts';
import type { Part } from './part.ts';
import { newCommandId, type Setting } from './setting.ts';
import { give as giveAt, signedPush, type SimulatedDesk } from './simulated-desk.ts';
import type { SimulatedServer } from './simulated-server.ts';

/** What the stories of blocks of numbers need of the world they happen in. */
type LeaseWorld = Readonly<{
  seed: number;
  setting: Setting;
  /** The first of them is the clerk's. */
  desks: readonly SimulatedDesk[];
  server: SimulatedServer;
}>;

const books = ['arrivals', 'arrivals', 'arrivals', 'all'] as const;
const year = 2026;
const firstLease = 4_000_000_000;

/** Blocks of numbers in a story: given, used offline, returned, run out, voided, lost, and used as nobody may. */
export function leaseStories(world: LeaseWorld): Part {
  const { seed, setting, server } = world;
  const { count } = setting;
  const atTheServer = server.order;
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
    claimedAt: instantFrom(setting.time.nowMs() + clerk.clockOffMs),
    body: JSON.parse(JSON.stringify(body)),
  });

  const registerOf = (book: string) => readState(clerk.db, registerAggregate, registerId(book, year));

  const give = (name: string, body: unknown): boolean => giveAt(setting, clerk, { name, body });

  /** A new block, asked for at the desk or given by the administrator. */
  async function lease(): Promise<void> {
    const book = at(books) ?? 'arrivals';
    const leaseId = LeaseIdSchema.parse(idNumber(firstLease + known.length));
    known.push({ id: leaseId, book });
    const body = { leaseId, book, count: 1 + below(5), hours: at([1, 1, 12]) };
    if (chance() < 0.5) {
      give('sync.leaseNumbers', { ...body, deviceId: clerk.device });
      return;
    }
    const deviceId = chance() < 0.6 ? second : clerk.device;
    const decided = await atTheServer('sync.leaseNumbers', { ...body, deviceId });
    if (decided?.entry.refusal === null) count('block given');
  }

  /** The paper a number is for: one that waits here, or one that comes in now. */
  async function arrival(): Promise<string> {
    const waiting = clerk.db
      .prepare(
        "SELECT id FROM document WHERE direction = 'incoming' AND state = 'arrived' ORDER BY n DESC LIMIT 3",
      )
      .pluck()
      .all() as string[];
    const found = at(waiting);
    if (found !== undefined && chance() < 0.5) return found;
    const documentId = ids.document();
    const bytes = Buffer.from(`Văn bản ${documentId}`);
    const file = { ...aFile(1), ...(await clerk.blobs.put(bytes)) };
    const suggestion = { fields: {}, confidence: {}, method: 'none' };
    const body = { documentId, file, hasScript: false, suggestion, check: unsignedCheck };
    give('documents.receive', body);
    return documentId;
  }

  async function registering(): Promise<object> {
    return { documentId: await arrival(), fields: someFields(), presentTo: setting.agency.staff.head.id };
  }

  /** Registers one more arrival, with a number out of the block where this desk holds one. */
  async function register(): Promise<void> {
    if (chance() < 0.4) clerk.isOnline = false;
    const body = await registering();
    const before = clerk.given.length;
    give('documents.registerIncoming', body);
    const isLeased = clerk.given.slice(before).some(({ text }) => text.includes('"leased"'));
    if (isLeased) count(clerk.isOnline ? 'number out of a block' : 'number out of a block, offline');
  }

  function nameOf({ id, device }: Pick<Lease, 'id' | 'device'>, book: string) {
    return { leaseId: id, deviceId: device, book, year };
  }

  function giveBack(): void {
    const book = at(books) ?? 'arrivals';
    const open = openLease(registerOf(book));
    if (open === null) return;
    count('block given back');
    give('sync.returnLease', nameOf(open, book));
  }

  /** The administrator voids a block, or somebody asks for its end before its time or a second time. */
  async function end(name: 'sync.voidLease' | 'sync.expireLease'): Promise<void> {
    const book = at(books) ?? 'arrivals';
    const lease = at(registerOf(book)?.leases ?? []);
    if (lease === undefined) return;
    const more = name === 'sync.voidLease' ? { reason: 'Không về kịp' } : {};
    const decided = await atTheServer(name, { ...nameOf(lease, book), ...more });
    if (decided?.entry.refusal === null) count(name);
  }

  /** The server looks after what has run out. */
  async function tick(): Promise<void> {
    if (!isTold) return;
    const overdue = (await server.guarded(() => server.run().serving.overdueLeases())) ?? [];
    for (const { actor, body } of overdue) {
      count('block ran out');
      const command = commandOf('sync.expireLease', body, actor);
      await server.guarded(() => server.run().serving.decide(command));
    }
  }

  /** A desk whose program follows no rule: it signs and sends whatever number it likes. */
  async function misuse(): Promise<void> {
    const leases = registerOf('arrivals')?.leases ?? [];
    const own = leases.filter(({ device }) => device === clerk.device);
    const open = own.filter(({ ended }) => ended === null);
    const over = own.filter(({ ended }) => ended !== null).slice(-1);
    const foreign = leases.filter(({ device }) => device !== clerk.device).slice(-1);
    const wrong: (readonly [Lease, number])[] = [
      ...open.flatMap((lease) => [...lease.used, lease.to + 1].map((number) => [lease, number] as const)),
      ...over.map((lease) => [lease, lease.to] as const),
      ...foreign.map((lease) => [lease, lease.from] as const),
      ...leases.slice(-1).map((lease) => [lease, lease.from + below(7)] as const),
    ];
    const [lease, number = 0] = at(wrong) ?? [];
    if (lease === undefined) return;
    const body = await registering();
    count('number of a block misused');
    const leased = { leaseId: lease.id, year, number };
    queueUnasked(setting, clerk, commandOf('documents.registerIncoming', { ...body, leased }));
  }

  /** Time passes, and not for the clerk's desk, whose clock stands still: what it takes for valid may be over. */
  async function late(): Promise<void> {
    const ms = 1_800_000 + below(3_600_000);
    const clockOffMs = clerk.clockOffMs;
    setting.time.jump(ms);
    clerk.clockOffMs -= ms;
    await register();
    clerk.clockOffMs = clockOffMs;
    clerk.isOnline = true;
  }

  /** The clerk's desk is lost; it is revoked, and the clerk gets another machine once this is known. */
  async function lose(): Promise<void> {
    // Nobody joins anew who has left.
    if (readState(clerk.db, personAggregate, clerk.person.id)?.active !== true) return;
    setting.takenBack.add(clerk.device);
    const decided = await atTheServer('sync.revokeDevice', { deviceId: clerk.device, reason: 'Mất máy' });
    if (decided?.entry.refusal === null) count('desk lost');
  }

  async function step(): Promise<void> {
    const kind = below(100);
    if (kind < 20) await lease();
    else if (kind < 46) await register();
    else if (kind < 52) giveBack();
    else if (kind < 56) await end('sync.voidLease');
    else if (kind < 61) await end('sync.expireLease');
    else if (kind < 66) await tick();
    else if (kind < 86) await misuse();
    else if (kind < 98) await late();
    else await lose();
  }

  return {
    share: isTold ? 0.29 : 0,
    at: () => clerk,
    act: step,
    tick,
    faults: () => Promise.resolve([]),
    /** Blocks are allowed, and the clerk has a second desk that nobody sits at. */
    begin: async () => {
      if (!isTold) return;
      const { clerk: who } = setting.agency.staff;
      await atTheServer('directory.arrangeLeasing', { leasing: { mostNumbers: 10, mostDays: 2 } });
      const invitationId = InvitationIdSchema.parse(idNumber(2_900_000_002));
      await atTheServer('sync.inviteDevice', {
        invitationId,
        personId: who.id,
        codeHash: codeHashOf('MA-HAI'),
      });
      const publicKey = Buffer.alloc(32).toString('base64');
      const body = { deviceId: second, invitationId, code: 'MA-HAI', name: 'Máy hai', publicKey };
      const command = commandOf('sync.enrolDevice', body, who.id);
      await server.guarded(() => server.run().serving.decide(command));
      await lease();
    },
  };
}

function clerkOf({ desks: [clerk] }: LeaseWorld): SimulatedDesk {
  if (clerk === undefined) throw new Error('There is no desk');
  return clerk;
}

/** What the desk's own queue does, without asking its rules first. */
export function queueUnasked(setting: Setting, one: SimulatedDesk, command: Command): void {
  const row = one.db.prepare("SELECT value FROM setting WHERE name = 'sync.dseq'").get() as
    { value: string } | undefined;
  const dseq = Number(row?.value ?? 1) + 1;
  const { signature } = signedPush(setting, one, { dseq, command }).commands[0] ?? {};
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
