import { instantFrom, type Instant } from '#shared/kernel/public.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { newBudget } from '../pdf/budget.ts';
import { readRoots } from '../pki/build-chain.ts';
import { readCertificate } from '../pki/certificate.ts';
import { judgeTrust, type Trust, type TrustReason } from './judge-trust.ts';
import { readEvidence } from './known-evidence.ts';

export type CertificateQuestion = Readonly<{
  /** DER, with the certificates above it as far as they are at hand. */
  certificate: Uint8Array;
  chain: readonly Uint8Array[];
  trust: readonly Uint8Array[];
  evidence: Evidence;
  at: Instant;
}>;

/** What is known of a certificate before anything is signed with it; `revokedAt` is told where it was revoked. */
export function judgeCertificate({ certificate, chain, trust, evidence, at }: CertificateQuestion): Readonly<{
  trust: Trust;
  reason: TrustReason | null;
  revokedAt: Instant | null;
}> {
  const known = readEvidence(evidence, newBudget());
  const nowMs = Date.parse(at);
  const verdict = judgeTrust({
    leaf: readCertificate(certificate),
    pool: [...chain.map(readCertificate), ...known.certificates],
    roots: readRoots(trust),
    evidence: known,
    use: 'signing',
    usedMs: nowMs,
    untilMs: nowMs,
    nowMs,
  });
  return {
    trust: verdict.trust,
    reason: verdict.reason,
    revokedAt: verdict.revokedAtMs === null ? null : instantFrom(verdict.revokedAtMs),
  };
}
