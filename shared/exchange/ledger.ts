import { z } from 'zod';
import {
  AgencyIdSchema,
  ConsignmentIdSchema,
  DaySchema,
  DocumentIdSchema,
  HashSchema,
  InstantSchema,
} from '../kernel/public.ts';
import { AgencyCodeSchema } from '../directory/public.ts';

const line = (max: number) => z.string().trim().max(max);

/** As many as one act sends to. */
export const mostRecipients = 200;

/** Who may read a document, as its sender says; secret papers have no level here, they never travel (Luật BVBMNN). */
export const accessLevels = ['open', 'internal', 'restricted'] as const;
export const AccessLevelSchema = z.enum(accessLevels);
export type AccessLevel = z.infer<typeof AccessLevelSchema>;

/** What an agency takes over the network, as it says itself: kept by those who send to it, and asked before sending. */
export const CapabilityCardSchema = z.object({
  /** Codes of kinds of documents; an empty list takes all. */
  kinds: z.array(z.string().max(20)).max(60),
  /** Endings of file names, lower case. */
  formats: z.array(z.string().regex(/^[a-z0-9]{1,8}$/)).max(40),
  levels: z.array(AccessLevelSchema),
  mostBytes: z.int().min(1),
});
export type CapabilityCard = z.infer<typeof CapabilityCardSchema>;

export const usualCard: CapabilityCard = {
  kinds: [],
  formats: ['pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'csv', 'txt', 'zip', 'png', 'jpg'],
  levels: [...accessLevels],
  mostBytes: 200 * 1024 * 1024,
};

const base64 = z.base64().max(20_000);

export const PeerDetailsSchema = z.object({
  name: line(200).min(1),
  codes: z.array(AgencyCodeSchema).max(20),
  /** Base64 DER of the authority behind the agency's exchange keys, and its SHA-256: what two agencies compare. */
  authority: base64,
  fingerprint: HashSchema,
  /** Base64 DER of the certificate that what is for it is sealed to; made by that authority. */
  sealing: base64,
  card: CapabilityCardSchema,
});
export type PeerDetails = z.infer<typeof PeerDetailsSchema>;

/** How an agency is reached that speaks edXML: over which line, and as what; it is written to by the first of its codes. */
export const LineAddressSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  /** As they are written there, in whichever form. */
  codes: z.array(z.string().trim().min(1).max(100)).min(1).max(10),
});
export type LineAddress = z.infer<typeof LineAddressSchema>;

export const peerStates = ['met', 'confirmed', 'ended'] as const;
/** An agency papers go to and come from; one's own is among them, so that the others' words can be compared with it. */
export const PeerSchema = PeerDetailsSchema.extend({
  id: AgencyIdSchema,
  /** Null for one that is reached over a line: its messages are sealed to nobody. */
  authority: PeerDetailsSchema.shape.authority.nullable(),
  fingerprint: PeerDetailsSchema.shape.fingerprint.nullable(),
  sealing: PeerDetailsSchema.shape.sealing.nullable(),
  line: LineAddressSchema.optional(),
  own: z.boolean(),
  state: z.enum(peerStates),
  endedBecause: z.string().nullable(),
});
export type Peer = z.infer<typeof PeerSchema>;

export const consignmentStates = [
  'prepared',
  'queued',
  'sent',
  'arrived',
  'accepted',
  'assigned',
  'in-progress',
  'done',
  'refused',
  'withdrawn',
  'expired',
] as const;
export type ConsignmentState = (typeof consignmentStates)[number];

/** What a receiving agency reports back; the first by itself, the others by what its officials do. */
export const statusKinds = [
  'arrived',
  'refused',
  'accepted',
  'assigned',
  'in-progress',
  'done',
  'recall-agreed',
  'recall-declined',
] as const;
export const StatusKindSchema = z.enum(statusKinds);
export type StatusKind = z.infer<typeof StatusKindSchema>;

/** Why a document goes back: codes two agencies' clerks both know, each with words of its own. */
export const returnCodes = [
  'wrong-place',
  'signature-invalid',
  'incomplete',
  'unreadable',
  'wrong-form',
  'secret',
  'altered',
  'other',
] as const;
export const ReturnCodeSchema = z.enum(returnCodes);
export type ReturnCode = z.infer<typeof ReturnCodeSchema>;

export const sendingKinds = ['new', 'replace', 'update'] as const;
export const SendingKindSchema = z.enum(sendingKinds);
export type SendingKind = z.infer<typeof SendingKindSchema>;

/** The paper it replaces or corrects (NĐ 30 Đ18). */
export const SucceedsSchema = z.object({
  how: z.enum(['replaces', 'corrects']),
  document: DocumentIdSchema,
});
export type Succeeds = z.infer<typeof SucceedsSchema>;

export const TheirArrivalSchema = z.object({ number: z.int().min(1), year: z.int(), day: DaySchema });

/** A receipt as it is kept beside the consignment it speaks of; the signed bytes are kept by the gateway. */
export const KeptReceiptSchema = z.object({
  id: z.string().max(60),
  status: StatusKindSchema,
  at: InstantSchema,
  /** Where the receiver's own log has it: two logs hold each other. Other systems have none to speak of. */
  log: z.object({ seq: z.int(), hash: HashSchema }).nullable(),
  code: ReturnCodeSchema.nullable(),
  words: line(500),
  /** It came too late, or contradicts what was said before: kept, and nothing moved by it. */
  moved: z.boolean(),
});
export type KeptReceipt = z.infer<typeof KeptReceiptSchema>;

const RecallSchema = z.object({
  message: ConsignmentIdSchema,
  /** Its place in the sender's series, where the sender gives places: of two, the later one counts. */
  place: z.int().min(1).optional(),
  reason: line(500),
  askedAt: InstantSchema,
  answer: z.enum(['agreed', 'declined']).nullable(),
  words: line(500),
});
export type Recall = z.infer<typeof RecallSchema>;

/** One issued document on its way to one agency. */
export const ConsignmentSchema = z.object({
  id: ConsignmentIdSchema,
  document: DocumentIdSchema,
  to: AgencyIdSchema,
  toName: z.string(),
  kind: SendingKindSchema,
  /** The consignments to the same agency that this one replaces or puts right. */
  refs: z.array(ConsignmentIdSchema),
  access: AccessLevelSchema,
  state: z.enum(consignmentStates),
  queuedAt: InstantSchema.nullable(),
  sentAt: InstantSchema.nullable(),
  /** Without an arrival until then, a person has to decide. */
  expiresAt: InstantSchema.nullable(),
  /** Their arrival number. */
  arrival: TheirArrivalSchema.nullable(),
  refused: z.object({ code: ReturnCodeSchema, words: z.string() }).nullable(),
  recall: RecallSchema.nullable(),
  receipts: z.array(KeptReceiptSchema),
  /** A clerk has seen to the bad end it came to; whatever moves it afterwards asks anew. */
  settled: z.literal(true).optional(),
});
export type Consignment = z.infer<typeof ConsignmentSchema>;

export const deliveryStates = ['awaited', 'arrived', 'turned-away', 'returned', 'recalled'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What came from another agency under the id it gave. */
export const DeliverySchema = z.object({
  id: z.string(),
  from: AgencyIdSchema,
  envelope: ConsignmentIdSchema,
  fromName: z.string(),
  state: z.enum(deliveryStates),
  kind: SendingKindSchema,
  /** SHA-256 of the envelope as it was signed; null for one that is only awaited. */
  digest: HashSchema.nullable(),
  document: DocumentIdSchema.nullable(),
  /** What it replaces or puts right, and what does that to it, by delivery. */
  refs: z.array(z.string()),
  succeededBy: z.array(z.object({ kind: SendingKindSchema, delivery: z.string() })),
  recall: RecallSchema.nullable(),
  returned: z.object({ code: ReturnCodeSchema, words: z.string() }).nullable(),
});
export type Delivery = z.infer<typeof DeliverySchema>;

/** The same id from another sender is another delivery: known forever by who sent it and what they called it. */
export function deliveryId(from: z.infer<typeof AgencyIdSchema>, envelope: string): string {
  return `${from}.${envelope}`;
}
