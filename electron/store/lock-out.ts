import { z } from 'zod';
import { InstantSchema, instantFrom, type Instant } from '#shared/kernel/public.ts';

/** Wrong tries of one person, kept in the key file so that a restart forgets nothing. */
export const TriesSchema = z.object({ wrong: z.int().min(0), lockedUntil: InstantSchema.nullable() });
export type Tries = z.infer<typeof TriesSchema>;

export type LockOutRule = Readonly<{ tries: number; minutes: number }>;

/** At most five wrong tries, open again after 12 hours to 30 days or by the administrator (QCVN 12:2026/BCA). */
export const lockOutRule: LockOutRule = { tries: 5, minutes: 12 * 60 };

export const noTries: Tries = { wrong: 0, lockedUntil: null };

/** Until when a person is locked out, as of `now`; null when they may try. */
export function lockedUntil({ lockedUntil: until }: Tries, now: Instant): Instant | null {
  return until !== null && until > now ? until : null;
}

/** Counts a try before its passphrase is looked at, so that tries made side by side are all counted. */
export function countTry(tries: Tries, now: Instant, rule: LockOutRule): Tries {
  // A lock that has run out begins a new count.
  const wrong = (tries.lockedUntil === null ? tries.wrong : 0) + 1;
  const isLast = wrong >= rule.tries;
  return { wrong, lockedUntil: isLast ? instantFrom(Date.parse(now) + rule.minutes * 60_000) : null };
}
