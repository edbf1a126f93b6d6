import type { Transitions } from '../documents/public.ts';
import type { ConsignmentState, DeliveryState, StatusKind } from './ledger.ts';
import type { StatusCode } from './statuses.ts';

export const consignmentEvents = [
  'dispatch',
  'send',
  'arrive',
  'refuse',
  'accept',
  'assign',
  'progress',
  'finish',
  'ask-back',
  'agree',
  'decline',
  'withdraw',
  'expire',
] as const;
export type ConsignmentEvent = (typeof consignmentEvents)[number];

/**
 * One recipient's ledger. Receipts may overtake one another, so each status is reached from every one before it; what
 * comes late moves nothing. After a refusal or a withdrawal the document goes out again as another consignment.
 */
export const consignmentTransitions: Transitions<ConsignmentState, ConsignmentEvent> = {
  dispatch: { prepared: 'queued' },
  send: { queued: 'sent' },
  // A receipt is stronger than a clock: what arrived after its time arrived.
  arrive: { queued: 'arrived', sent: 'arrived', expired: 'arrived' },
  refuse: { queued: 'refused', sent: 'refused', arrived: 'refused', expired: 'refused' },
  accept: { queued: 'accepted', sent: 'accepted', arrived: 'accepted', expired: 'accepted' },
  assign: {
    queued: 'assigned',
    sent: 'assigned',
    arrived: 'assigned',
    accepted: 'assigned',
    expired: 'assigned',
  },
  progress: {
    queued: 'in-progress',
    sent: 'in-progress',
    arrived: 'in-progress',
    accepted: 'in-progress',
    assigned: 'in-progress',
    expired: 'in-progress',
  },
  // QĐ 28/2018 Đ9: 04 and 05 may be skipped; 06 closes.
  finish: {
    queued: 'done',
    sent: 'done',
    arrived: 'done',
    accepted: 'done',
    assigned: 'done',
    'in-progress': 'done',
    expired: 'done',
  },
  // 13: at any time before the receiver has given it up; what was refused needs no asking.
  'ask-back': {
    queued: 'queued',
    sent: 'sent',
    arrived: 'arrived',
    accepted: 'accepted',
    assigned: 'assigned',
    'in-progress': 'in-progress',
    done: 'done',
    expired: 'expired',
  },
  agree: {
    queued: 'withdrawn',
    sent: 'withdrawn',
    arrived: 'withdrawn',
    accepted: 'withdrawn',
    assigned: 'withdrawn',
    'in-progress': 'withdrawn',
    done: 'withdrawn',
    expired: 'withdrawn',
  },
  decline: {
    // They said no, and then sent it back: the no may come second.
    refused: 'refused',
    queued: 'queued',
    sent: 'sent',
    arrived: 'arrived',
    accepted: 'accepted',
    assigned: 'assigned',
    'in-progress': 'in-progress',
    done: 'done',
    expired: 'expired',
  },
  // Nothing has left yet: the sender alone decides.
  withdraw: { prepared: 'withdrawn' },
  expire: { queued: 'expired', sent: 'expired' },
};

/** Codes of QCVN 102:2016/BTTTT and QĐ 28/2018 for what passes between two agencies, one for each. */
export const edxmlCodes = {
  arrived: '01',
  refused: '02',
  accepted: '03',
  assigned: '04',
  'in-progress': '05',
  done: '06',
  'recall-asked': '13',
  'recall-agreed': '15',
  'recall-declined': '16',
} as const satisfies Record<StatusKind | 'recall-asked', StatusCode>;

/** What each reported status does to the ledger. */
export const eventOfStatus = {
  arrived: 'arrive',
  refused: 'refuse',
  accepted: 'accept',
  assigned: 'assign',
  'in-progress': 'progress',
  done: 'finish',
  'recall-agreed': 'agree',
  'recall-declined': 'decline',
} as const satisfies Record<StatusKind, ConsignmentEvent>;

export const deliveryEvents = ['take', 'turn-away', 'ask-back', 'return', 'agree', 'decline'] as const;
export type DeliveryEvent = (typeof deliveryEvents)[number];

export const deliveryTransitions: Transitions<DeliveryState, DeliveryEvent> = {
  // A recall or a replacement that came first has been waiting for it.
  take: { awaited: 'arrived' },
  'turn-away': { awaited: 'turned-away' },
  // It may cross what was sent back: then there is nothing left to answer, and that it came is kept.
  'ask-back': {
    awaited: 'awaited',
    arrived: 'arrived',
    returned: 'returned',
    'turned-away': 'turned-away',
  },
  return: { arrived: 'returned' },
  agree: { arrived: 'recalled' },
  decline: { arrived: 'arrived' },
};
