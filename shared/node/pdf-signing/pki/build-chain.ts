import { isWeakKey, maySign } from './signer-key.ts';
import { readCertificate, sameBytes, type Certificate } from './certificate.ts';
import { oid } from '../cms/oids.ts';

export type Trust = 'trusted' | 'untrusted' | 'revoked' | 'expired' | 'unknown';

export type TrustVerdict = Readonly<{ trust: Trust; reasons: readonly string[] }>;

type Question = Readonly<{
  leaf: Certificate;
  /** Certificates that may stand between, from the signature or the file. */
  pool: readonly Certificate[];
  roots: readonly Certificate[];
  atMs: number;
  use: 'signing' | 'time-stamping';
}>;

const maxDepth = 8;
const weakSignatures: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.4', // MD5 with RSA
  '1.2.840.113549.1.1.5', // SHA-1 with RSA
  '1.2.840.10045.4.1', // SHA-1 with ECDSA
  '1.2.840.10040.4.3', // SHA-1 with DSA
]);

/** Judges whether a certificate leads to a trusted root at an instant; without trusted roots it cannot say. */
export function judgeTrust(question: Question): TrustVerdict {
  const { leaf, roots, atMs, use } = question;
  if (roots.length === 0) return { trust: 'unknown', reasons: ['no-trust-roots'] };
  const isRightUse =
    use === 'signing' ? maySign(leaf) : leaf.extendedUses?.includes(oid.timeStamping) === true;
  if (!isRightUse) return { trust: 'untrusted', reasons: ['certificate-not-for-this-use'] };
  if (leaf.isAuthority) return { trust: 'untrusted', reasons: ['certificate-is-an-authority'] };
  const path = findPath(question, [leaf]);
  if (path === null) return { trust: 'untrusted', reasons: ['no-path-to-trust'] };
  if (path.some((one) => one.unknownCritical)) {
    return { trust: 'untrusted', reasons: ['unknown-critical-extension'] };
  }
  const below = path.slice(0, -1);
  if (path.some(isWeakKey) || below.some((one) => weakSignatures.has(one.signatureAlgorithm))) {
    return { trust: 'untrusted', reasons: ['weak-algorithm'] };
  }
  if (path.some((one) => atMs < one.notBeforeMs)) return { trust: 'untrusted', reasons: ['not-yet-valid'] };
  if (path.some((one) => atMs > one.notAfterMs)) return { trust: 'expired', reasons: ['expired'] };
  // A certificate that says where it may be revoked is believed only with an answer from there.
  if (below.some((one) => one.saysWhereRevoked)) return { trust: 'unknown', reasons: ['no-revocation-data'] };
  return { trust: 'trusted', reasons: [] };
}

/** Trusted roots from DER; ones that cannot be read are refused loudly by the caller's own check. */
export function readRoots(trust: readonly Uint8Array[]): readonly Certificate[] {
  return trust.map(readCertificate);
}

/** Depth-first by name and key, each link checked by its signature; never by issuer text alone. */
function findPath(question: Question, path: readonly Certificate[]): readonly Certificate[] | null {
  const last = path.at(-1);
  if (last === undefined || path.length > maxDepth) return null;
  if (question.roots.some((root) => sameBytes(root.der, last.der))) return path;
  for (const issuer of [...question.roots, ...question.pool]) {
    if (path.includes(issuer) || !sameBytes(issuer.subjectName, last.issuerName)) continue;
    if (!mayIssue(issuer, path.length - 1) || !isSignedBy(last, issuer)) continue;
    const found = findPath(question, [...path, issuer]);
    if (found !== null) return found;
  }
  return null;
}

function mayIssue(issuer: Certificate, below: number): boolean {
  if (!issuer.isAuthority) return false;
  if (issuer.keyUses !== null && !issuer.keyUses.includes('keyCertSign')) return false;
  return issuer.pathLength === null || below <= issuer.pathLength;
}

function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.x509.verify(issuer.publicKey);
  } catch {
    // The platform throws for a key that cannot have made this signature.
    return false;
  }
}
