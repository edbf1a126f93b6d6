import { createHash } from 'node:crypto';
import { der, derNull, derOid, tag } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';
import type { Certificate } from '../pki/certificate.ts';

export type OcspQuestion = Readonly<{
  certificate: Certificate;
  issuer: Certificate;
  /** Random bytes the reply repeats (RFC 9654: 32 of them), or null for none. */
  nonce: Uint8Array | null;
}>;

/** Writes an OCSP request for one certificate; SHA-1 names the issuer there, as every responder expects (RFC 5019 2.1.1). */
export function writeOcspRequest({ certificate, issuer, nonce }: OcspQuestion): Uint8Array {
  const id = writeCertId('sha1', issuer, certificate.serial);
  return der(
    tag.sequence,
    der(
      tag.sequence,
      der(tag.sequence, der(tag.sequence, id)),
      ...(nonce === null ? [] : [der(0xa2, der(tag.sequence, nonceExtension(nonce)))]),
    ),
  );
}

/** The name of a certificate in OCSP: hashes of its issuer's name and key, and its serial number. */
export function writeCertId(hash: 'sha1' | 'sha256', issuer: Certificate, serial: Uint8Array): Uint8Array {
  const hashed = (bytes: Uint8Array): Uint8Array =>
    der(tag.octetString, createHash(hash).update(bytes).digest());
  return der(
    tag.sequence,
    der(tag.sequence, derOid(oid[hash]), derNull),
    hashed(issuer.subjectName),
    hashed(issuer.keyBits),
    der(tag.integer, serial),
  );
}

export function nonceExtension(nonce: Uint8Array): Uint8Array {
  return der(tag.sequence, derOid(oid.ocspNonce), der(tag.octetString, der(tag.octetString, nonce)));
}
