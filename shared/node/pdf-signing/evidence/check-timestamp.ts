import type { Instant } from '#shared/kernel/public.ts';
import { DerError, derUnsigned, readDer } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';
import { checkTimestamp, type TimestampCheck } from '../cms/read-timestamp.ts';
import { sameBytes, type Certificate } from '../pki/certificate.ts';
import type { TimestampQuestion } from './timestamp-request.ts';
import { isStrictEnvelope } from './token-envelope.ts';

/** Why a time-stamp is not believed. */
export type TimestampFault =
  | 'timestamp-malformed'
  | 'timestamp-certificate-missing'
  | 'timestamp-certificate-exchanged'
  | 'timestamp-certificate-not-bound'
  | 'timestamp-signature-wrong'
  | 'timestamp-of-other-bytes'
  | 'timestamp-of-another-request'
  | 'timestamp-weak-algorithm'
  | 'timestamp-wrong-use'
  | 'timestamp-certificate-out-of-time'
  | 'timestamp-clock-differs';

type Sound = Readonly<{
  fault: null;
  genTimeMs: number;
  signer: Certificate;
  certificates: readonly Certificate[];
}>;

export type TimestampVerdict = Sound | Readonly<{ fault: TimestampFault }>;

/** A service whose clock is further from ours than this would date the signature wrongly, or ours does. */
const longestDriftMs = 3_600_000;

/** Judges a fresh token against what was asked; nothing in it counts unless all of it holds. */
export function judgeTimestamp(
  token: Uint8Array,
  { stamped, nonce, at }: TimestampQuestion & Readonly<{ at: Instant }>,
): TimestampVerdict {
  const kept = judgeKeptTimestamp(token, stamped);
  if (kept.fault !== null) return kept;
  const { info, ...verdict } = kept;
  if (info.nonce === null || !sameBytes(info.nonce, readDer(derUnsigned(nonce)).content)) {
    return { fault: 'timestamp-of-another-request' };
  }
  const driftMs = Math.abs(info.genTimeMs - Date.parse(at));
  if (driftMs > longestDriftMs) return { fault: 'timestamp-clock-differs' };
  return verdict;
}

/** The same of a token that was kept: whom it was given to and how long ago says nothing any more. */
export function judgeKeptTimestamp(
  token: Uint8Array,
  stamped: readonly Uint8Array[],
): Readonly<{ fault: TimestampFault }> | (Sound & Readonly<{ info: TimestampCheck['info'] }>) {
  const check = checkQuietly(token, stamped);
  if (check === null) return { fault: 'timestamp-malformed' };
  const { info, signer, certificates } = check;
  if (signer === null) return { fault: 'timestamp-certificate-missing' };
  const fault = signatureFault(check) ?? certificateFault(signer, info.genTimeMs);
  return fault === null ? { fault, info, genTimeMs: info.genTimeMs, signer, certificates } : { fault };
}

function checkQuietly(token: Uint8Array, stamped: readonly Uint8Array[]): TimestampCheck | null {
  try {
    return isStrictEnvelope(token) ? checkTimestamp(token, stamped) : null;
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

function signatureFault(check: TimestampCheck): TimestampFault | null {
  if (check.reasons.includes('certificate-exchanged')) return 'timestamp-certificate-exchanged';
  if (!check.stampsThese) return 'timestamp-of-other-bytes';
  if (!check.intact) return 'timestamp-signature-wrong';
  if (!check.bindsCertificate) return 'timestamp-certificate-not-bound';
  return check.strong ? null : 'timestamp-weak-algorithm';
}

function certificateFault(signer: Certificate, genTimeMs: number): TimestampFault | null {
  if (!isForTimestamping(signer) || signer.isAuthority || signer.unknownCritical) {
    return 'timestamp-wrong-use';
  }
  const isInTime = signer.notBeforeMs <= genTimeMs && genTimeMs <= signer.notAfterMs;
  return isInTime ? null : 'timestamp-certificate-out-of-time';
}

/** RFC 3161 2.3: time-stamping is the certificate's single use, and critical. */
export function isForTimestamping(signer: Certificate): boolean {
  return (
    signer.extendedUsesAreCritical &&
    signer.extendedUses?.length === 1 &&
    signer.extendedUses[0] === oid.timeStamping &&
    (signer.keyUses === null ||
      signer.keyUses.includes('digitalSignature') ||
      signer.keyUses.includes('nonRepudiation'))
  );
}
