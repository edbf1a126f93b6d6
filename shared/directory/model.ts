import { z } from 'zod';
import {
  AgencyIdSchema,
  DaySchema,
  DelegationIdSchema,
  HashSchema,
  InstantSchema,
  PersonIdSchema,
  ProofLevelSchema,
  UnitIdSchema,
} from '../kernel/public.ts';

export const roles = [
  'clerk',
  'leader',
  'chief',
  'unit-head',
  'officer',
  'meeting-secretary',
  'archivist',
  'administrator',
] as const;
export const RoleSchema = z.enum(roles);
export type Role = z.infer<typeof RoleSchema>;

const name = (max: number) => z.string().trim().min(1).max(max);

/** Codes are attributes with validity dates, never keys: both forms are in use (QĐ 20/2020/QĐ-TTg; the older 13-character form). */
export const AgencyCodeSchema = z.object({
  form: z.enum(['qd20', 'old13']),
  code: z.string().trim().min(3).max(35),
  validFrom: DaySchema,
  validTo: DaySchema.nullable(),
});

/** Who changed a right that a competent person has not confirmed yet (NĐ 30 PL6 3). */
export const UnconfirmedSchema = z.object({ by: PersonIdSchema });
export type Unconfirmed = z.infer<typeof UnconfirmedSchema>;

/** One series of outgoing numbers. How kinds are grouped is decided by the head of the agency (NĐ 30 Đ15). */
export const BookSchema = z.object({
  /** Arrivals and copies have series of their own under these names. */
  id: z.string().regex(/^(?!(?:arrivals|copies)$)[a-z0-9-]{1,30}$/),
  name: name(100),
  /** Codes of document kinds; an empty list takes every kind that no other book takes. */
  kinds: z.array(z.string()),
});
export type Book = z.infer<typeof BookSchema>;

export const leadSides = ['right', 'left'] as const;
/** Round seals of state agencies are 36 mm across; an agency whose seal is another says so. */
export const usualSealMm = 36;

export const AgencyDetailsSchema = z.object({
  name: name(200),
  superior: name(200).nullable(),
  place: name(100),
  /** The agency's own abbreviation in symbols, such as `SKHCN`. */
  symbol: name(20),
  level: z.enum(['central', 'province', 'commune']),
  own: z.boolean(),
  codes: z.array(AgencyCodeSchema),
  books: z.array(BookSchema),
  /** "TM. ỦY BAN NHÂN DÂN" before the post of the signer, where the agency works as a collective (NĐ 30 Đ13). */
  collective: name(200).nullable(),
  contact: z.string().trim().max(500).nullable(),
  /** How wide the real seal is: its picture on a page is as large (NĐ 30 PL1 II.8a). */
  sealMm: z.number().min(20).max(60).optional(),
  /** On which side the lead signs a joint paper; no decree says it, so the agency does. */
  leadSigns: z.enum(leadSides).optional(),
});
export type AgencyDetails = z.infer<typeof AgencyDetailsSchema>;

/** Plain HTTP is enough for a time-stamp, which is signed itself; nobody's name and password stand in an address. */
const serviceUrl = z
  .string()
  .trim()
  .max(300)
  .regex(/^https?:\/\/[^\s/@?#]+(?:[/?]\S*)?$/u);

/** How far what the agency signs is to be proven, and who stamps it (NĐ 30 Đ5; TT 15/2025/TT-BKHCN). */
export const ProofPolicySchema = z.object({
  /** A time-stamping service (RFC 3161 over HTTP), such as `http://ca.gov.vn/tsa`. */
  service: serviceUrl,
  level: ProofLevelSchema,
  /** How many days before a document time-stamp ends it is renewed. */
  marginDays: z.int().min(30).max(730),
});
export type ProofPolicy = z.infer<typeof ProofPolicySchema>;

export const defaultProofPolicy: Omit<ProofPolicy, 'service'> = { level: 'B-LTA', marginDays: 90 };

/** How often the head of the log is stamped (RFC 3161), where a service is named; each day unless it is said otherwise. */
export const StampingSchema = z.discriminatedUnion('every', [
  z.object({ every: z.literal('never') }),
  z.object({ every: z.literal('day') }),
  z.object({ every: z.literal('acts'), acts: z.int().min(100).max(100_000) }),
]);
export type Stamping = z.infer<typeof StampingSchema>;

export const usualStamping: Stamping = { every: 'day' };

/** Whether clerks' desks may hold blocks of numbers to give while they are offline, and how large and long at most. */
export const LeasingSchema = z.object({
  mostNumbers: z.int().min(1).max(100),
  mostDays: z.int().min(1).max(31),
});
export type Leasing = z.infer<typeof LeasingSchema>;

export const usualLeasing: Leasing = { mostNumbers: 20, mostDays: 7 };

/** An authority outside that the agency believes, such as the government's own (Luật GDĐT 2023 Đ22; TT 15/2025). */
export const TrustedRootSchema = z.object({
  /** SHA-256 of the certificate, lower-case hex: what was compared with the issuer's own word. */
  fingerprint: HashSchema,
  /** Base64 DER. */
  certificate: z.string(),
  trustedBy: PersonIdSchema,
});
export type TrustedRoot = z.infer<typeof TrustedRootSchema>;

/** Between machines a sign-in goes over TLS; only a provider on this very machine may do without. */
const issuerUrl = z
  .string()
  .trim()
  .max(300)
  .regex(/^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?(?:\/|$))[^\s?#]*$/u);

/** Whose word an agency takes for who somebody is: an OpenID provider, such as the national one (NĐ 224/2026 Đ29). */
export const IdentityPolicySchema = z.object({
  /** What people call it, as it stands on the button. */
  name: name(60),
  issuer: issuerUrl,
  clientId: z.string().trim().min(1).max(200),
  /** Which claim of its token says who it is, and what of a person that has to equal. */
  claim: z
    .string()
    .trim()
    .regex(/^[\w:./-]{1,100}$/u),
  equals: z.enum(['email', 'identifier']),
  /** Values of `acr` that say more than one factor was used; `mfa` among the methods (RFC 8176) says it too. */
  strong: z.array(z.string().trim().min(1).max(200)).max(10),
});
export type IdentityPolicy = z.infer<typeof IdentityPolicySchema>;

export const AgencySchema = AgencyDetailsSchema.extend({
  id: AgencyIdSchema,
  /** Base64 DER of the root its people's certificates go back to, and of its seal. */
  rootCertificate: z.string().nullable(),
  sealCertificate: z.string().nullable(),
  trustedRoots: z.array(TrustedRootSchema),
  /** Null until an administrator names a service; then whoever did is answerable for what is done on its own. */
  proof: ProofPolicySchema.extend({ arrangedBy: PersonIdSchema }).nullable(),
  stamping: StampingSchema.optional(),
  /** Off until an administrator allows it: numbers are the server's to give (`sync.md` 3.7). */
  leasing: LeasingSchema.extend({ arrangedBy: PersonIdSchema }).nullable().optional(),
  /** Null where people sign in by their passphrases alone. */
  identity: IdentityPolicySchema.nullable(),
  closedOn: DaySchema.nullable(),
  successor: AgencyIdSchema.nullable(),
});
export type Agency = z.infer<typeof AgencySchema>;

export const UnitDetailsSchema = z.object({
  name: name(200),
  symbol: name(20),
  parent: UnitIdSchema.nullable(),
  validFrom: DaySchema,
  validTo: DaySchema.nullable(),
});
export const UnitSchema = UnitDetailsSchema.extend({ id: UnitIdSchema });
export type UnitDetails = z.infer<typeof UnitDetailsSchema>;
export type Unit = z.infer<typeof UnitSchema>;

export const PersonDetailsSchema = z.object({
  name: name(100),
  post: name(100),
  rank: z.enum(['head', 'deputy', 'member']),
  unit: UnitIdSchema,
  roles: z.array(RoleSchema).min(1),
  email: z.email().nullable(),
});
export type PersonDetails = z.infer<typeof PersonDetailsSchema>;

export const PersonSchema = PersonDetailsSchema.extend({
  id: PersonIdSchema,
  /** Base64 DER of the person's signing certificate. */
  certificate: z.string().nullable(),
  /** A digest of the number by which an identity provider knows them, under a key that only the server has. */
  identifier: HashSchema.nullable().optional(),
  active: z.boolean(),
  /** Set while a change of their roles, unit or presence waits to be confirmed. */
  unconfirmed: UnconfirmedSchema.nullable().optional(),
});
export type Person = z.infer<typeof PersonSchema>;

/** Prefixes of the authority to sign (NĐ 30 Đ13). */
export const AuthoritySchema = z.enum(['TM.', 'Q.', 'KT.', 'TL.', 'TUQ.']);
export type Authority = z.infer<typeof AuthoritySchema>;

export const DelegationDetailsSchema = z.object({
  from: PersonIdSchema,
  to: PersonIdSchema,
  authority: AuthoritySchema,
  /** Codes of the kinds it covers; empty means all. */
  kinds: z.array(z.string()),
  fromDay: DaySchema,
  toDay: DaySchema.nullable(),
  /** Number and symbol of the paper that gives it. */
  source: name(100),
});
export type DelegationDetails = z.infer<typeof DelegationDetailsSchema>;

export const DelegationSchema = DelegationDetailsSchema.extend({
  id: DelegationIdSchema,
  revokedAt: InstantSchema.nullable(),
  /** The delegation it was handed down from, when its giver passed on what was given to them. */
  parentId: DelegationIdSchema.nullable(),
  /** Set while it, or its end, waits to be confirmed. */
  unconfirmed: UnconfirmedSchema.nullable().optional(),
});
export type Delegation = z.infer<typeof DelegationSchema>;
