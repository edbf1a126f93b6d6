import { constants, sign as signWith, type KeyObject } from 'node:crypto';
import { AppError, type Instant } from '#shared/kernel/public.ts';
import { oid } from '../cms/oids.ts';
import { readCertificate, type Certificate } from './certificate.ts';

/** A key that can sign, wherever it lives: a PKCS#12 file, a token, an outside signing service. */
export type SignerKey = Readonly<{
  /** The signer's certificate, DER. */
  certificate: Uint8Array;
  /** The certificates above it that travel with the signature, DER, without the root where it is known. */
  chain: readonly Uint8Array[];
  algorithm: 'rsa-sha256' | 'ecdsa-sha256';
  /** Signs these bytes (hashing them with SHA-256 itself); ECDSA answers in DER. */
  sign: (data: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  /** A program outside signs whole pages and gives no key away; what it makes is judged before it is believed. */
  signPage?: (page: PageToSign) => Promise<Uint8Array>;
}>;

export type PageToSign = Readonly<{ pdf: Uint8Array; field: string; role: string; isNewField: boolean }>;

/** A signer that only signs whole pages. */
export function outsideSigner(
  certificate: Uint8Array,
  signPage: (page: PageToSign) => Promise<Uint8Array>,
): SignerKey {
  return {
    certificate,
    chain: [],
    algorithm: 'rsa-sha256',
    sign: () => {
      throw new AppError('signing.service-signs-pages-only');
    },
    signPage,
  };
}

/** A signer key over a private key held in memory. */
export function signerKeyFrom(
  privateKey: KeyObject,
  certificate: Uint8Array,
  chain: readonly Uint8Array[],
): SignerKey {
  const rsa = privateKey.asymmetricKeyType === 'rsa';
  return {
    certificate,
    chain,
    algorithm: rsa ? 'rsa-sha256' : 'ecdsa-sha256',
    sign: (data) =>
      rsa
        ? signWith('sha256', data, { key: privateKey, padding: constants.RSA_PKCS1_PADDING })
        : signWith('sha256', data, { key: privateKey, dsaEncoding: 'der' }),
  };
}

/** Refuses to sign with a certificate that is out of its time, too weak or not made for signing (TT 15/2025). */
export function checkSignerKey(key: SignerKey, at: Instant): void {
  checkCertificate(readCertificate(key.certificate), at);
}

/** Refuses a certificate that is out of its time, too weak or not made for signing. */
export function checkCertificate(certificate: Certificate, at: Instant): void {
  const now = Date.parse(at);
  if (now < certificate.notBeforeMs) {
    throw new AppError('signing.certificate-not-yet-valid', { from: dayText(certificate.notBeforeMs) });
  }
  if (now > certificate.notAfterMs) {
    throw new AppError('signing.certificate-expired', { until: dayText(certificate.notAfterMs) });
  }
  if (!maySign(certificate)) throw new AppError('signing.certificate-not-for-signing');
  if (isWeakKey(certificate)) throw new AppError('signing.key-too-weak');
}

/**
 * digitalSignature or nonRepudiation, or nothing said at all; and where extended uses are named (RFC 5280 4.2.1.12),
 * one that is not the work of a service.
 */
export function maySign({ keyUses, extendedUses }: Certificate): boolean {
  const isForSigning =
    keyUses === null || keyUses.includes('digitalSignature') || keyUses.includes('nonRepudiation');
  return isForSigning && (extendedUses === null || extendedUses.some((use) => !serviceUses.has(use)));
}

const serviceUses: ReadonlySet<string> = new Set([
  oid.serverAuthentication,
  oid.codeSigning,
  oid.timeStamping,
  oid.ocspSigning,
]);

/** RSA below 2048 bits and curves below 256 bits are no longer trusted. */
export function isWeakKey(certificate: Certificate): boolean {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
  if (type === 'rsa' || type === 'rsa-pss') return (details?.modulusLength ?? 0) < 2048;
  if (type === 'ec') return weakCurves.has(details?.namedCurve ?? '');
  return type === 'dsa' || type === undefined;
}

const weakCurves: ReadonlySet<string> = new Set(['prime192v1', 'secp192k1', 'secp224r1', 'secp224k1', '']);

function dayText(ms: number): string {
  return new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10).split('-').toReversed().join('/');
}
