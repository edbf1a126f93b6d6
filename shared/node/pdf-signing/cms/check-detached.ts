import { isIssuedBy } from '../pki/issued-by.ts';
import { readCertificate, type Certificate } from '../pki/certificate.ts';
import { isWeakKey } from '../pki/signer-key.ts';
import { checkCms } from './check-cms.ts';
import { oid } from './oids.ts';
import { readSignedData } from './read-cms.ts';

export type DetachedCheck = Readonly<{ ok: true }> | Readonly<{ ok: false; reason: string }>;

export type DetachedQuestion = Readonly<{
  signature: Uint8Array;
  content: Uint8Array;
  /** The one authority, DER, that must have made the signer's certificate. */
  authority: Uint8Array;
  atMs: number;
}>;

/** ECDSA or RSA with SHA-256 and nothing else: whoever signs between agencies has no choice to be talked out of. */
const signatureAlgorithms: ReadonlySet<string> = new Set([oid.ecdsaWithSha256, oid.rsaEncryption]);

/** Checks a detached CMS signature of an agency against the authority its peer has confirmed. */
export function checkDetached({ signature, content, authority, atMs }: DetachedQuestion): DetachedCheck {
  const bad = (reason: string): DetachedCheck => ({ ok: false, reason });
  try {
    const cms = readSignedData(signature);
    if (cms.content !== null) return bad('not-detached');
    if (cms.digestAlgorithm !== oid.sha256 || !signatureAlgorithms.has(cms.signatureAlgorithm)) {
      return bad('other-algorithm');
    }
    const check = checkCms(cms, [content]);
    if (!check.intact) return bad(check.reasons[0] ?? 'signature-wrong');
    if (!check.strong || !check.bindsCertificate || cms.signedBytes === null) return bad('weak-algorithm');
    const reason =
      cms.signer === null ? 'unreadable' : whyNotSigner(cms.signer, readCertificate(authority), atMs);
    return reason === null ? { ok: true } : bad(reason);
  } catch {
    return bad('unreadable'); // Whatever it is, it is no signature.
  }
}

function whyNotSigner(signer: Certificate, root: Certificate, atMs: number): string | null {
  if (signer.isAuthority || isWeakKey(signer) || !isIssuedBy(signer, root)) return 'other-authority';
  if (signer.keyUses?.includes('digitalSignature') !== true) return 'not-for-signing';
  const isNow = atMs >= signer.notBeforeMs && atMs <= signer.notAfterMs && atMs <= root.notAfterMs;
  return isNow ? null : 'out-of-time';
}

/** Whether an authority made a certificate for opening what is sealed to it. */
export function isSealingCertificate(certificate: Uint8Array, authority: Uint8Array): boolean {
  try {
    const [leaf, root] = [readCertificate(certificate), readCertificate(authority)];
    const isRsa = leaf.publicKey.asymmetricKeyType === 'rsa' && !isWeakKey(leaf);
    return (
      isRsa &&
      root.isAuthority &&
      isIssuedBy(leaf, root) &&
      leaf.keyUses?.includes('keyEncipherment') === true
    );
  } catch {
    return false;
  }
}

/** What a sealed message names its recipient by: issuer and serial, each as it stands in the certificate (DER parts). */
export function recipientOf(
  certificate: Uint8Array,
): Readonly<{ issuerName: Uint8Array; serial: Uint8Array }> {
  const { issuerName, serial } = readCertificate(certificate);
  return { issuerName, serial };
}
