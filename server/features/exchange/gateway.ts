import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { agencyAggregate } from '#shared/directory/public.ts';
import { canonicalJson, AppError, addDays, dayOf, instantFrom, type Instant } from '#shared/kernel/public.ts';
import {
  DirectoryReplySchema,
  consignmentAggregate,
  peerAggregate,
  sendingBackOffMs,
  type LineView,
  type Consignment,
  type Peer,
  type PeerDetails,
} from '#shared/exchange/public.ts';
import { openArriving, openBlobs } from '#shared/node/blobs/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import { isMemberSound } from '#shared/node/exchange/public.ts';
import { z } from 'zod';
import type { AgencyFolder } from '../../data/agency-folder.ts';
import { hubFingerprint, ownDetails, ownWord, type Connected } from './connection.ts';
import { collect, takeUpAside } from './collect.ts';
import { alarm, decide, stateOf, type GatewayParts } from './gateway-parts.ts';
import { openHubSession } from './hub-session.ts';
import { anyOf, type Hub } from './hubs.ts';
import { keepLine } from './lines/keep-line.ts';
import { handOver, sealOwed, type SealedOnce } from './send-out.ts';
import { askAfterRestore, oweStatement } from './statements.ts';

export type Gateway = Readonly<{
  nudge: () => void;
  /** How the lines that speak edXML stand. */
  lines: () => readonly LineView[];
  stop: () => Promise<void>;
}>;

export type GatewayOrder = Readonly<{ folder: AgencyFolder; connected: Connected }> &
  Pick<GatewayParts, 'exchange' | 'server' | 'states' | 'files' | 'decided' | 'say'> &
  Readonly<{ /** Another server has taken the log over. */ overtaken: () => void }>;

const idleMs = 15_000;
const directoryMs = 10 * 60_000;
const ownDirectoryMs = 5000;

/** Carries what an agency owes to others and what they owe to it, for as long as its server runs. */
export function startGateway(order: GatewayOrder): Gateway {
  const { folder, connected, exchange, server, states, files, decided, say } = order;
  const { path, dataKey } = folder;
  const sealed = openBlobs({ folder: join(path, 'exchange'), dataKey });
  const { identity } = connected;
  const hubs = connected.hubs.map((connection): Hub => ({
    id: hubFingerprint(connection.authority),
    session: openHubSession(folder.file.agencyId, { connection, identity }),
    // Whoever was just admitted to one's own mailbox is on the telephone, and waits to compare codes.
    askMs: connection.isOwn === true ? ownDirectoryMs : directoryMs,
    members: new Set(),
  }));
  const parts: GatewayParts = {
    identity,
    lines: connected.lines,
    folder,
    exchange,
    server,
    states,
    files,
    hubs,
    hub: anyOf(hubs),
    sealed,
    arriving: openArriving(join(path, 'exchange', 'arriving'), { dataKey, blobs: sealed }),
    now: () => instantFrom(Date.now()),
    decided,
    say,
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
    await sleep(ms, rest.signal);
    wake = null;
    isNudged = false;
  }

  async function keepSending(): Promise<void> {
    let reconciled = '';
    while (!over.signal.aborted) {
      try {
        await exchange.catchUp();
        await expireOld(parts);
        await askAfterRestore(parts);
        const yesterday = addDays(dayOf(parts.now()), -1);
        if (reconciled !== yesterday) {
          for (const peer of exchange.peersOn(yesterday)) {
            const sender = folder.file.agencyId;
            await oweStatement(parts, peer, {
              sender,
              day: yesterday,
              until: yesterday,
              again: '',
              asks: false,
            });
          }
          reconciled = yesterday;
        }
        const sealed = await sealOwed(parts, once);
        if (sealed > 0) for (const line of lines) line.wake();
        const busy = sealed + (await handOver(parts));
        const nextMs = (exchange.nextDueMs() ?? Number.POSITIVE_INFINITY) - Date.now();
        if (busy === 0) await pause(Math.max(500, Math.min(idleMs, nextMs)));
      } catch (error) {
        report(error);
        await pause(idleMs);
      }
    }
  }

  async function keepCollecting(hub: Hub, place: number): Promise<void> {
    let failures = 0;
    let learntMs = 0;
    while (!over.signal.aborted) {
      try {
        if (Date.now() - learntMs > hub.askMs) {
          await learn(parts, hub);
          learntMs = Date.now();
        }
        // One of them is enough: whatever was set aside is fetched from where it is.
        if (place === 0) await takeUpAside(parts, wakeSender);
        await collect(parts, { hub, came: wakeSender, over: over.signal });
        if (failures > 0 && exchange.hubIsBack() > 0) wakeSender();
        failures = 0;
      } catch (error) {
        failures += 1;
        report(error);
        await sleep(sendingBackOffMs(failures, Math.random()), over.signal);
      }
    }
  }

  function wakeSender(): void {
    isNudged = true;
    wake?.();
  }

  function report(error: unknown): void {
    if (over.signal.aborted) return;
    if (error instanceof Fenced) order.overtaken();
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
    if (member.id === own) continue;
    if (isMemberSound(member, Date.parse(parts.now()))) await meet(parts, member.id, member.details);
    else await alarm(parts, 'exchange.forged', member.id, null);
  }
}

/** One's own word of oneself, in the log where it changed. */
async function meetOneself(parts: GatewayParts): Promise<PeerDetails> {
  const { file } = parts.folder;
  const own = file.agencyId;
  const card = (await stateOf(parts, peerAggregate, own))?.card;
  const details = ownDetails(await stateOf(parts, agencyAggregate, own), file, parts.identity, card);
  await meet(parts, own, details);
  return details;
}

async function meet(parts: GatewayParts, peerId: Peer['id'], details: PeerDetails): Promise<void> {
  const known = await stateOf(parts, peerAggregate, peerId);
  if (known?.state === 'ended') return;
  if (known !== null) {
    const { id: _id, own: _own, state: _state, endedBecause: _ended, ...before } = known;
    if (canonicalJson(before) === canonicalJson(details)) return;
    if (known.state === 'confirmed' && known.fingerprint !== details.fingerprint) {
      await alarm(parts, 'exchange.other-authority', peerId, details.fingerprint);
    }
  }
  await decide(parts, 'exchange.meetPeer', { peerId, details });
}

async function expireOld(parts: GatewayParts): Promise<void> {
  const { exchange } = parts;
  const unanswered = [...exchange.unanswered(), ...exchange.unansweredOnLines()];
  const over = await parts.server.looking((look) =>
    unanswered.filter((id) => isOver(look(consignmentAggregate, id), parts.now())).slice(0, 500),
  );
  if (over.length > 0) await decide(parts, 'exchange.expire', { consignments: over });
}

function isOver(consignment: Consignment | null, now: Instant): boolean {
  const isOpen = consignment?.state === 'queued' || consignment?.state === 'sent';
  return isOpen && consignment.expiresAt !== null && now > consignment.expiresAt;
}

async function sleep(ms: number, over: AbortSignal): Promise<void> {
  // Cut off when the server goes, which is all that can go wrong.
  await setTimeout(ms, undefined, { signal: over }).catch(() => undefined);
}
