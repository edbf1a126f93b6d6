import { z } from 'zod';
import { IdentityPolicySchema } from '../directory/public.ts';
import {
  DeviceIdSchema,
  HashSchema,
  PersonIdSchema,
  type AgencyId,
  type DeviceId,
} from '../kernel/public.ts';
import { PublicKeySchema } from './model.ts';

/** What an agency says of itself to a desk that is to join it: nobody's secret. */
export const HereReplySchema = z.object({
  agencyName: z.string(),
  /** What the identity provider is called by which one may join; null where an invitation is needed. */
  identity: z.string().nullable(),
});

const Secret32Schema = z.base64().length(44);

/** A desk begins a sign-in at the identity provider, to be joined or opened by it. */
export const BeginIdentityRequestSchema = z.object({
  wants: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('join'),
      name: z.string().trim().min(1).max(100),
      publicKey: PublicKeySchema,
    }),
    z.object({ kind: z.literal('open') }),
  ]),
  device: DeviceIdSchema,
  /** Where the provider sends the browser back to, on the desk's own machine (RFC 8252 7.3). */
  redirect: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/$/u),
  /** SHA-256 of what the desk will show to fetch the outcome. */
  pickup: HashSchema,
  challenge: Secret32Schema,
  signature: z.base64().length(88),
});
export type BeginIdentityRequest = z.infer<typeof BeginIdentityRequestSchema>;

export const BeginIdentityReplySchema = z.object({ flow: z.string().length(43), url: z.url() });

export const FinishIdentityRequestSchema = z.object({
  flow: z.string().length(43),
  pickup: Secret32Schema,
  /** What the provider sent the browser back with: the query of the address. */
  answer: z.string().max(8000),
});

export const FinishIdentityReplySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('join'),
    personId: PersonIdSchema,
    personName: z.string(),
    post: z.string(),
    agencyName: z.string(),
  }),
  /** The secret under which the desk sealed its data key. */
  z.object({ kind: z.literal('open'), secret: Secret32Schema }),
]);
export type FinishIdentityReply = z.infer<typeof FinishIdentityReplySchema>;

/** A desk leaves the server a secret, given back only after a sign-in by the same person, to whoever holds the door's key. */
export const KeepSecretRequestSchema = z.object({ secret: Secret32Schema, doorKey: PublicKeySchema });

export const ClientSecretRequestSchema = z.object({ secret: z.string().max(500).nullable() });
export const DigestRequestSchema = z.object({ text: z.string().trim().min(1).max(200) });
export const DigestReplySchema = z.object({ digest: HashSchema });

export const TryIdentityRequestSchema = z.object({
  policy: IdentityPolicySchema,
  /** Null tries with the one that was left before. */
  secret: z.string().max(500).nullable(),
});
export const TryIdentityReplySchema = z.object({
  signIn: z.string(),
  /** Whether it says that it gives the claim; null where it does not say which it gives. */
  givesClaim: z.boolean().nullable(),
});

export const DoneSchema = z.object({ ok: z.literal(true) });

/** What a desk signs to begin: with the key it joins with, or with the one of its door. */
export function identityText(
  agencyId: AgencyId,
  device: DeviceId,
  { challenge, pickup }: Readonly<{ challenge: string; pickup: string }>,
): string {
  return `antin identity 1\n${agencyId}\n${device}\n${challenge}\n${pickup}`;
}
