import { z } from 'zod';
import { AgencyIdSchema, ConsignmentIdSchema, HashSchema, InstantSchema } from '../kernel/public.ts';
import { exchangeVersion } from './envelope.ts';
import { PeerDetailsSchema } from './ledger.ts';

/** One sealed thing on its way: all that a hub may know of it. */
export const ParcelSchema = z.object({
  version: z.literal(exchangeVersion),
  id: ConsignmentIdSchema,
  from: AgencyIdSchema,
  to: AgencyIdSchema,
  cover: z.base64().max(3 * 1024 * 1024),
  parts: z.array(z.object({ hash: HashSchema, size: z.int().min(1) })).max(501),
});
export type Parcel = z.infer<typeof ParcelSchema>;

export const HandRequestSchema = z.object({
  parcel: ParcelSchema,
  /** The sender has heard nothing, or the other side asked: it is to be given out once more. */
  again: z.boolean(),
});
export const HandReplySchema = z.object({ taken: z.literal(true) });

/** How far an agency has collected, and what it found at that place: a hub that was brought back from a copy is noticed. */
export const CollectRequestSchema = z.object({
  after: z.int().min(0),
  /** Its id and when it was put there: what lies there now may be the same, put there anew. */
  known: z.string().max(100).nullable(),
  waitSeconds: z.int().min(0).max(30),
});
export const CollectReplySchema = z.object({
  /** True when the place that was named is not there any more: everything the hub still has follows. */
  restarted: z.boolean(),
  parcels: z.array(z.object({ n: z.int().min(1), at: InstantSchema, parcel: ParcelSchema })).max(50),
});

/** An agency at a hub; what it says of itself it has signed, so the hub cannot say anything else of it. */
export const MemberSchema = z.object({
  id: AgencyIdSchema,
  details: PeerDetailsSchema,
  signature: z.base64().max(20_000),
});
export type Member = z.infer<typeof MemberSchema>;

export const JoinRequestSchema = z.object({ code: z.string().min(1).max(40), member: MemberSchema });
export const JoinReplySchema = z.object({ joined: z.boolean() });

export const DirectoryReplySchema = z.object({ members: z.array(MemberSchema).max(10_000) });

export const AgencySessionSchema = z.object({
  agency: AgencyIdSchema,
  challenge: z.base64().length(44),
  signature: z.base64().max(20_000),
});
export const AgencySessionReplySchema = z.object({
  token: z.string().length(43),
  seconds: z.int().positive(),
});

/** What an agency signs to speak to a hub, bound to that hub by the fingerprint of its authority. */
export function agencySessionText(hub: string, agency: string, challenge: string): string {
  return `antin hub session 1\n${hub}\n${agency}\n${challenge}`;
}

const firstMs = 5000;
const mostMs = 3_600_000;

/** 5 s doubled up to an hour, spread over its second half (`sync.md` 3.9); `chance` is in [0, 1). */
export function sendingBackOffMs(failures: number, chance: number): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.max(0, Math.min(20, failures - 1)));
  return Math.round(whole / 2 + (whole / 2) * chance);
}

/** What was handed over and has no receipt is offered once more after so long. */
export const offerAgainMs = mostMs;
