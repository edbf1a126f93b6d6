import type { SignatureReport } from '#shared/signing/public.ts';
import type { TrustReason } from './judge-trust.ts';

export type Found = Readonly<{
  isIntact: boolean;
  isForbidden: boolean;
  isExplained: boolean;
  isWeak: boolean;
  trust: SignatureReport['trust'];
  trustReason: TrustReason | null;
  /** By the signer's own word the signature is younger than the revocation. */
  isAfterRevocation: boolean;
  isProven: boolean;
  reasons: readonly string[];
}>;

export type Indication = Readonly<{
  verdict: SignatureReport['verdict'];
  indication: SignatureReport['indication'];
  subIndication: string | null;
}>;

/** The verdict, and what EN 319 102-1 (tables 2 to 4) calls it; doubt is never called valid. */
export function indicate(found: Found): Indication {
  if (!found.isIntact) return failed(subOfBroken(found.reasons));
  if (found.isForbidden) return failed('FORMAT_FAILURE');
  if (found.trust === 'revoked' && found.isAfterRevocation) return failed('REVOKED');
  if (!found.isExplained) return unsure('SIG_CONSTRAINTS_FAILURE');
  if (found.isWeak) {
    return unsure(found.isProven ? 'CRYPTO_CONSTRAINTS_FAILURE' : 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE');
  }
  if (found.trust === 'trusted') {
    return { verdict: 'valid', indication: 'TOTAL-PASSED', subIndication: null };
  }
  return unsure(subOfTrust(found.trustReason));
}

function failed(subIndication: string): Indication {
  return { verdict: 'invalid', indication: 'TOTAL-FAILED', subIndication };
}

function unsure(subIndication: string): Indication {
  return { verdict: 'indeterminate', indication: 'INDETERMINATE', subIndication };
}

function subOfBroken(reasons: readonly string[]): string {
  if (reasons.includes('digest-mismatch') || reasons.includes('timestamp-of-other-bytes')) {
    return 'HASH_FAILURE';
  }
  return reasons.includes('signature-wrong') ? 'SIG_CRYPTO_FAILURE' : 'FORMAT_FAILURE';
}

const subs: Readonly<Record<TrustReason, string>> = {
  'no-trust-roots': 'NO_CERTIFICATE_CHAIN_FOUND',
  'no-path-to-trust': 'NO_CERTIFICATE_CHAIN_FOUND',
  'certificate-not-for-this-use': 'CHAIN_CONSTRAINTS_FAILURE',
  'certificate-is-an-authority': 'CHAIN_CONSTRAINTS_FAILURE',
  'unknown-critical-extension': 'CHAIN_CONSTRAINTS_FAILURE',
  'weak-algorithm': 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
  'not-yet-valid': 'NOT_YET_VALID',
  expired: 'OUT_OF_BOUNDS_NO_POE',
  revoked: 'REVOKED_NO_POE',
  'no-revocation-data': 'TRY_LATER',
  'from-the-future': 'TIMESTAMP_ORDER_FAILURE',
  'certificate-not-bound': 'SIG_CONSTRAINTS_FAILURE',
};

function subOfTrust(reason: TrustReason | null): string {
  return reason === null ? 'SIG_CONSTRAINTS_FAILURE' : subs[reason];
}
