import { DerError } from '../cms/der.ts';
import { crlMakerFault } from '../evidence/check-crl.ts';
import { believeOcsp } from '../evidence/check-ocsp.ts';
import { statusInCrl } from '../evidence/crl.ts';
import { clockSkewMs, type RevocationReason, type RevocationStatus } from '../evidence/revocation.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { KnownEvidence } from './known-evidence.ts';

export type Pair = Readonly<{ certificate: Certificate; issuer: Certificate }>;

/** Whether a certificate was revoked, as far as anything at hand can tell. */
export type Revocation =
  | Readonly<{ state: 'good' | 'unknown' }>
  | Readonly<{ state: 'revoked'; atMs: number; reason: RevocationReason }>;

export type Moments = Readonly<{
  /** When it was used. */
  usedMs: number;
  /** Until when it had to hold: the use itself for a signature, its own later proof for a time-stamp. */
  untilMs: number;
  /** Whatever claims to be newer than this is not believed. */
  nowMs: number;
}>;

type Said = Readonly<{
  answer: Exclude<RevocationStatus, { status: 'unknown' }>;
  thisUpdateMs: number;
  untilMs: number;
}>;

/**
 * What the evidence says of a certificate at the moment it was used. An answer counts when it was still the newest then
 * or was given later, while the certificate had not run out: after that, lists may drop it (RFC 5280 3.3).
 */
export function revocationAt(pair: Pair, evidence: KnownEvidence, moments: Moments): Revocation {
  const { usedMs, nowMs } = moments;
  const said = [...saidByOcsp(pair, evidence, moments), ...saidByCrls(pair, evidence)]
    .filter(({ thisUpdateMs }) => thisUpdateMs <= nowMs + clockSkewMs)
    .toSorted((a, b) => b.thisUpdateMs - a.thisUpdateMs);
  // The newest answer counts: a certificate on hold may have been taken off the list again.
  const revoked = said.find(({ answer }, i) => answer.status === 'revoked' && (i === 0 || !isOnHold(answer)));
  if (revoked?.answer.status === 'revoked') {
    return { state: 'revoked', atMs: Date.parse(revoked.answer.at), reason: revoked.answer.reason };
  }
  const isCovered = said.some(
    ({ answer, thisUpdateMs, untilMs }) =>
      answer.status === 'good' &&
      untilMs >= usedMs - clockSkewMs &&
      thisUpdateMs <= pair.certificate.notAfterMs,
  );
  return { state: isCovered ? 'good' : 'unknown' };
}

function isOnHold(answer: Said['answer']): boolean {
  return answer.status === 'revoked' && answer.reason === 'on-hold';
}

function saidByOcsp(pair: Pair, evidence: KnownEvidence, moments: Moments): readonly Said[] {
  return evidence.ocsps.flatMap((reply) => {
    const verdict = believeOcsp(reply, pair);
    if (verdict.fault !== null || verdict.answer.status === 'unknown') return [];
    if (verdict.producedAtMs > moments.nowMs + clockSkewMs) return [];
    const { answer, thisUpdateMs, untilMs, responder } = verdict;
    // A delegate that may itself be revoked counts only when its issuer's list clears it.
    const isCleared =
      !verdict.responderRevocable ||
      saidByCrls({ certificate: responder, issuer: pair.issuer }, evidence).some(
        (one) => one.answer.status === 'good' && one.untilMs >= verdict.producedAtMs - clockSkewMs,
      );
    return isCleared ? [{ answer, thisUpdateMs, untilMs }] : [];
  });
}

function saidByCrls({ certificate, issuer }: Pair, { crls }: KnownEvidence): readonly Said[] {
  return crls.flatMap((crl) => {
    if (crl.nextUpdateMs === null || crlMakerFault(crl, issuer) !== null) return [];
    try {
      const answer = statusInCrl(crl, certificate);
      if (answer.status === 'unknown') return [];
      return [{ answer, thisUpdateMs: crl.thisUpdateMs, untilMs: crl.nextUpdateMs }];
    } catch (error) {
      if (error instanceof DerError) return [];
      throw error;
    }
  });
}
