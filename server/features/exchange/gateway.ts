import { agencyAggregate } from '#shared/directory/public.ts';
import { canonicalJson, AppError, addDays, dayOf, instantFrom, type Instant } from '#shared/kernel/public.ts';
import {
  DirectoryReplySchema,
  allExchangeGuards,
  consignmentAggregate,
  peerAggregate,
  sendingBackOffMs,
  type Consignment,
  type LineView,
  type Member,
  type Peer,
  type PeerDetails,
} from '#shared/exchange/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import { isMemberSound } from '#shared/node/exchange/public.ts';
import { z } from 'zod';
import { hubFingerprint, ownDetails, ownWord, type Connected, type HubLine } from './connection.ts';
import { collect, takeUpAside } from './collect.ts';
import { alarm, decide, stateOf, type GatewayFolder, type GatewayParts } from './gateway-parts.ts';
import type { HubDoor } from './hub-door.ts';
import { openHubSession } from './hub-session.ts';
import { anyOf, type Hub } from './hubs.ts';
import { keepLine } from './lines/keep-line.ts';
import { handOver, sealOwed, type SealedOnce } from './send-out.ts';
import { askAfterRestore, oweDaily } from './statements.ts';

export type Gateway = Readonly<{
  nudge: () => void;
  /** How the lines that speak edXML stand. */
  lines: () => readonly LineView[];
  stop: () => Promise<void>;
}>;

/** What it works on and with; `thisMachine` gives the last line of it for a folder of this machine. */
export type GatewayOrder = Readonly<{ folder: GatewayFolder; connected: Connected }> &
  Pick<GatewayParts, 'exchange' | 'server' | 'states' | 'files' | 'decided' | 'say'> &
  Readonly<{ /** Another server has taken the log over. */ overtaken: () => void }> &
  Surroundings &
  Partial<Pick<GatewayParts, 'guards'>>;

export type Surroundings = Readonly<{ doorTo: (line: HubLine) => HubDoor }> &
  Pick<GatewayParts, 'machine' | 'readPage' | 'sealed' | 'arriving' | 'transportOf'>;

const idleMs = 15_000;
const directoryMs = 10 * 60_000;
const ownDirectoryMs = 5000;
const compareMs = 3_600_000;

/** Carries what an agency owes to others and what they owe to it, for as long as its server runs. */
export function startGateway({ connected, doorTo, overtaken, ...order }: GatewayOrder): Gateway {
  const { folder, exchange, machine, say } = order;
  const { identity } = connected;
  const hubs = connected.hubs.map((line): Hub => ({
    id: hubFingerprint(line.authority),
    session: openHubSession(folder.file.agencyId, { line, identity }, doorTo(line)),
    // Whoever was just admitted to one's own mailbox is on the telephone, and waits to compare codes.
    askMs: line.isOwn === true ? ownDirectoryMs : directoryMs,
    members: new Set(),
  }));
  const parts: GatewayParts = {
    guards: allExchangeGuards,
    ...order,
    identity,
    lines: connected.lines,
    hubs,
    hub: anyOf(hubs),
    now: () => instantFrom(machine.nowMs()),
  };
  const once: SealedOnce = { parts: new Map(), looked: new Set() };
  const over = new AbortController();
  let wake: (() => void) | null = null;
  let isNudged = false;

  async function pause(ms: number): Promise<void> {
    if (over.signal.aborted || isNudged) {
      isNudged = false;
      return;
    }
    const rest = new AbortController();
    wake = () => {
      rest.abort();
    };
    await machine.sleep(ms, rest.signal);
    wake = null;
    isNudged = false;
  }

  async function keepSending(): Promise<void> {
    let comparedMs = Number.NEGATIVE_INFINITY;
    while (!over.signal.aborted) {
      try {
        await exchange.catchUp();
        await expireOld(parts);
        await askAfterRestore(parts);
        if (Math.abs(machine.nowMs() - comparedMs) > compareMs) {
          await oweDaily(parts, addDays(dayOf(parts.now()), -1));
          comparedMs = machine.nowMs();
        }
        const sealed = await sealOwed(parts, once);
        if (sealed > 0) for (const line of lines) line.wake();
        const busy = sealed + (await handOver(parts));
        const nextMs = (exchange.nextDueMs() ?? Number.POSITIVE_INFINITY) - machine.nowMs();
        if (busy === 0) await pause(Math.max(500, Math.min(idleMs, nextMs)));
      } catch (error) {
        report(error);
        await pause(idleMs);
      }
    }
  }

  async function keepCollecting(hub: Hub, place: number): Promise<void> {
    let failures = 0;
    let learntMs = Number.NEGATIVE_INFINITY;
    while (!over.signal.aborted) {
      try {
        if (Math.abs(machine.nowMs() - learntMs) > hub.askMs) {
          await learn(parts, hub);
          learntMs = machine.nowMs();
        }
        // One of them is enough: whatever was set aside is fetched from where it is.
        if (place === 0) await takeUpAside(parts, wakeSender);
        await collect(parts, { hub, came: wakeSender, over: over.signal });
        if (failures > 0 && exchange.hubIsBack() > 0) wakeSender();
        failures = 0;
      } catch (error) {
        failures += 1;
        report(error);
        await machine.sleep(sendingBackOffMs(failures, machine.chance()), over.signal);
      }
    }
  }

  function wakeSender(): void {
    isNudged = true;
    wake?.();
  }

  function report(error: unknown): void {
    if (over.signal.aborted) return;
    if (error instanceof Fenced) overtaken();
    const code = error instanceof AppError ? error.code : String(error).slice(0, 200);
    say({ what: 'exchange fault', code });
  }

  const lines = connected.lines.map((line) => keepLine(parts, { line, over: over.signal, came: wakeSender }));
  const working = Promise.all([
    keepSending(),
    ...(hubs.length === 0 ? [meetOneself(parts).then(() => undefined, report)] : hubs.map(keepCollecting)),
    ...lines.map(({ stopped }) => stopped),
  ]);
  return {
    nudge: wakeSender,
    lines: () => lines.map(({ view }) => view()),
    stop: async () => {
      over.abort();
      wakeSender();
      await working;
    },
  };
}

/** Who is at the hub, by their own word; what changed of it is noted, and nothing is believed before codes are compared. */
async function learn(parts: GatewayParts, { session, members: there }: Hub): Promise<void> {
  const { folder, identity } = parts;
  const own = folder.file.agencyId;
  const details = await meetOneself(parts);
  await session.ask('/x1/describe', await ownWord(folder.file, identity, details), {
    gives: z.object({ ok: z.literal(true) }),
  });
  const { members } = await session.ask('/x1/directory', {}, { gives: DirectoryReplySchema });
  there.clear();
  for (const member of members) {
    there.add(member.id);
    // Most are as they were; what says nothing new needs no proof.
    if (member.id === own || (await isAsKnown(parts, member))) continue;
    if (isMemberSound(member, Date.parse(parts.now()))) await meet(parts, member.id, member.details);
    else await alarm(parts, 'exchange.forged', member.id, null);
  }
}

/** One's own word of oneself, in the log where it changed. */
async function meetOneself(parts: GatewayParts): Promise<PeerDetails> {
  const { file } = parts.folder;
  const card = (await stateOf(parts, peerAggregate, file.agencyId))?.card;
  const own = await stateOf(parts, agencyAggregate, file.agencyId);
  const details = ownDetails(own, file, parts.identity, card);
  await meet(parts, file.agencyId, details);
  return details;
}

async function meet(parts: GatewayParts, peerId: Peer['id'], details: PeerDetails): Promise<void> {
  const known = await stateOf(parts, peerAggregate, peerId);
  if (known?.state === 'ended' || isSaid(known, details)) return;
  if (known?.state === 'confirmed' && known.fingerprint !== details.fingerprint) {
    await alarm(parts, 'exchange.other-authority', peerId, details.fingerprint);
  }
  await decide(parts, 'exchange.meetPeer', { peerId, details });
}

async function isAsKnown(parts: GatewayParts, { id, details }: Member): Promise<boolean> {
  return isSaid(await stateOf(parts, peerAggregate, id), details);
}

function isSaid(known: Peer | null, details: PeerDetails): boolean {
  if (known === null) return false;
  const { id: _id, own: _own, state: _state, endedBecause: _ended, ...before } = known;
  return canonicalJson(before) === canonicalJson(details);
}

async function expireOld(parts: GatewayParts): Promise<void> {
  const unanswered = [...parts.exchange.unanswered(), ...parts.exchange.unansweredOnLines()];
  const over = await parts.server.looking((look) =>
    unanswered.filter((id) => isOver(look(consignmentAggregate, id), parts.now())).slice(0, 500),
  );
  if (over.length > 0) await decide(parts, 'exchange.expire', { consignments: over });
}

function isOver(consignment: Consignment | null, now: Instant): boolean {
  const isOpen = consignment?.state === 'queued' || consignment?.state === 'sent';
  return isOpen && consignment.expiresAt !== null && now > consignment.expiresAt;
}
