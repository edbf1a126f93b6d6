import { z } from 'zod';
import { LeaseEndSchema, LeaseSchema } from '../documents/public.ts';
import {
  DeviceIdSchema,
  HashSchema,
  InstantSchema,
  InvitationIdSchema,
  PersonIdSchema,
} from '../kernel/public.ts';

/** Raw Ed25519 public key (RFC 8032), 32 bytes as base64. */
export const PublicKeySchema = z.base64().length(44);

/** What the agency's server says of a device: whose key it is, and until when that holds (X.509, DER as base64). */
export const DeviceCertificateSchema = z.object({
  serial: z.string().regex(/^[0-9a-f]{32}$/u),
  from: InstantSchema,
  until: InstantSchema,
  certificate: z.base64().max(4000),
  /** The server's own root, which signed it. */
  issuer: z.base64().max(4000),
});
export type DeviceCertificate = z.infer<typeof DeviceCertificateSchema>;

/** A block of numbers as the list of desks knows it; which of its numbers are used stands in the register alone. */
export const HeldLeaseSchema = LeaseSchema.pick({ id: true, from: true, to: true, until: true }).extend({
  book: z.string(),
  year: z.int(),
  ended: LeaseEndSchema.nullable(),
});
export type HeldLease = z.infer<typeof HeldLeaseSchema>;

/** A desk that one person works at: a machine's profile with a key of its own. */
export const DeviceSchema = z.object({
  id: DeviceIdSchema,
  person: PersonIdSchema,
  name: z.string().trim().min(1).max(100),
  publicKey: PublicKeySchema,
  enrolledAt: InstantSchema,
  revokedBecause: z.string().nullable(),
  /** Null until the server has given the first. */
  certificate: DeviceCertificateSchema.nullable(),
  /** An administrator let it be renewed, though it ended long ago. */
  renewableUntil: InstantSchema.nullable(),
  leases: z.array(HeldLeaseSchema).optional(),
});
export type Device = z.infer<typeof DeviceSchema>;

/** A code given to one person, good once and for a short time; only its SHA-256 is known. */
export const InvitationSchema = z.object({
  id: InvitationIdSchema,
  person: PersonIdSchema,
  codeHash: HashSchema,
  until: InstantSchema,
  usedBy: DeviceIdSchema.nullable(),
});
export type Invitation = z.infer<typeof InvitationSchema>;

/** How long a code is good (`sync.md` 3.10). */
export const invitationMinutes = 10;
