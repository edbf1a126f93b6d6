import { readCertificate, sameBytes, type Certificate } from './certificate.ts';
import { isIssuedBy } from './issued-by.ts';

export type ChainQuestion = Readonly<{
  leaf: Certificate;
  /** Certificates that may stand between, from the signature, the file or the office. */
  pool: readonly Certificate[];
  roots: readonly Certificate[];
}>;

const maxDepth = 8;
/** Cross-signed authorities give several ways up; a hostile pool could give endless ones. */
const maxPaths = 16;

/** Trusted roots from DER; ones that cannot be read are refused loudly by the caller's own check. */
export function readRoots(trust: readonly Uint8Array[]): readonly Certificate[] {
  return trust.map(readCertificate);
}

/**
 * The ways from a certificate up to trusted roots, each link checked by name, right and signature (RFC 5280 6.1).
 * `spend` is told of every check, and throws when there were too many.
 */
export function pathsToRoots(
  { leaf, pool, roots }: ChainQuestion,
  spend: () => void,
): readonly (readonly Certificate[])[] {
  const candidates = distinct([...roots, ...pool]).filter(({ isAuthority }) => isAuthority);
  const found: (readonly Certificate[])[] = [];
  const climb = (path: readonly Certificate[]): void => {
    const last = path.at(-1);
    if (last === undefined || path.length > maxDepth || found.length >= maxPaths) return;
    if (roots.some((root) => sameBytes(root.der, last.der))) {
      found.push(path);
      return;
    }
    for (const issuer of candidates) {
      if (path.includes(issuer) || !sameBytes(issuer.subjectName, last.issuerName)) continue;
      if (!mayIssue(issuer, path.length - 1)) continue;
      spend();
      if (isIssuedBy(last, issuer)) climb([...path, issuer]);
    }
  };
  climb([leaf]);
  return found;
}

function mayIssue(issuer: Certificate, below: number): boolean {
  if (issuer.keyUses !== null && !issuer.keyUses.includes('keyCertSign')) return false;
  return issuer.pathLength === null || below <= issuer.pathLength;
}

function distinct(all: readonly Certificate[]): readonly Certificate[] {
  const seen = new Map<string, Certificate>();
  for (const one of all) {
    const key = one.x509.fingerprint256;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
