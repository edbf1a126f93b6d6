import { assertNever, type Aggregate, type AgencyId, type ConsignmentId } from '../kernel/public.ts';
import { nextState } from '../documents/public.ts';
import type { ConsignmentAct, DeliveryAct, DeliveryOrigin, PeerAct } from './acts.ts';
import type { Consignment, Delivery, Peer } from './ledger.ts';
import {
  consignmentTransitions,
  deliveryTransitions,
  eventOfStatus,
  type ConsignmentEvent,
  type DeliveryEvent,
} from './transitions.ts';

export const peerAggregate: Aggregate<Peer, PeerAct> = {
  kind: 'peer',
  evolve(state, act) {
    switch (act.type) {
      case 'peerDescribed': {
        // Under another authority it is as a stranger: both sides compare again.
        const isSame = state?.fingerprint === act.body.fingerprint && state.state === 'confirmed';
        const { own } = act.body;
        const stands = own || isSame ? 'confirmed' : 'met';
        return { ...act.body, id: act.on.id as AgencyId, state: stands, endedBecause: null };
      }
      case 'peerReached':
        return {
          ...act.body,
          id: act.on.id as AgencyId,
          authority: null,
          fingerprint: null,
          sealing: null,
          own: false,
          // Whoever set the line up says who is on it; there are no keys to compare.
          state: 'confirmed',
          endedBecause: null,
        };
      case 'peerCardChanged':
        return { ...known(state), card: act.body.card };
      case 'peerConfirmed':
        return { ...known(state), state: 'confirmed' };
      case 'peerEnded':
        return { ...known(state), state: 'ended', endedBecause: act.body.reason };
      default:
        return assertNever(act);
    }
  },
};

export const consignmentAggregate: Aggregate<Consignment, ConsignmentAct> = {
  kind: 'consignment',
  evolve(state, act) {
    if (act.type !== 'consignmentPrepared') return evolveConsignment(known(state), act);
    return {
      ...act.body,
      id: act.on.id as ConsignmentId,
      state: 'prepared',
      queuedAt: null,
      sentAt: null,
      expiresAt: null,
      arrival: null,
      refused: null,
      recall: null,
      receipts: [],
    };
  },
};

function evolveConsignment(
  before: Consignment,
  act: Exclude<ConsignmentAct, { type: 'consignmentPrepared' }>,
): Consignment {
  switch (act.type) {
    case 'consignmentQueued':
      return { ...moved(before, 'dispatch'), ...act.body };
    case 'consignmentSent':
      return { ...moved(before, 'send'), ...act.body };
    case 'consignmentReported':
      return reported(before, act.body);
    case 'consignmentAskedBack':
      return { ...moved(before, 'ask-back'), recall: { ...act.body, answer: null, words: '' } };
    case 'consignmentWithdrawn':
      return moved(before, 'withdraw');
    case 'consignmentExpired':
      return moved(before, 'expire');
    case 'consignmentSettled':
      return { ...before, settled: true };
    default:
      return assertNever(act);
  }
}

type Reported = Extract<ConsignmentAct, { type: 'consignmentReported' }>['body'];

function reported(before: Consignment, { receipt, arrival }: Reported): Consignment {
  const { status, code, words } = receipt;
  const after = receipt.moved ? moved(before, eventOfStatus[status]) : before;
  const answer = status === 'recall-agreed' ? 'agreed' : status === 'recall-declined' ? 'declined' : null;
  return {
    ...after,
    receipts: [...before.receipts, receipt],
    // Their number comes with whichever receipt first says it, late or not.
    arrival: before.arrival ?? arrival,
    refused: receipt.moved && status === 'refused' ? { code: code ?? 'other', words } : before.refused,
    recall:
      before.recall !== null && receipt.moved && answer !== null
        ? { ...before.recall, answer, words }
        : before.recall,
  };
}

function moved(before: Consignment, event: ConsignmentEvent): Consignment {
  const state = nextState(consignmentTransitions, before.state, event);
  if (state === null) throw new Error(`No way from ${before.state} by ${event}`);
  const { settled: _settled, ...rest } = before;
  return { ...rest, state };
}

export const deliveryAggregate: Aggregate<Delivery, DeliveryAct> = {
  kind: 'delivery',
  evolve(state, act) {
    switch (act.type) {
      case 'deliveryArrived': {
        const { kind, digest, document, refs } = act.body;
        return { ...movedDelivery(begun(state, act.on.id, act.body), 'take'), kind, digest, document, refs };
      }
      case 'deliveryTurnedAway': {
        const { digest, code, words } = act.body;
        const before = begun(state, act.on.id, act.body);
        return { ...movedDelivery(before, 'turn-away'), digest, returned: { code, words } };
      }
      case 'deliveryAskedBack': {
        const { from: _from, fromName: _name, envelope: _envelope, ...asked } = act.body;
        const before = begun(state, act.on.id, act.body);
        const recall = { ...asked, answer: null, words: '' };
        return { ...movedDelivery(before, 'ask-back'), recall };
      }
      case 'deliverySucceeded': {
        const { kind, delivery } = act.body;
        const before = begun(state, act.on.id, act.body);
        return { ...before, succeededBy: [...before.succeededBy, { kind, delivery }] };
      }
      case 'deliveryReturned':
        return { ...movedDelivery(known(state), 'return'), returned: act.body };
      case 'recallAgreed':
        return answered(movedDelivery(known(state), 'agree'), 'agreed', act.body.words);
      case 'recallDeclined':
        return answered(movedDelivery(known(state), 'decline'), 'declined', act.body.words);
      default:
        return assertNever(act);
    }
  },
};

/** What is not known yet is awaited: a recall or a replacement may overtake its document. */
function begun(state: Delivery | null, id: string, { from, fromName, envelope }: DeliveryOrigin): Delivery {
  if (state !== null) return state;
  return {
    id,
    from,
    fromName,
    envelope,
    state: 'awaited',
    kind: 'new',
    digest: null,
    document: null,
    refs: [],
    succeededBy: [],
    recall: null,
    returned: null,
  };
}

function answered(before: Delivery, answer: 'agreed' | 'declined', words: string): Delivery {
  if (before.recall === null) throw new Error('Nobody asked for it back');
  return { ...before, recall: { ...before.recall, answer, words } };
}

function movedDelivery(before: Delivery, event: DeliveryEvent): Delivery {
  const state = nextState(deliveryTransitions, before.state, event);
  if (state === null) throw new Error(`No way from ${before.state} by ${event}`);
  return { ...before, state };
}

function known<State>(state: State | null): State {
  if (state === null) throw new Error('An act happened to something that was never made');
  return state;
}
