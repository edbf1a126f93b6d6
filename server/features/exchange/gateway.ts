import { canonicalJson, AppError, addDays, dayOf, instantFrom, ref } from '#shared/kernel/public.ts';
import {
  DirectoryReplySchema,
  allExchangeGuards,
  consignmentAggregate,
  peerAggregate,
  sendingBackOffMs,
  type Member,
  type Peer,
} from '#shared/exchange/public.ts';
import { isMemberSound } from '#shared/node/exchange/public.ts';
import { z } from 'zod';
import { ownDetails, ownWord, type Connected } from './connection.ts';
import { collect, takeUpAside } from './collect.ts';
import { alarm, decide, stateOf, type GatewayFolder, type GatewayParts } from './gateway-parts.ts';
import type { HubDoor } from './hub-door.ts';
import { openHubSession } from './hub-session.ts';
import { handOver, sealOwed, type SealedOnce } from './send-out.ts';
import { askAfterRestore, oweDaily } from './statements.ts';

export type Gateway = Readonly<{ nudge: () => void; stop: () => Promise<void> }>;

/** What it works on and with; `thisMachine` gives the last line of it for a folder of this machine. */
export type GatewayOrder = Readonly<{ folder: GatewayFolder; connected: Connected }> &
  Pick<GatewayParts, 'server' | 'files' | 'decided' | 'say'> &
  Surroundings &
  Partial<Pick<GatewayParts, 'guards'>>;

export type Surroundings = Readonly<{ door: HubDoor }> &
  Pick<GatewayParts, 'machine' | 'readPage' | 'sealed' | 'arriving'>;

const idleMs = 15_000;
const directoryMs = 10 * 60_000;
const compareMs = 3_600_000;

/** Carries what an agency owes to others and what they owe to it, for as long as its server runs. */
export function startGateway({ connected, door, ...order }: GatewayOrder): Gateway {
  const { folder, machine, say } = order;
  const parts: GatewayParts = {
    guards: allExchangeGuards,
    ...connected,
    ...order,
    hub: openHubSession(folder.file.agencyId, connected, door),
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
        await expireOld(parts);
        askAfterRestore(parts);
        if (Math.abs(machine.nowMs() - comparedMs) > compareMs) {
          oweDaily(parts, addDays(dayOf(parts.now()), -1));
          comparedMs = machine.nowMs();
        }
        const busy = (await sealOwed(parts, once)) + (await handOver(parts));
        const nextMs = (folder.exchange.nextDueMs() ?? Number.POSITIVE_INFINITY) - machine.nowMs();
        if (busy === 0) await pause(Math.max(500, Math.min(idleMs, nextMs)));
      } catch (error) {
        report(error);
        await pause(idleMs);
      }
    }
  }

  async function keepCollecting(): Promise<void> {
    let failures = 0;
    let learntMs = Number.NEGATIVE_INFINITY;
    while (!over.signal.aborted) {
      try {
        if (Math.abs(machine.nowMs() - learntMs) > directoryMs) {
          await learn(parts);
          learntMs = machine.nowMs();
        }
        await takeUpAside(parts, wakeSender);
        await collect(parts, wakeSender, over.signal);
        if (failures > 0 && folder.exchange.hubIsBack() > 0) wakeSender();
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
    const code = error instanceof AppError ? error.code : String(error).slice(0, 200);
    say({ what: 'exchange fault', code });
  }

  const working = Promise.all([keepSending(), keepCollecting()]);
  return {
    nudge: wakeSender,
    stop: async () => {
      over.abort();
      wakeSender();
      await working;
    },
  };
}

/** Who is at the hub, by their own word; what changed of it is noted, and nothing is believed before codes are compared. */
async function learn(parts: GatewayParts): Promise<void> {
  const { folder, identity } = parts;
  const own = folder.file.agencyId;
  const card = stateOf(parts, peerAggregate, own)?.card;
  const details = ownDetails(folder, identity, card);
  await meet(parts, own, details);
  await parts.hub.ask('/x1/describe', await ownWord(folder, identity, details), {
    gives: z.object({ ok: z.literal(true) }),
  });
  const { members } = await parts.hub.ask('/x1/directory', {}, { gives: DirectoryReplySchema });
  for (const member of members) {
    // Most are as they were; what says nothing new needs no proof.
    if (member.id === own || isAsKnown(parts, member)) continue;
    if (!isMemberSound(member, Date.parse(parts.now()))) alarm(parts, 'exchange.forged', member.id, null);
    else await meet(parts, member.id, member.details);
  }
}

async function meet(
  parts: GatewayParts,
  peerId: Peer['id'],
  details: Omit<Peer, 'id' | 'own' | 'state' | 'endedBecause'>,
) {
  const known = stateOf(parts, peerAggregate, peerId);
  if (known?.state === 'ended' || isAsKnown(parts, { id: peerId, details })) return;
  if (known?.state === 'confirmed' && known.fingerprint !== details.fingerprint) {
    alarm(parts, 'exchange.other-authority', peerId, details.fingerprint);
  }
  await decide(parts, 'exchange.meetPeer', { peerId, details });
}

function isAsKnown(parts: GatewayParts, { id, details }: Pick<Member, 'id' | 'details'>): boolean {
  const known = stateOf(parts, peerAggregate, id);
  if (known === null) return false;
  const { id: _id, own: _own, state: _state, endedBecause: _ended, ...before } = known;
  return canonicalJson(before) === canonicalJson(details);
}

async function expireOld(parts: GatewayParts): Promise<void> {
  const over = parts.folder.exchange
    .unanswered()
    .filter((id) => isOver(parts, id))
    .slice(0, 500);
  if (over.length > 0) await decide(parts, 'exchange.expire', { consignments: over });
}

function isOver(parts: GatewayParts, id: string): boolean {
  const consignment = stateOf(parts, consignmentAggregate, ref('consignment', id).id);
  const isOpen = consignment?.state === 'queued' || consignment?.state === 'sent';
  return isOpen && consignment.expiresAt !== null && parts.now() > consignment.expiresAt;
}
