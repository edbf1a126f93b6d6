import { z } from 'zod';
import {
  AgencyIdSchema,
  ConsignmentIdSchema,
  DaySchema,
  DelegationIdSchema,
  DisposalIdSchema,
  DocumentIdSchema,
  DossierIdSchema,
  HashSchema,
  InstantSchema,
  LeaseIdSchema,
  PersonIdSchema,
  ProofLevelSchema,
  StepIdSchema,
  TaskIdSchema,
  UnitIdSchema,
  VerdictSchema,
} from '../kernel/public.ts';
import { AuthoritySchema } from '../directory/public.ts';
import { LeaseSchema } from './lease-model.ts';

export const urgencies = ['normal', 'urgent', 'very-urgent', 'flash'] as const;
/** Thường, khẩn, thượng khẩn, hỏa tốc (NĐ 30 PL1 II, ô 10b). */
export const UrgencySchema = z.enum(urgencies);
export type Urgency = z.infer<typeof UrgencySchema>;

export const StoredFileSchema = z.object({
  hash: HashSchema,
  size: z.int().min(1),
  name: z.string().min(1).max(255),
  pages: z.int().min(0),
});
export type StoredFile = z.infer<typeof StoredFileSchema>;

const line = (max: number) => z.string().trim().max(max);

/** What the register says of a received paper (NĐ 30 PL6 II, văn bản đến). */
export const IncomingFieldsSchema = z.object({
  number: line(20),
  symbol: line(60),
  issuedOn: DaySchema.nullable(),
  issuer: line(200).min(1),
  kind: line(100).min(1),
  subject: line(500).min(1),
  signer: line(100),
  signerPost: line(100),
  urgency: UrgencySchema,
  dueOn: DaySchema.nullable(),
  copies: z.int().min(1).max(999),
  note: line(500),
});
export type IncomingFields = z.infer<typeof IncomingFieldsSchema>;

/** What was read from the file: each field may be missing, and carries how sure the reading is, 0 to 1. */
export const SuggestionSchema = z.object({
  fields: IncomingFieldsSchema.partial(),
  confidence: z.record(z.string(), z.number().min(0).max(1)),
  method: z.enum(['embedded', 'text', 'ocr', 'none']),
});
export type Suggestion = z.infer<typeof SuggestionSchema>;

/** What checking the signatures said when the file came (NĐ 30 Đ21); reasons are codes, as the verifier gives them. */
export const DoorCheckSchema = z.object({
  verdict: VerdictSchema,
  reasons: z.array(z.string().max(80)).max(20),
  signers: z.array(z.string().max(200)).max(20),
  at: InstantSchema,
});
export type DoorCheck = z.infer<typeof DoorCheckSchema>;

export const ArrivalSchema = z.object({
  number: z.int().min(1),
  year: z.int(),
  day: DaySchema,
  /** The block it comes from, where its desk gave it. */
  lease: LeaseIdSchema.optional(),
});
export type Arrival = z.infer<typeof ArrivalSchema>;

/** Whose turn it is. */
export const HolderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id: PersonIdSchema }),
  z.object({ kind: z.literal('unit'), id: UnitIdSchema }),
  z.object({ kind: z.literal('role'), role: z.literal('clerk') }),
]);
export type Holder = z.infer<typeof HolderSchema>;

/** Sao y, sao lục, trích sao (NĐ 30 Đ25). */
export const copyForms = ['sao-y', 'sao-luc', 'trich-sao'] as const;
export const CopyFormSchema = z.enum(copyForms);
export type CopyForm = z.infer<typeof CopyFormSchema>;

/** What a copy is made from, and what it becomes: paper (digitised where it is the source), or an electronic document. */
export const MediumSchema = z.enum(['paper', 'electronic']);
export type Medium = z.infer<typeof MediumSchema>;

export const RecipientSchema = z.object({
  name: line(200).min(1),
  kind: z.enum(['agency', 'unit', 'person']),
});
export type Recipient = z.infer<typeof RecipientSchema>;

/** A copy of a document, in electronic form or on paper (NĐ 30 Đ25, PL1 phần II). */
export const CertifiedCopySchema = z.object({
  number: z.int().min(1),
  year: z.int(),
  notation: z.string(),
  form: CopyFormSchema,
  /** On paper it is printed and signed by hand; absent for the electronic ones, which the agency's key signs. */
  target: MediumSchema.optional(),
  signedAt: InstantSchema,
  /** The bytes it was made from. */
  source: HashSchema,
  /** Which pages an extract shows; null for the whole. */
  pages: z.array(z.int().min(1)).nullable(),
  file: StoredFileSchema,
  purpose: line(300),
  recipients: z.array(RecipientSchema),
  /** Who decided that it is copied (NĐ 30 Đ27). */
  decidedBy: PersonIdSchema,
  /** Why it no longer counts; its number is not given again. */
  voidedBecause: z.string().nullable(),
});
export type CertifiedCopy = z.infer<typeof CertifiedCopySchema>;

export const incomingStates = [
  'arrived',
  'refused',
  'registered',
  'directed',
  'in-progress',
  'done',
  'filed',
  'recalled',
  'destroyed',
] as const;
export const outgoingStates = [
  'draft',
  'circulating',
  'signed',
  'numbered',
  'sealed',
  'issued',
  'recalled',
  'replaced',
  'abandoned',
  'destroyed',
] as const;
export type IncomingState = (typeof incomingStates)[number];
export type OutgoingState = (typeof outgoingStates)[number];

/**
 * What proves a file the agency signed for years, beside it: its bytes are the beginning of `file`, which carries time-stamps and
 * validation data after them. What was signed and sent stays the file it is.
 */
export const StoredProofSchema = z.object({
  of: HashSchema,
  file: StoredFileSchema,
  level: ProofLevelSchema,
  /** From this moment on its last document time-stamp proves nothing any more; null while it has none. */
  renewBy: InstantSchema.nullable(),
});
export type StoredProof = z.infer<typeof StoredProofSchema>;

export const lockKinds = ['closed', 'freeze', 'hold'] as const;
/**
 * What keeps a paper or a file as it is: it lies in a closed file, it is frozen (NĐ 30 PL6 I.9), or a case holds it against
 * destruction. `name` and `reason` are what a refused act says.
 */
export const LockSchema = z.object({
  id: z.string().max(80),
  kind: z.enum(lockKinds),
  name: line(200),
  reason: line(500),
});
export type Lock = z.infer<typeof LockSchema>;

export const DestructionSchema = z.object({
  disposal: DisposalIdSchema,
  /** Số và ngày quyết định. */
  number: line(60),
  decidedOn: DaySchema,
  at: InstantSchema,
});
export type Destruction = z.infer<typeof DestructionSchema>;

const common = {
  id: DocumentIdSchema,
  holder: HolderSchema.nullable(),
  people: z.array(PersonIdSchema),
  units: z.array(UnitIdSchema),
  certifiedCopies: z.array(CertifiedCopySchema),
  /** The newest for each file that has one. */
  proofs: z.array(StoredProofSchema),
  /** The files it lies in. */
  dossiers: z.array(DossierIdSchema).optional(),
  /** What keeps it as it is. */
  locks: z.array(LockSchema).optional(),
  /** By which decision its bytes were destroyed, and when; what it was and its story stay. */
  destroyed: DestructionSchema.optional(),
  /** Those of them that are at the archive; absent as long as none ever was. */
  inArchive: z.array(DossierIdSchema).optional(),
};

const OriginSchema = z.object({ from: AgencyIdSchema, name: line(200), delivery: z.string().max(80) });
export type Origin = z.infer<typeof OriginSchema>;

export const IncomingSchema = z.object({
  ...common,
  direction: z.literal('incoming'),
  state: z.enum(incomingStates),
  file: StoredFileSchema.nullable(),
  hasScript: z.boolean(),
  check: DoorCheckSchema.nullable(),
  suggestion: SuggestionSchema.nullable(),
  fields: IncomingFieldsSchema.nullable(),
  arrival: ArrivalSchema.nullable(),
  refusedBecause: z.string().nullable(),
  /** What the sender said when it asked for it back, and the clerk agreed; the paper itself stays readable. */
  recalledBecause: z.string().optional(),
  /** The lead's deadline, as the last direction set it. */
  dueOn: DaySchema.nullable(),
  leadTask: TaskIdSchema.nullable(),
  tasks: z.array(TaskIdSchema),
  /** Those of directions that were withdrawn; whoever reads the paper reads that they were. */
  withdrawnTasks: z.array(TaskIdSchema).optional(),
  replies: z.array(DocumentIdSchema),
  /** Which agency sent it over the network, and as what; absent where a clerk brought the file. */
  origin: OriginSchema.optional(),
  attachments: z.array(StoredFileSchema).optional(),
  /** The e-mail it came in, as it came; papers of one e-mail share it. */
  mail: StoredFileSchema.optional(),
});
export type Incoming = z.infer<typeof IncomingSchema>;

/** As many as find room at the foot of a page, two in a row. */
export const mostSigners = 4;

export const stepKinds = ['opinion', 'visa', 'initials', 'sign'] as const;
export const StepSchema = z.object({
  id: StepIdSchema,
  kind: z.enum(stepKinds),
  person: PersonIdSchema,
  /** Only for the signing step: how the signer signs, and the record that allows it (NĐ 30 Đ13). */
  authority: AuthoritySchema.nullable(),
  delegation: DelegationIdSchema.nullable(),
  /** Only for signing steps: which signature block of the page it fills; the first, the lead's, where nothing is said. */
  block: z.int().min(1).max(mostSigners).optional(),
  /** Signed in any order with the signing step before it: whoever comes first signs first. */
  together: z.boolean().optional(),
  /** A leader of another agency, who signs there; whoever holds the step brings the signed page back. */
  elsewhere: z.object({ agency: line(200).min(1), name: line(100).min(1) }).optional(),
});
export type Step = z.infer<typeof StepSchema>;

export const CircuitStepSchema = StepSchema.extend({
  outcome: z.enum(['waiting', 'passed', 'returned']),
  words: z.string().nullable(),
  /** The page as it was after this step, so that a return goes back to the right bytes. */
  fileAfter: StoredFileSchema.nullable(),
});
export type CircuitStep = z.infer<typeof CircuitStepSchema>;

export const DraftSummarySchema = z.object({
  kind: z.string().min(1).max(20),
  template: z.string().min(1).max(60),
  subject: line(500),
  symbol: line(60),
  urgency: UrgencySchema,
  dueOn: DaySchema.nullable(),
});
export type DraftSummary = z.infer<typeof DraftSummarySchema>;

export const VersionSchema = z.object({
  n: z.int().min(1),
  file: StoredFileSchema,
  /** The structured draft the page was set from, and as the file it is kept in. */
  content: HashSchema,
  draft: StoredFileSchema.optional(),
  ended: z.enum(['open', 'returned', 'withdrawn', 'signed']),
});
export type Version = z.infer<typeof VersionSchema>;

export const OutgoingNumberSchema = z.object({
  book: z.string(),
  number: z.int().min(1),
  year: z.int(),
  notation: z.string(),
  issuedOn: DaySchema,
  lease: LeaseIdSchema.optional(),
});
export type OutgoingNumber = z.infer<typeof OutgoingNumberSchema>;

const ConsignmentLinkSchema = z.object({ id: ConsignmentIdSchema, to: AgencyIdSchema });
export type ConsignmentLink = z.infer<typeof ConsignmentLinkSchema>;

export const lineages = ['replaces', 'replaced-by', 'corrects', 'corrected-by'] as const;
const LineageSchema = z.object({ how: z.enum(lineages), document: DocumentIdSchema });
export type Lineage = z.infer<typeof LineageSchema>;

/** An attachment filed apart as it goes out: sealed by itself (NĐ 30 PL1 II), its given bytes at its beginning. */
export const SealedAttachmentSchema = z.object({ of: HashSchema, file: StoredFileSchema });
export type SealedAttachment = z.infer<typeof SealedAttachmentSchema>;

export const OutgoingSchema = z.object({
  ...common,
  direction: z.literal('outgoing'),
  state: z.enum(outgoingStates),
  drafter: PersonIdSchema,
  /** Who writes beside the drafter; only the drafter submits. */
  coWriters: z.array(PersonIdSchema).optional(),
  unit: UnitIdSchema,
  summary: DraftSummarySchema,
  attachments: z.array(StoredFileSchema),
  /** Those of them that carry the seal; the others are bound by their hash alone. */
  sealedAttachments: z.array(SealedAttachmentSchema),
  repliesTo: DocumentIdSchema.nullable(),
  versions: z.array(VersionSchema),
  circuit: z.array(CircuitStepSchema),
  /** The page as it stands: frozen, initialled, signed or sealed. */
  file: StoredFileSchema.nullable(),
  returnedBecause: z.string().nullable(),
  signedAt: InstantSchema.nullable(),
  number: OutgoingNumberSchema.nullable(),
  recipients: z.array(RecipientSchema),
  copies: z.int().min(0),
  /** Ghi chú of the register (NĐ 30 PL4), as the clerk writes it. */
  note: line(500).optional(),
  /** Papers it stands in for or puts right, and those that do it to this one (NĐ 30 Đ18). */
  lineage: z.array(LineageSchema).optional(),
  recalledBecause: z.string().optional(),
  /** To which agencies it went over the network, one consignment each. */
  consignments: z.array(ConsignmentLinkSchema).optional(),
});
export type Outgoing = z.infer<typeof OutgoingSchema>;

export const DocumentSchema = z.discriminatedUnion('direction', [IncomingSchema, OutgoingSchema]);
export type OfficialDocument = z.infer<typeof DocumentSchema>;

/** One series of numbers, one year: `arrivals`, `copies`, or one of the agency's outgoing books. */
export const RegisterSchema = z.object({
  book: z.string(),
  year: z.int(),
  /** The last number that was given or set aside in a block: the next one of the server comes after it. */
  last: z.int().min(0),
  /** Blocks of this year's numbers, the newest last; one of them at most has not ended. */
  leases: z.array(LeaseSchema).optional(),
});
export type Register = z.infer<typeof RegisterSchema>;
