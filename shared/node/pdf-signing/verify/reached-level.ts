import type { Certificate } from '../pki/certificate.ts';
import { chainFrom } from '../pki/chain-from.ts';
import { judgeTrust, type TrustQuestion } from './judge-trust.ts';
import type { KnownEvidence } from './known-evidence.ts';
import type { Proof } from './proof.ts';
import type { SignatureFacts } from './signature-facts.ts';

/** What a file carries at a revision, or now: its validation data, read once. */
export type CarriedAt = (revision: number | null) => KnownEvidence | null;

/**
 * How far a signature reaches by what its file carries (EN 319 142-1 6): a moment, answers about every certificate,
 * a time-stamp over those. Whether anybody trusts it is another question.
 */
export function reachedLevel(
  { proof, coverage }: SignatureFacts,
  all: readonly SignatureFacts[],
  carriedAt: CarriedAt,
): string {
  if (proof.form !== 'baseline') return proof.form;
  if (!coverage.ok || !proof.intact) return 'B-B';
  const over = all.flatMap((one) => {
    const isOver =
      one.proof.form === 'DocTimeStamp' && one.proof.intact && one.change?.integrity !== 'broken';
    return isOver && one.coverage.ok && one.coverage.revision > coverage.revision
      ? [{ revision: one.coverage.revision, proof: one.proof }]
      : [];
  });
  const stamps = [proof, ...over.map((one) => one.proof)].flatMap(({ token }) =>
    token === null ? [] : [token],
  );
  if (stamps.length === 0) return 'B-B';
  const momentMs = Math.min(...stamps.map(({ genTimeMs }) => genTimeMs));
  const carries = (evidence: KnownEvidence | null): boolean =>
    evidence !== null && isCarried(proof, evidence, momentMs);
  if (!carries(carriedAt(null))) return 'B-T';
  return over.some(({ revision }) => carries(carriedAt(revision))) ? 'B-LTA' : 'B-LT';
}

function isCarried(proof: Proof, evidence: KnownEvidence, momentMs: number): boolean {
  const { signer, certificates, token } = proof;
  const moments = { usedMs: momentMs, untilMs: momentMs, nowMs: Infinity };
  const isProven = (
    leaf: Certificate | null,
    own: readonly Certificate[],
    use: TrustQuestion['use'],
  ): boolean => {
    if (leaf === null) return false;
    const pool = [...own, ...evidence.certificates];
    const top = chainFrom(leaf, pool).at(-1);
    const roots = top === undefined ? [] : [top];
    // What the certificate may be used for, and whether it was in time, belongs to trust.
    const { reason } = judgeTrust({ leaf, pool, roots, evidence, use, ...moments });
    return reason !== 'no-revocation-data' && reason !== 'no-path-to-trust';
  };
  if (!isProven(signer, certificates, 'signing')) return false;
  return token === null || isProven(token.signer, token.certificates, 'time-stamping');
}
