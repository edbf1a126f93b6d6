import { InstantSchema, type Instant } from '#shared/kernel/public.ts';
import { DerError } from '../cms/der.ts';

/** Why a certificate was revoked (RFC 5280 5.3.1), by its code. */
export const revocationReasons = {
  unspecified: 0,
  'key-compromise': 1,
  'authority-compromise': 2,
  'affiliation-changed': 3,
  superseded: 4,
  'cessation-of-operation': 5,
  'on-hold': 6,
  'removed-from-list': 8,
  'privilege-withdrawn': 9,
  'attribute-authority-compromise': 10,
} as const;

export type RevocationReason = keyof typeof revocationReasons;

/** What an answer says of one certificate. */
export type RevocationStatus =
  | Readonly<{ status: 'good' }>
  | Readonly<{ status: 'revoked'; at: Instant; reason: RevocationReason }>
  | Readonly<{ status: 'unknown' }>;

/** Clocks of agencies and of responders need not agree to the minute. */
export const clockSkewMs = 5 * 60_000;

export function reasonOfCode(code: number | undefined): RevocationReason {
  const found = Object.entries(revocationReasons).find(([, number]) => number === code);
  if (found === undefined) throw new DerError('an unknown reason for revocation');
  // The keys of a constant object.
  return found[0] as RevocationReason;
}

export function instantOf(ms: number): Instant {
  if (!Number.isFinite(ms)) throw new DerError('not a time');
  return InstantSchema.parse(new Date(ms).toISOString());
}
