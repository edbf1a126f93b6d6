import { sameBytes, type Certificate } from './certificate.ts';

/** Whether an authority's name and key made this certificate; names alone prove nothing. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (!sameBytes(certificate.issuerName, issuer.subjectName)) return false;
  try {
    return certificate.x509.verify(issuer.publicKey);
  } catch {
    // The platform throws for a key that cannot have made this signature.
    return false;
  }
}
