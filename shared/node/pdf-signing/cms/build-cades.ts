import { createHash } from 'node:crypto';
import type { SignerKey } from '../pki/signer-key.ts';
import { readCertificate } from '../pki/certificate.ts';
import { der, derNull, derOid, derSetOf, derSmallInteger, tag } from './der.ts';
import { oid } from './oids.ts';

/**
 * A detached CAdES baseline signature (SignedData, DER) over a SHA-256 digest. It carries no CMS signing-time: in a
 * PDF the claimed time stands in the signature dictionary's /M only (EN 319 142-1 6.3).
 */
export async function buildCades(digest: Uint8Array, key: SignerKey): Promise<Uint8Array> {
  const attributes = derSetOf([
    attribute(oid.contentType, derOid(oid.data)),
    attribute(oid.messageDigest, der(tag.octetString, digest)),
    attribute(oid.signingCertificateV2, signingCertificateV2(key.certificate)),
  ]);
  const signature = await key.sign(attributes);
  const certificate = readCertificate(key.certificate);
  const sha256 = der(tag.sequence, derOid(oid.sha256));
  const signerInfo = der(
    tag.sequence,
    derSmallInteger(1),
    der(tag.sequence, certificate.issuerName, der(tag.integer, certificate.serial)),
    sha256,
    // What was signed is the SET OF; what is stored is the same bytes tagged [0].
    Buffer.concat([Uint8Array.of(0xa0), attributes.subarray(1)]),
    signatureAlgorithm(key),
    der(tag.octetString, signature),
  );
  const signedData = der(
    tag.sequence,
    derSmallInteger(1),
    der(tag.set, sha256),
    der(tag.sequence, derOid(oid.data)),
    derSetOf([key.certificate, ...key.chain], 0xa0),
    der(tag.set, signerInfo),
  );
  return der(tag.sequence, derOid(oid.signedData), der(0xa0, signedData));
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return der(tag.sequence, derOid(type), der(tag.set, value));
}

/** ESSCertIDv2 with SHA-256, which is the default and therefore left out. */
function signingCertificateV2(certificate: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(certificate).digest();
  return der(tag.sequence, der(tag.sequence, der(tag.sequence, der(tag.octetString, hash))));
}

function signatureAlgorithm(key: SignerKey): Uint8Array {
  return key.algorithm === 'rsa-sha256'
    ? der(tag.sequence, derOid(oid.rsaEncryption), derNull)
    : der(tag.sequence, derOid('1.2.840.10045.4.3.2'));
}
