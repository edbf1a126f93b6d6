import { DerError } from '../cms/der.ts';
import { crlMakerFault } from '../evidence/check-crl.ts';
import { believeOcsp } from '../evidence/check-ocsp.ts';
import { statusInCrl } from '../evidence/crl.ts';
import { clockSkewMs, type RevocationReason } from '../evidence/revocation.ts';
import { signatureCheckUnits } from '../pdf/budget.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { KnownEvidence, Said } from './known-evidence.ts';

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

/**
 * What the evidence says of a certificate at the moment it was used. An answer counts when it was still the newest then
 * or was given later, while the certificate had not run out: after that, lists may drop it (RFC 5280 3.3).
 */
export function revocationAt(pair: Pair, evidence: KnownEvidence, moments: Moments): Revocation {
  const { usedMs, nowMs } = moments;
  const said = believed(pair, evidence)
    .filter(({ thisUpdateMs, madeMs }) => Math.max(thisUpdateMs, madeMs) <= nowMs + clockSkewMs)
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

function believed(pair: Pair, evidence: KnownEvidence): readonly Said[] {
  const key = `${pair.certificate.x509.fingerprint256} ${pair.issuer.x509.fingerprint256}`;
  const before = evidence.believed.get(key);
  if (before !== undefined) return before;
  const said = [...saidByOcsp(pair, evidence), ...saidByCrls(pair, evidence)];
  evidence.believed.set(key, said);
  return said;
}

const unitsPerLook = 20;

function saidByOcsp(pair: Pair, evidence: KnownEvidence): readonly Said[] {
  return evidence.ocsps.flatMap((reply) => {
    const verdict = believeOcsp(reply, pair);
    const isOther = verdict.fault === 'ocsp-of-another-certificate';
    evidence.budget.spend(isOther ? unitsPerLook : signatureCheckUnits);
    if (verdict.fault !== null || verdict.answer.status === 'unknown') return [];
    const { answer, thisUpdateMs, untilMs, producedAtMs, responder } = verdict;
    // A delegate that may itself be revoked counts only when its issuer's list clears it.
    const isCleared =
      !verdict.responderRevocable ||
      saidByCrls({ certificate: responder, issuer: pair.issuer }, evidence).some(
        (one) => one.answer.status === 'good' && one.untilMs >= producedAtMs - clockSkewMs,
      );
    return isCleared ? [{ answer, thisUpdateMs, untilMs, madeMs: producedAtMs }] : [];
  });
}

function saidByCrls({ certificate, issuer }: Pair, { crls, budget }: KnownEvidence): readonly Said[] {
  return crls.flatMap((crl) => {
    const fault = crlMakerFault(crl, issuer);
    budget.spend(
      fault === 'crl-of-another-issuer' ? unitsPerLook : signatureCheckUnits + crl.entryCount / 20,
    );
    if (crl.nextUpdateMs === null || fault !== null) return [];
    try {
      const answer = statusInCrl(crl, certificate);
      if (answer.status === 'unknown') return [];
      const { thisUpdateMs, nextUpdateMs: untilMs } = crl;
      return [{ answer, thisUpdateMs, untilMs, madeMs: thisUpdateMs }];
    } catch (error) {
      if (error instanceof DerError) return [];
      throw error;
    }
  });
}
