import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import {
  AgencyIdSchema,
  ConsignmentIdSchema,
  DaySchema,
  HashSchema,
  InstantSchema,
  canonicalJson,
} from '../kernel/public.ts';
import { AuthoritySchema } from '../directory/public.ts';
import { UrgencySchema } from '../documents/public.ts';
import { AccessLevelSchema, ReturnCodeSchema, StatusKindSchema, TheirArrivalSchema } from './ledger.ts';

/** Which form of the messages this is; another one is refused before anything is believed. */
export const exchangeVersion = 1;

export const mostPayload = 501;

export const PayloadSchema = z.object({
  name: z.string().min(1).max(255),
  sha256: HashSchema,
  size: z.int().min(1),
});
export type Payload = z.infer<typeof PayloadSchema>;

/** The name under which an envelope carries what the register says of the document; the page itself comes second. */
export const letterName = 'letter.json';

/** What an agency signs of a document that it sends: who, to whom, which, and every file by its hash (`sync.md` 3.9). */
export const EnvelopeSchema = z.object({
  version: z.literal(exchangeVersion),
  id: ConsignmentIdSchema,
  from: AgencyIdSchema,
  to: AgencyIdSchema,
  /** One unbroken series for each sender and recipient: a missing one is seen on both sides. */
  channel_seq: z.int().min(1),
  kind: z.enum(['new', 'replace', 'update', 'revoke']),
  refs: z.array(ConsignmentIdSchema).max(50),
  payload: z.array(PayloadSchema).max(mostPayload),
  created: InstantSchema,
  policy: z.object({ access: AccessLevelSchema, expires: InstantSchema.nullable() }),
});
export type Envelope = z.infer<typeof EnvelopeSchema>;

const line = (max: number) => z.string().max(max);

/** What the receiving register would otherwise have to be typed from (NĐ 30 PL6; QĐ 28/2018 Đ10). */
export const LetterSchema = z.object({
  version: z.literal(exchangeVersion),
  number: line(20),
  symbol: line(60),
  notation: line(80),
  issuedOn: DaySchema,
  issuer: line(200).min(1),
  issuerCodes: z.array(line(35)).max(20),
  kind: line(20).min(1),
  kindName: line(100).min(1),
  subject: line(500).min(1),
  signers: z
    .array(z.object({ name: line(100), post: line(100), authority: AuthoritySchema.nullable() }))
    .max(10),
  urgency: UrgencySchema,
  dueOn: DaySchema.nullable(),
  pages: z.int().min(0),
  copies: z.int().min(0),
  recipients: z.array(line(200)).max(500),
  /** Why a document is asked back. */
  reason: line(500).nullable(),
});
export type Letter = z.infer<typeof LetterSchema>;

/** What a receiving agency signs of what came, over the digest of the envelope (R1–R4 of `sync.md` 3.9). */
export const ReceiptSchema = z.object({
  version: z.literal(exchangeVersion),
  id: z.string().max(60),
  of: ConsignmentIdSchema,
  /** SHA-256 of the envelope's canonical bytes as they came. */
  digest: HashSchema,
  from: AgencyIdSchema,
  to: AgencyIdSchema,
  status: StatusKindSchema,
  code: ReturnCodeSchema.nullable(),
  words: line(500),
  arrival: TheirArrivalSchema.nullable(),
  /** The asking back that a yes or a no answers: an older no says nothing of a later one. */
  answers: ConsignmentIdSchema.optional(),
  at: InstantSchema,
  log: z.object({ seq: z.int().min(0), hash: HashSchema }),
});
export type Receipt = z.infer<typeof ReceiptSchema>;

/** What one side says of a channel and a day, of envelopes or of receipts: how many, and the root of a Merkle tree over their digests. */
export const StatementSchema = z.object({
  version: z.literal(exchangeVersion),
  id: z.string().max(60),
  from: AgencyIdSchema,
  to: AgencyIdSchema,
  what: z.enum(['envelopes', 'receipts']),
  /** Of what `sender` sent to the other of the two, on a day it was created. */
  sender: AgencyIdSchema,
  day: DaySchema,
  /** The last day it speaks of; the same for the daily one. */
  until: DaySchema,
  /** The highest place of the channel's series of envelopes that this side knows of, of whatever day. */
  highest: z.int().min(0),
  /** Whoever asks was brought back from an older copy, and wants to hear what the other side has. */
  asks: z.boolean(),
  /** The statement it answers: an older answer may still lie in a mailbox. */
  answers: z.string().max(60).nullable(),
  count: z.int().min(0),
  root: HashSchema,
  /** They themselves, so that a difference is named and mended without another question. */
  listed: z.array(z.object({ id: ConsignmentIdSchema, digest: HashSchema })).max(5000),
  created: InstantSchema,
});
export type Statement = z.infer<typeof StatementSchema>;

/** The bytes that are signed: RFC 8785, with what they are before them, so that no signature stands for another thing. */
export type SignedKind = 'envelope' | 'receipt' | 'statement' | 'member';

export function signedBytes(what: SignedKind, value: unknown): Uint8Array {
  return utf8ToBytes(`antin ${what} 1\n${canonicalJson(value)}`);
}
