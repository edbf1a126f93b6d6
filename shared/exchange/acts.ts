import type { Act, ConsignmentId, DocumentId, Hash, Instant } from '../kernel/public.ts';
import type { AgencyId } from '../kernel/public.ts';
import type {
  AccessLevel,
  CapabilityCard,
  Consignment,
  KeptReceipt,
  LineAddress,
  PeerDetails,
  ReturnCode,
  SendingKind,
} from './ledger.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;

export type PeerAct =
  | ActOf<'peerDescribed', PeerDetails & { own: boolean }>
  | ActOf<'peerReached', Pick<PeerDetails, 'name' | 'codes' | 'card'> & { line: LineAddress }>
  | ActOf<'peerCardChanged', { card: CapabilityCard }>
  | ActOf<'peerConfirmed', { code: string }>
  | ActOf<'peerEnded', { reason: string }>;

export type ConsignmentAct =
  | ActOf<
      'consignmentPrepared',
      {
        document: DocumentId;
        to: AgencyId;
        toName: string;
        kind: SendingKind;
        refs: ConsignmentId[];
        access: AccessLevel;
      }
    >
  | ActOf<'consignmentQueued', { queuedAt: Instant; expiresAt: Instant }>
  | ActOf<'consignmentSent', { sentAt: Instant }>
  | ActOf<'consignmentReported', { receipt: KeptReceipt; arrival: Consignment['arrival'] }>
  | ActOf<'consignmentAskedBack', { message: ConsignmentId; reason: string; askedAt: Instant }>
  | ActOf<'consignmentWithdrawn', { reason: string }>
  | ActOf<'consignmentExpired', Record<string, never>>
  | ActOf<'consignmentSettled', { reason: string }>;

export type DeliveryOrigin = Readonly<{ from: AgencyId; fromName: string; envelope: ConsignmentId }>;

export type DeliveryAct =
  | ActOf<
      'deliveryArrived',
      DeliveryOrigin & { kind: SendingKind; digest: Hash; document: DocumentId; refs: string[] }
    >
  | ActOf<'deliveryTurnedAway', DeliveryOrigin & { digest: Hash; code: ReturnCode; words: string }>
  | ActOf<
      'deliveryAskedBack',
      DeliveryOrigin & { message: ConsignmentId; place?: number; reason: string; askedAt: Instant }
    >
  | ActOf<'deliverySucceeded', DeliveryOrigin & { kind: SendingKind; delivery: string }>
  | ActOf<'deliveryReturned', { code: ReturnCode; words: string }>
  | ActOf<'recallAgreed', { words: string }>
  | ActOf<'recallDeclined', { words: string }>;
