import type { Consignment, Delivery, Letter, PageFacts, Peer, PeerDetails } from '#shared/exchange/public.ts';
import { deliveryId, usualCard } from '#shared/exchange/public.ts';
import { ConsignmentIdSchema } from '#shared/kernel/public.ts';
import { aFile, day, hashOf, ids, instant, mondayMorning } from './builders.ts';

export const consignmentId = () => ConsignmentIdSchema.parse(ids.document());

/** One that is met on a hub, with keys of its own. */
export function aPeer(over: Partial<Peer & PeerDetails> = {}): Peer & PeerDetails {
  return {
    id: ids.agency(),
    name: 'Ủy ban nhân dân xã Tân Phú',
    codes: [],
    authority: 'AAAA',
    fingerprint: hashOf(700),
    sealing: 'AAAA',
    card: usualCard,
    own: false,
    state: 'confirmed',
    endedBecause: null,
    ...over,
  };
}

export function aConsignment(over: Partial<Consignment> = {}): Consignment {
  const state = over.state ?? 'sent';
  const isOut = state !== 'prepared' && state !== 'withdrawn';
  return {
    id: consignmentId(),
    document: ids.document(),
    to: ids.agency(),
    toName: 'Ủy ban nhân dân xã Tân Phú',
    kind: 'new',
    refs: [],
    access: 'internal',
    state,
    queuedAt: isOut ? mondayMorning : null,
    sentAt: isOut && state !== 'queued' ? mondayMorning : null,
    expiresAt: isOut ? instant('2026-12-08T16:59:59.999Z') : null,
    arrival: null,
    refused: null,
    recall: null,
    receipts: [],
    ...over,
  };
}

export function aDelivery(over: Partial<Delivery> = {}): Delivery {
  const from = over.from ?? ids.agency();
  const envelope = over.envelope ?? consignmentId();
  const isHere = over.state !== 'awaited';
  return {
    id: deliveryId(from, envelope),
    from,
    envelope,
    fromName: 'Sở Khoa học và Công nghệ',
    state: 'arrived',
    kind: 'new',
    digest: isHere ? hashOf(900) : null,
    document: isHere ? ids.document() : null,
    refs: [],
    succeededBy: [],
    recall: null,
    returned: null,
    ...over,
  };
}

export function aRecall(
  over: Partial<NonNullable<Delivery['recall']>> = {},
): NonNullable<Delivery['recall']> {
  return {
    message: consignmentId(),
    reason: 'Gửi nhầm nơi nhận',
    askedAt: mondayMorning,
    answer: null,
    words: '',
    ...over,
  };
}

/** What a page that may go out is found to be. */
export function goodFacts(over: Partial<PageFacts> = {}): PageFacts {
  return {
    file: aFile(1).hash,
    verdict: 'valid',
    hasLeader: true,
    hasSeal: true,
    notation: '01/SKHCN-VP',
    issuedOn: day('2026-11-23'),
    secrecyMark: null,
    attachments: [],
    ...over,
  };
}

export function aLetter(over: Partial<Letter> = {}): Letter {
  return {
    version: 1,
    number: '01',
    symbol: 'SKHCN-VP',
    notation: '01/SKHCN-VP',
    issuedOn: day('2026-11-23'),
    issuer: 'Sở Khoa học và Công nghệ',
    issuerCodes: ['H19.09'],
    kind: 'CV',
    kindName: 'Công văn',
    subject: 'về việc báo cáo hạ tầng số',
    signers: [{ name: 'Trần Văn Minh', post: 'Giám đốc', authority: null }],
    urgency: 'normal',
    dueOn: null,
    pages: 2,
    copies: 1,
    recipients: ['Ủy ban nhân dân xã Tân Phú'],
    reason: null,
    ...over,
  };
}
