import { verify } from 'node:crypto';
import type { Instant, Verdict } from '#shared/kernel/public.ts';
import {
  judgeCertificate,
  readCertificate,
  type Certificate,
  type Evidence,
} from '#shared/node/pdf-signing/public.ts';
import type { SignatureReport } from '#shared/signing/public.ts';
import type { ReadSignature, SignatureMethod } from './read-signature.ts';

/** The words are those of a file's signatures; `reasons` are `reason.<code>`. */
export type MessageSignatureReport = Readonly<{
  verdict: Verdict;
  signer: string | null;
  organization: string | null;
  issuer: string | null;
  /** As the signer claims; no proof. */
  signedAt: string | null;
  integrity: 'intact' | 'broken' | 'unknown';
  trust: SignatureReport['trust'];
  reasons: readonly string[];
}>;

export type MessageSignatureQuestion = Readonly<{
  /** DER of what is believed. */
  trust: readonly Uint8Array[];
  evidence: Evidence;
  at: Instant;
}>;

/**
 * Judges a message's signature. It covers all that was read or nothing is said for it; a certificate that is not proven
 * good at the moment asked for, or a weak algorithm, is never more than “cannot say”.
 */
export function judgeMessageSignature(
  signature: ReadSignature | null,
  question: MessageSignatureQuestion,
): MessageSignatureReport {
  if (signature === null) return unsigned;
  const signer = signerOf(signature);
  const believed = trustIn(signer, signature, question);
  const reasons = [...reasonsIn(signature), signer.reason, believed.reason].filter(
    (reason) => reason !== null,
  );
  const integrity = integrityOf(signature, signer.kind);
  const isProven = integrity === 'intact' && believed.trust === 'trusted' && reasons.length === 0;
  return {
    verdict: verdictOf(integrity, isProven, believed.isRevokedBefore),
    ...namesOf(signer),
    signedAt: signature.claimedAt,
    integrity,
    trust: believed.trust,
    reasons: [...new Set(reasons)],
  };
}

function reasonsIn({ gaps, isWeak, isDigestRight }: ReadSignature): readonly string[] {
  return [
    ...gaps,
    ...(isWeak ? ['weak-algorithm'] : []),
    ...(isDigestRight === false ? ['digest-mismatch'] : []),
  ];
}

function namesOf(signer: Signer): Pick<MessageSignatureReport, 'signer' | 'organization' | 'issuer'> {
  if (signer.kind !== 'found') return { signer: null, organization: null, issuer: null };
  const { commonName, organization, issuerCommonName } = signer.certificate;
  return { signer: commonName, organization, issuer: issuerCommonName };
}

const unsigned: MessageSignatureReport = {
  verdict: 'unsigned',
  signer: null,
  organization: null,
  issuer: null,
  signedAt: null,
  integrity: 'unknown',
  trust: 'unknown',
  reasons: [],
};

function verdictOf(
  integrity: MessageSignatureReport['integrity'],
  isProven: boolean,
  isRevokedBefore: boolean,
): Verdict {
  if (integrity === 'broken' || isRevokedBefore) return 'invalid';
  return isProven ? 'valid' : 'indeterminate';
}

type Signer = Readonly<
  | { kind: 'found'; certificate: Certificate; reason: null }
  | { kind: 'wrong'; reason: 'signature-wrong' }
  | { kind: 'unreadable'; reason: 'certificate-unreadable' }
  | { kind: 'unknown'; reason: null }
>;

/** The certificate whose key made the value, whichever of those it carries. */
function signerOf({ certificates, signedInfo, method, value }: ReadSignature): Signer {
  if (signedInfo === null || method === null || certificates.length === 0) {
    return { kind: 'unknown', reason: null };
  }
  const read = certificates.map(certificateIn);
  const bytes = Buffer.from(signedInfo, 'utf8');
  const certificate = read.find(
    (one) => one !== null && value !== null && isMadeBy(one, method, bytes, value),
  );
  if (certificate !== undefined && certificate !== null) return { kind: 'found', certificate, reason: null };
  // Where one of them cannot be read it may be the signer's.
  if (read.includes(null)) return { kind: 'unreadable', reason: 'certificate-unreadable' };
  return { kind: 'wrong', reason: 'signature-wrong' };
}

function certificateIn(der: Uint8Array): Certificate | null {
  try {
    return readCertificate(der);
  } catch {
    return null;
  }
}

function isMadeBy(
  { publicKey }: Certificate,
  method: SignatureMethod,
  bytes: Buffer,
  value: Uint8Array,
): boolean {
  if (publicKey.asymmetricKeyType !== method.key) return false;
  try {
    return verify(method.digest, bytes, { key: publicKey, dsaEncoding: 'ieee-p1363' }, value);
  } catch {
    // A value of a length that cannot be this key's is not right.
    return false;
  }
}

function integrityOf(signature: ReadSignature, signer: Signer['kind']): MessageSignatureReport['integrity'] {
  if (signature.isDigestRight === false || signer === 'wrong') return 'broken';
  const isWhole = signature.isDigestRight === true && signature.gaps.length === 0;
  return isWhole && signer === 'found' ? 'intact' : 'unknown';
}

function trustIn(
  signer: Signer,
  { certificates, claimedAt }: ReadSignature,
  { trust: roots, evidence, at }: MessageSignatureQuestion,
): Readonly<{ trust: SignatureReport['trust']; reason: string | null; isRevokedBefore: boolean }> {
  if (signer.kind !== 'found') return { trust: 'unknown', reason: null, isRevokedBefore: false };
  const { der } = signer.certificate;
  const chain = certificates.filter((one) => certificateIn(one) !== null && Buffer.compare(one, der) !== 0);
  const { trust, reason, revokedAt } = judgeCertificate({
    certificate: der,
    chain,
    trust: roots,
    evidence,
    at,
  });
  // The signer's own word puts it after the certificate was taken back.
  const isRevokedBefore =
    revokedAt !== null && claimedAt !== null && Date.parse(claimedAt) >= Date.parse(revokedAt);
  return { trust, reason, isRevokedBefore };
}
