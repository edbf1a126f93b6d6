import { clockSkewMs } from '../evidence/revocation.ts';
import { hashEndMs } from '../pki/algorithm-ends.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { TimestampCheck } from '../cms/read-timestamp.ts';
import type { KnownEvidence } from './known-evidence.ts';
import { judgeTrust, type TrustReason, type TrustVerdict } from './judge-trust.ts';

/** What a verdict may lean on: whom to trust, what is known of revocations, and the moment it is asked for. */
export type Known = Readonly<{ roots: readonly Certificate[]; evidence: KnownEvidence; atMs: number }>;

/**
 * Whether a sound time-stamp is trusted. Its service is judged for the moment it stamped, and up to the moment
 * until which the stamp itself is proven by a later one, which is now for the last (EN 319 102-1 5.6.2.4).
 */
export function judgeTime(token: TimestampCheck, known: Known, provenUntilMs: number): TrustVerdict {
  const { signer, genTimeMs, info } = token;
  const untrusted = (reason: TrustReason): TrustVerdict => ({
    trust: 'untrusted',
    reason,
    path: [],
    revokedAtMs: null,
  });
  if (signer === null || !token.bindsCertificate) return untrusted('certificate-not-bound');
  if (!token.strong || hashEndMs(info.hash) <= provenUntilMs) return untrusted('weak-algorithm');
  if (genTimeMs > provenUntilMs + clockSkewMs) return untrusted('from-the-future');
  return judgeTrust({
    leaf: signer,
    pool: [...token.certificates, ...known.evidence.certificates],
    roots: known.roots,
    evidence: known.evidence,
    use: 'time-stamping',
    usedMs: genTimeMs,
    untilMs: Math.max(genTimeMs, provenUntilMs),
    nowMs: known.atMs,
  });
}

/** The report's code for a time-stamp that proves nothing; none where nothing could be trusted at all. */
export function timeReasons({ trust, reason }: TrustVerdict): readonly string[] {
  if (trust === 'trusted' || reason === 'no-trust-roots') return [];
  return [told.has(reason ?? '') ? `timestamp-${reason}` : 'timestamp-not-trusted'];
}

const told: ReadonlySet<string> = new Set([
  'expired',
  'revoked',
  'no-revocation-data',
  'weak-algorithm',
  'from-the-future',
]);
