import { checkCms } from '../cms/check-cms.ts';
import { DerError, lengthOfFirst } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';
import { readSignedData, type SignedData } from '../cms/read-cms.ts';
import { checkTimestamp, type TimestampCheck } from '../cms/read-timestamp.ts';
import { isString, nameOf, type PdfDict } from '../pdf/values.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { Coverage } from './coverage.ts';

/** What the mathematics says of a signature or of a document time-stamp; whose it is comes later. */
export type Proof = Readonly<{
  intact: boolean;
  signer: Certificate | null;
  certificates: readonly Certificate[];
  reasons: readonly string[];
  isWeak: boolean;
  /** baseline: the form of EN 319 142-1; how far it reaches above that is judged elsewhere. */
  form: 'baseline' | 'PKCS7' | 'DocTimeStamp' | 'none';
  /** The sound time-stamp of a signature, or the document time-stamp itself. */
  token: TimestampCheck | null;
}>;

/** Checks digest, signature and time-stamp of one signature dictionary. */
export function proofOf(signature: PdfDict, coverage: Coverage): Proof {
  if (!coverage.ok) return noProof(coverage.reason, signerOf(signature));
  try {
    const proof = isTimestamp(signature)
      ? timestampProof(coverage.contents, coverage.pieces)
      : signatureProof(signature, coverage);
    return proof.intact ? doubtOverPadding(proof, coverage.contents) : proof;
  } catch (error) {
    if (error instanceof DerError) return noProof('signature-malformed', null);
    throw error;
  }
}

/** The room kept for a signature is the one place nobody signs; what hides there may mean something to somebody. */
function doubtOverPadding(proof: Proof, contents: Uint8Array): Proof {
  const isEmpty = contents.subarray(lengthOfFirst(contents)).every((byte) => byte === 0);
  return isEmpty ? proof : { ...proof, isWeak: true, reasons: [...proof.reasons, 'bytes-in-padding'] };
}

export function isTimestamp(signature: PdfDict): boolean {
  return nameOf(signature.entries.get('SubFilter')) === 'ETSI.RFC3161';
}

function signatureProof(signature: PdfDict, coverage: Coverage & { ok: true }): Proof {
  const cms = readSignedData(coverage.contents);
  const isLegacy = isLegacySha1(signature);
  // A detached signature has nothing inside that could be signed in place of the file.
  if (cms.content !== null && !isLegacy) return noProof('content-inside-signature', cms.signer);
  const check = checkCms(cms, isLegacy ? [cms.content ?? new Uint8Array()] : coverage.pieces);
  const isPades = nameOf(signature.entries.get('SubFilter')) === 'ETSI.CAdES.detached';
  const stamp = stampOf(cms);
  return {
    intact: check.intact && !isLegacy,
    signer: cms.signer,
    certificates: cms.certificates,
    reasons: [
      ...check.reasons,
      ...(isPades && check.intact && !check.bindsCertificate ? ['certificate-not-bound'] : []),
      ...(stamp.isFaulty ? ['timestamp-broken'] : []),
    ],
    isWeak: !check.strong || stamp.isFaulty,
    form: isPades && check.bindsCertificate ? 'baseline' : 'PKCS7',
    token: stamp.token,
  };
}

/** adbe.pkcs7.sha1 signs a digest of a digest with SHA-1; it is never called valid here. */
function isLegacySha1(signature: PdfDict): boolean {
  return nameOf(signature.entries.get('SubFilter')) === 'adbe.pkcs7.sha1';
}

function timestampProof(contents: Uint8Array, pieces: readonly Uint8Array[]): Proof {
  const check = checkTimestamp(contents, pieces);
  return {
    intact: check.intact,
    signer: check.signer,
    certificates: check.certificates,
    reasons: check.reasons,
    isWeak: !check.strong,
    form: 'DocTimeStamp',
    token: check,
  };
}

type Stamp = Readonly<{ token: TimestampCheck | null; isFaulty: boolean }>;

function stampOf(cms: SignedData): Stamp {
  const token = cms.unsigned.get(oid.signatureTimeStamp)?.children[0];
  if (token === undefined) return { token: null, isFaulty: false };
  try {
    const check = checkTimestamp(token.whole, [cms.signature]);
    return check.intact ? { token: check, isFaulty: false } : { token: null, isFaulty: true };
  } catch (error) {
    if (error instanceof DerError) return { token: null, isFaulty: true };
    throw error;
  }
}

function noProof(reason: string, signer: Certificate | null): Proof {
  return {
    intact: false,
    signer,
    certificates: [],
    reasons: [reason],
    isWeak: false,
    form: 'none',
    token: null,
  };
}

function signerOf(signature: PdfDict): Certificate | null {
  const contents = signature.entries.get('Contents');
  if (!isString(contents)) return null;
  try {
    return readSignedData(contents.bytes).signer;
  } catch {
    // Only for the name in a report that is already negative.
    return null;
  }
}
