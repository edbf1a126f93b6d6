import { z } from 'zod';
import { DeviceIdSchema, type AgencyId, type DeviceId } from '../kernel/public.ts';
import { DeviceCertificateSchema } from './model.ts';

/** A server gives a number used once; whoever signs it with a device's key speaks for that device for a while. */
export const ChallengeReplySchema = z.object({ challenge: z.base64().length(44) });

export const SessionRequestSchema = z.object({
  device: DeviceIdSchema,
  challenge: z.base64().length(44),
  signature: z.base64().length(88),
});
export type SessionRequest = z.infer<typeof SessionRequestSchema>;

export const SessionReplySchema = z.object({
  token: z.string().length(43),
  seconds: z.int().positive(),
  /** By the server's clock it is time to renew the device's certificate. */
  renew: z.boolean(),
});
export type SessionReply = z.infer<typeof SessionReplySchema>;

export const CertificateReplySchema = DeviceCertificateSchema;

/** What a desk signs to open a session; no clock is in it, since a desk's may be wrong. */
export function sessionText(agencyId: AgencyId, device: DeviceId, challenge: string): string {
  return `antin session 1\n${agencyId}\n${device}\n${challenge}`;
}

/** What a desk signs to have its certificate renewed. */
export function certificateText(agencyId: AgencyId, device: DeviceId, challenge: string): string {
  return `antin certificate 1\n${agencyId}\n${device}\n${challenge}`;
}

/** What a server answers instead, with a status of 4xx or 5xx. */
export const FaultSchema = z.object({ code: z.string(), message: z.string() });
export type Fault = z.infer<typeof FaultSchema>;
