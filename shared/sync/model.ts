import { z } from 'zod';
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
