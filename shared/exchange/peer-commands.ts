import { z } from 'zod';
import { AgencyIdSchema, defineCommand, ref, refuse } from '../kernel/public.ts';
import { peerAggregate } from './aggregates.ts';
import { CapabilityCardSchema, LineAddressSchema, PeerDetailsSchema } from './ledger.ts';
import { isPairCode, pairCode } from './pair-code.ts';

/**
 * Notes an agency as the directory shows it, or one's own. Sent by the gateway: it has read the certificate and computed
 * its fingerprint. Nothing is sent to it or taken from it before both sides have compared the code.
 */
export const meetPeer = defineCommand({
  name: 'exchange.meetPeer',
  atServer: true,
  body: z.object({ peerId: AgencyIdSchema, details: PeerDetailsSchema }),
  reads: ({ peerId }) => [ref('peer', peerId)],
  decide: ({ body: { peerId, details }, states, ctx }) => {
    const before = states.of(peerAggregate, peerId);
    if (before?.state === 'ended') return refuse('exchange.peer-ended', { name: before.name });
    const own = peerId === ctx.agencyId;
    return [{ type: 'peerDescribed', on: ref('peer', peerId), body: { ...details, own } }];
  },
});

/** Notes an agency that is reached over an edXML line, as the table of that line has it. */
export const reachPeer = defineCommand({
  name: 'exchange.reachPeer',
  atServer: true,
  body: PeerDetailsSchema.pick({ name: true, codes: true, card: true }).extend({
    peerId: AgencyIdSchema,
    line: LineAddressSchema,
  }),
  reads: ({ peerId }) => [ref('peer', peerId)],
  decide: ({ body: { peerId, ...reached }, states }) => {
    const before = states.of(peerAggregate, peerId);
    if (before?.state === 'ended') return refuse('exchange.peer-ended', { name: before.name });
    if (before !== null && before.line === undefined) {
      return refuse('exchange.reached-otherwise', { name: before.name });
    }
    return [{ type: 'peerReached', on: ref('peer', peerId), body: reached }];
  },
});

export const changeCard = defineCommand({
  name: 'exchange.changeCard',
  body: z.object({ card: CapabilityCardSchema }),
  reads: (_body, ctx) => [ref('peer', ctx.agencyId)],
  decide: ({ body: { card }, states, ctx }) => {
    if (states.of(peerAggregate, ctx.agencyId) === null) return refuse('exchange.not-connected');
    return [{ type: 'peerCardChanged', on: ref('peer', ctx.agencyId), body: { card } }];
  },
});

/** The administrator types what the other agency's administrator reads out; it is right only if both see the same keys. */
export const confirmPeer = defineCommand({
  name: 'exchange.confirmPeer',
  body: z.object({ peerId: AgencyIdSchema, code: z.string().min(1).max(60) }),
  reads: ({ peerId }, ctx) => [ref('peer', peerId), ref('peer', ctx.agencyId)],
  decide: ({ body: { peerId, code }, states, ctx }) => {
    const [peer, own] = [states.of(peerAggregate, peerId), states.of(peerAggregate, ctx.agencyId)];
    if (own === null) return refuse('exchange.not-connected');
    if (peer === null) return refuse('exchange.unknown-peer');
    const { name } = peer;
    if (peer.own) return refuse('exchange.to-oneself');
    if (peer.state === 'ended') return refuse('exchange.peer-ended', { name });
    if (own.fingerprint === null || peer.fingerprint === null) {
      return refuse('exchange.reached-otherwise', { name });
    }
    if (!isPairCode(code, pairCode(own.fingerprint, peer.fingerprint))) {
      return refuse('exchange.other-code', { name });
    }
    return [{ type: 'peerConfirmed', on: ref('peer', peerId), body: { code } }];
  },
});

export const endPeer = defineCommand({
  name: 'exchange.endPeer',
  body: z.object({ peerId: AgencyIdSchema, reason: z.string().trim().min(1).max(500) }),
  reads: ({ peerId }) => [ref('peer', peerId)],
  decide: ({ body: { peerId, reason }, states }) => {
    const peer = states.of(peerAggregate, peerId);
    if (peer === null) return refuse('exchange.unknown-peer');
    if (peer.own) return refuse('exchange.to-oneself');
    return [{ type: 'peerEnded', on: ref('peer', peerId), body: { reason } }];
  },
});
