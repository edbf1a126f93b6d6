import { z } from 'zod';
import { HashSchema, InstantSchema, PersonIdSchema, type AgencyId } from '../kernel/public.ts';

/** A certificate's number, its bytes in lower-case hex as they stand in it. */
export const SerialSchema = z.string().regex(/^([0-9a-f]{2}){1,21}$/);

/** Why a certificate of a person or a seal is taken back (RFC 5280 5.3.1). */
export const revocationChoices = [
  'key-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
  'privilege-withdrawn',
  'unspecified',
] as const;
export const RevocationChoiceSchema = z.enum(revocationChoices);

/** Why an issuing level is: its own key lost, another in its place, or no more issuing. */
export const levelRevocationChoices = [
  'authority-compromise',
  'superseded',
  'cessation-of-operation',
] as const;

const text = z.string().trim().min(1).max(500);

export const RevokedSchema = z.object({
  /** From when on it counts for nothing; what was provably signed before stands. */
  since: InstantSchema,
  reason: z.enum([...revocationChoices, 'authority-compromise']),
  why: text,
  revokedBy: PersonIdSchema,
});
export type Revoked = z.infer<typeof RevokedSchema>;

/** A certificate of the agency's authority itself. */
const CertificateFactsSchema = z.object({
  serial: SerialSchema,
  /** Base64 DER. */
  certificate: z.base64().max(20_000),
  validFrom: InstantSchema,
  validTo: InstantSchema,
});

/** The level that issues from day to day; its key stays in the office's encrypted store. */
export const IssuingLevelSchema = CertificateFactsSchema.extend({ name: z.string() });
export type IssuingLevel = z.infer<typeof IssuingLevelSchema> & Readonly<{ revoked: Revoked | null }>;

export const RootSchema = CertificateFactsSchema.extend({ name: z.string(), fingerprint: HashSchema });

/** Who keeps a share of the root's passphrase, and how many of them open it together. */
export const KeepersSchema = z.object({
  needed: z.int().min(2).max(16),
  names: z.array(z.string().trim().min(1).max(100)).min(2).max(16),
});
export type Keepers = z.infer<typeof KeepersSchema>;

export const authorityKeyTypes = ['rsa-3072', 'rsa-4096', 'p-384'] as const;

/** The agency's own certificate authority. */
export type CertificateAuthority = Readonly<{
  id: AgencyId;
  root: z.infer<typeof RootSchema>;
  keepers: Keepers;
  /** Oldest first; the last that is not revoked issues. */
  levels: readonly IssuingLevel[];
}>;

export const HolderSchema = z.discriminatedUnion('use', [
  z.object({ use: z.literal('person'), person: PersonIdSchema }),
  z.object({ use: z.literal('seal') }),
]);
export type CertificateHolder = z.infer<typeof HolderSchema>;

export const IssuedSchema = CertificateFactsSchema.extend({
  holder: HolderSchema,
  name: z.string(),
  /** The number of the issuing level's certificate. */
  level: SerialSchema,
  /** The certificate it follows, where it is a renewal. */
  renews: SerialSchema.nullable(),
});

/** A certificate the agency's authority issued, from its issue to its end. */
export type CertificateRecord = z.infer<typeof IssuedSchema> &
  Readonly<{
    id: string;
    issuedBy: z.infer<typeof PersonIdSchema>;
    issuedAt: z.infer<typeof InstantSchema>;
    revoked: Revoked | null;
  }>;

export const certificateYears = [1, 2, 3, 4, 5] as const;
export const rootYears = 20;
export const levelYears = 10;
export const revocationReasonText = text;
