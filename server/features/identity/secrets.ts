import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  HashSchema,
  PersonIdSchema,
  type DeviceId,
  type Hash,
  type PersonId,
} from '#shared/kernel/public.ts';
import { PublicKeySchema } from '#shared/sync/public.ts';
import type { Kept } from '../../data/kept.ts';

const LeftSchema = z.object({ person: PersonIdSchema, secret: z.string(), doorKey: PublicKeySchema });
type Left = z.infer<typeof LeftSchema>;

/** A desk whose power fails between leaving the next secret and keeping its part of it still has the one before. */
const lefts = 2;

/** What a server keeps for sign-ins by an identity provider; none of it is in the agency's log. */
export type IdentitySecrets = Readonly<{
  clientSecret: () => string | null;
  keepClientSecret: (secret: string | null) => void;
  /** A number under the server's own key: equal numbers are told, and none can be guessed from what desks hold. */
  digestOf: (text: string) => Hash;
  /** What a desk left to be opened with, the newest first. */
  leftBy: (device: DeviceId) => readonly Left[];
  keepFor: (device: DeviceId, left: Readonly<{ person: PersonId; secret: string; doorKey: string }>) => void;
}>;

export function identitySecrets(kept: Kept): IdentitySecrets {
  const digestKey = () => {
    const known = kept.get('identity-digest-key');
    if (known !== null) return Buffer.from(known, 'base64');
    const key = randomBytes(32);
    kept.set('identity-digest-key', key.toString('base64'));
    return key;
  };
  const leftBy = (device: DeviceId) => {
    const left = kept.get(`door:${device}`);
    return left === null ? [] : LeftSchema.array().parse(JSON.parse(left));
  };
  return {
    clientSecret: () => kept.get('identity-client-secret'),
    keepClientSecret: (secret) => {
      if (secret === null) kept.remove('identity-client-secret');
      else kept.set('identity-client-secret', secret);
    },
    digestOf: (text) => HashSchema.parse(createHmac('sha256', digestKey()).update(text.trim()).digest('hex')),
    leftBy,
    keepFor: (device, left) => {
      kept.set(`door:${device}`, JSON.stringify([left, ...leftBy(device)].slice(0, lefts)));
    },
  };
}
