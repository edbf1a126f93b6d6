import type { Instant } from '#shared/kernel/public.ts';
import { isSignatureRight, isWeakAlgorithm } from '../cms/check-signature.ts';
import { sameBytes, type Certificate } from '../pki/certificate.ts';
import { isWeakKey } from '../pki/signer-key.ts';
import type { Crl } from './crl.ts';
import { clockSkewMs } from './revocation.ts';

/** Why a revocation list is not believed. */
export type CrlFault =
  | 'crl-of-another-issuer'
  | 'crl-issuer-may-not-sign'
  | 'crl-weak-algorithm'
  | 'crl-signature-wrong'
  | 'crl-from-the-future'
  | 'crl-stale';

/** Checks that the issuer itself made the list and that it is the newest at an instant; null when it is. */
export function checkCrl(
  crl: Crl,
  { issuer, at }: Readonly<{ issuer: Certificate; at: Instant }>,
): CrlFault | null {
  const fault = crlMakerFault(crl, issuer);
  if (fault !== null) return fault;
  const atMs = Date.parse(at);
  if (crl.thisUpdateMs > atMs + clockSkewMs) return 'crl-from-the-future';
  // A list without an end could be shown for ever; RFC 5280 5.1.2.5 asks for one.
  if (crl.nextUpdateMs === null || crl.nextUpdateMs < atMs - clockSkewMs) return 'crl-stale';
  return null;
}

/** Why a list is not the issuer's own; its dates are not judged. */
export function crlMakerFault(crl: Crl, issuer: Certificate): CrlFault | null {
  if (!sameBytes(crl.issuerName, issuer.subjectName)) return 'crl-of-another-issuer';
  // RFC 5280 4.2.1.3: a key that says its uses signs lists only when cRLSign is among them.
  const mayCrl = issuer.keyUses === null ? issuer.isAuthority : issuer.keyUses.includes('cRLSign');
  if (!mayCrl || issuer.unknownCritical) return 'crl-issuer-may-not-sign';
  if (isWeakKey(issuer) || isWeakAlgorithm(crl.algorithm)) return 'crl-weak-algorithm';
  return isSignatureRight(crl.algorithm, issuer.publicKey, crl.signedBytes, crl.signature)
    ? null
    : 'crl-signature-wrong';
}
