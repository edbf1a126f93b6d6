import {
  CollectReplySchema,
  ParcelSchema,
  gapsIn,
  sendingBackOffMs,
  type Parcel,
  type Peer,
} from '#shared/exchange/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import { alarm, type GatewayParts } from './gateway-parts.ts';
import type { Hub } from './hubs.ts';
import { giveUp, takeIn } from './take-in.ts';

const waitSeconds = 20;
/** Some three hours with the usual back-off: long enough for a sender to bring again what a hub lost. */
const mostTries = 12;
/** No copy of a hub that is older is taken up again. */
const lostMs = 60 * 86_400_000;

/** Takes in what has come; one parcel that cannot be taken now lets the others pass. */
export async function collect(
  all: GatewayParts,
  { hub, came, over }: Readonly<{ hub: Hub; came: () => void; over: AbortSignal }>,
): Promise<void> {
  const parts = { ...all, hub: hub.session };
  const { exchange, machine } = parts;
  const { after, known } = exchange.place(hub.id);
  const asked = { gives: CollectReplySchema, over };
  const wait = Math.min(
    waitSeconds,
    hub.askMs / 1000,
    Math.max(0, Math.floor((exchange.asideMs() - machine.nowMs()) / 1000)),
  );
  const reply = await hub.session.ask('/x1/collect', { after, known, waitSeconds: wait }, asked);
  if (reply.restarted) {
    // The hub was brought back from an older copy: all it has comes once more, and is known here.
    await alarm(parts, 'exchange.hub-went-back', null, String(after));
    await exchange.moveTo(hub.id, 0, null);
    await exchange.handAllAgain(machine.nowMs() - lostMs);
    came();
  }
  for (const { n, at, parcel } of reply.parcels) {
    if (over.aborted) return;
    await takeOrSetAside(parts, parcel, 1);
    await exchange.moveTo(hub.id, n, `${parcel.id} ${at}`);
    await noteGaps(parts, parcel.from);
    came();
  }
}

/** Tries again what was set aside and is due. */
export async function takeUpAside(parts: GatewayParts, came: () => void): Promise<void> {
  const { exchange, machine } = parts;
  for (const { sender, id, parcel, tries } of exchange.asideDue(machine.nowMs())) {
    const read = ParcelSchema.parse(JSON.parse(parcel));
    if (tries < mostTries) {
      await takeOrSetAside(parts, read, tries + 1);
      came();
      continue;
    }
    await giveUp(parts, read);
    await alarm(parts, 'exchange.given-up', read.from, id);
    await exchange.takenUp(sender, id);
    came();
  }
}

async function takeOrSetAside(parts: GatewayParts, parcel: Parcel, tries: number): Promise<void> {
  const { exchange, machine } = parts;
  try {
    await takeIn(parts, parcel);
    if (exchange.isAside(parcel.from, parcel.id)) await exchange.takenUp(parcel.from, parcel.id);
  } catch (error) {
    if (stopsEverything(error)) throw error;
    const nextMs = machine.nowMs() + sendingBackOffMs(tries, machine.chance());
    const { from: sender, id } = parcel;
    await exchange.setAside({ sender, id, parcel: JSON.stringify(parcel), tries, nextMs });
    await alarm(parts, 'exchange.set-aside', parcel.from, parcel.id);
    const code = error instanceof AppError ? error.code : String(error).slice(0, 200);
    parts.say({ what: 'set aside', parcel: parcel.id, code, tries });
  }
}

const forAll = new Set([
  'hub.away',
  'hub.no-session',
  'hub.not-joined',
  'store.disk-full',
  'store.disk-fault',
  'store.no-access',
  'store.in-use',
  'server.database-away',
  'server.database-silent',
  'server.database-refused',
  'server.copy-apart',
]);

/** The line, the disk, the database or another run of the server: no fault of one parcel. */
export function stopsEverything(error: unknown): boolean {
  return error instanceof Fenced || (error instanceof AppError && forAll.has(error.code));
}

/** A place that is missing in a sender's series, seen as soon as a later one is here. */
async function noteGaps(parts: GatewayParts, from: Peer['id']): Promise<void> {
  for (const seq of gapsIn(parts.exchange.seqsFrom(from))) {
    await alarm(parts, 'exchange.gap', from, String(seq));
  }
}
