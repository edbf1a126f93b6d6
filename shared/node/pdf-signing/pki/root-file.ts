import { createHash } from 'node:crypto';
import { AppError, HashSchema, instantFrom, type Hash, type Instant } from '#shared/kernel/public.ts';
import { readCertificate } from './certificate.ts';
import { isWeakKey } from './signer-key.ts';
import { readTrustFile } from './trust-file.ts';

/** An authority's certificate as somebody compares it with the issuer's own word before believing it. */
export type RootFacts = Readonly<{
  /** SHA-256 of the certificate, lower-case hex. */
  fingerprint: Hash;
  certificate: Uint8Array;
  name: string;
  organization: string | null;
  validFrom: Instant;
  validTo: Instant;
}>;

/** What a certificate of an authority says of itself. */
export function rootFacts(der: Uint8Array): RootFacts {
  const one = readCertificate(der);
  return {
    fingerprint: HashSchema.parse(createHash('sha256').update(one.der).digest('hex')),
    certificate: one.der,
    name: one.commonName,
    organization: one.organization,
    validFrom: instantFrom(one.notBeforeMs),
    validTo: instantFrom(one.notAfterMs),
  };
}

/**
 * The authorities in a file (PEM or DER) that may be believed at `at`.
 * Errors: `signing.unreadable-trust`, `signing.no-authority-in-file`, `signing.authority-expired`, `signing.key-too-weak`.
 */
export function readRootFile(file: Uint8Array, at: Instant): readonly RootFacts[] {
  const authorities = readTrustFile(file)
    .map(readCertificate)
    .filter(({ isAuthority }) => isAuthority);
  if (authorities.length === 0) throw new AppError('signing.no-authority-in-file');
  const nowMs = Date.parse(at);
  const running = authorities.filter(({ notAfterMs }) => notAfterMs >= nowMs);
  if (running.length === 0) throw new AppError('signing.authority-expired');
  const strong = running.filter((one) => !isWeakKey(one));
  if (strong.length === 0) throw new AppError('signing.key-too-weak');
  return strong.map(({ der }) => rootFacts(der));
}
