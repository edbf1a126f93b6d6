import type { Instant } from '#shared/kernel/public.ts';
import type { SignatureReport } from '#shared/signing/public.ts';
import { checkCms } from '../cms/check-cms.ts';
import { DerError } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';
import { readSignedData, type SignedData } from '../cms/read-cms.ts';
import { checkTimestamp } from '../cms/read-timestamp.ts';
import type { PdfFile } from '../pdf/document.ts';
import type { FormField } from '../pdf/fields.ts';
import { lockOf } from '../pdf/locks.ts';
import { PdfError, isString, nameOf, textOf, type PdfDict } from '../pdf/values.ts';
import { judgeTrust, type TrustVerdict } from '../pki/build-chain.ts';
import type { Certificate } from '../pki/certificate.ts';
import { coverageOf, onlySpaceAfter, type Coverage } from './coverage.ts';
import { judgeChanges } from './judge-changes.ts';
import { areBytesAccounted } from './revision-bytes.ts';

export type SignatureQuestion = Readonly<{
  file: PdfFile;
  field: FormField;
  signature: PdfDict;
  roots: readonly Certificate[];
  at: Instant;
}>;

/** What the mathematics and the certificate say, of a signature or of a document time-stamp. */
type Proof = Readonly<{
  intact: boolean;
  signer: Certificate | null;
  certificates: readonly Certificate[];
  reasons: readonly string[];
  isWeak: boolean;
  level: string;
  timestamp: string | null;
}>;

type Integrity = SignatureReport['integrity'];

/** Judges one signature of the file; doubt is never called valid. */
export function verifySignature(question: SignatureQuestion): SignatureReport {
  const { file, field, signature } = question;
  const isTimestamp = nameOf(signature.entries.get('SubFilter')) === 'ETSI.RFC3161';
  const coverage = coverageOf(file, signature, field.value);
  const proof = proofOf(question, coverage, isTimestamp);
  const change = coverage.ok && proof.intact ? changesAfter(question, coverage) : null;
  const integrity: Integrity = change?.integrity ?? 'broken';
  const trust = trustOf(question, proof, isTimestamp);
  const isWrong = !proof.intact || change?.isForbidden === true;
  return {
    field: field.name,
    signer: proof.signer?.commonName ?? textOf(signature.entries.get('Name')) ?? '',
    role: isTimestamp ? 'timestamp' : roleOf(field.name),
    level: proof.level,
    signedAt: claimedTime(signature),
    timestamp: proof.timestamp,
    coversWholeFile: coverage.ok && coverage.wholeFile,
    integrity,
    trust: trust.trust,
    verdict: verdictOf({ integrity, isWrong, trust: trust.trust, isWeak: proof.isWeak }),
    reasons: [...new Set([...proof.reasons, ...(change?.reasons ?? []), ...trust.reasons])],
  };
}

function verdictOf(
  found: Readonly<{ integrity: Integrity; isWrong: boolean; trust: TrustVerdict['trust']; isWeak: boolean }>,
): SignatureReport['verdict'] {
  if (found.isWrong || found.trust === 'revoked') return 'invalid';
  if (found.integrity === 'broken' || found.isWeak) return 'indeterminate';
  return found.trust === 'trusted' ? 'valid' : 'indeterminate';
}

function proofOf(question: SignatureQuestion, coverage: Coverage, isTimestamp: boolean): Proof {
  if (!coverage.ok) return noProof(coverage.reason, signerOf(question.signature));
  try {
    return isTimestamp
      ? timestampProof(coverage.contents, coverage.pieces)
      : signatureProof(question, coverage);
  } catch (error) {
    if (error instanceof DerError) return noProof('signature-malformed', null);
    throw error;
  }
}

function signatureProof(question: SignatureQuestion, coverage: Coverage & { ok: true }): Proof {
  const cms = readSignedData(coverage.contents);
  // A detached signature has nothing inside that could be signed in place of the file.
  if (cms.content !== null && !isLegacySha1(question.signature)) {
    return noProof('content-inside-signature', cms.signer);
  }
  const pieces = isLegacySha1(question.signature) ? [cms.content ?? new Uint8Array()] : coverage.pieces;
  const check = checkCms(cms, pieces);
  const isPades = nameOf(question.signature.entries.get('SubFilter')) === 'ETSI.CAdES.detached';
  const stamp = stampOf(cms);
  const isBaseline = isPades && check.bindsCertificate;
  return {
    intact: check.intact && !isLegacySha1(question.signature),
    signer: cms.signer,
    certificates: cms.certificates,
    reasons: [
      ...check.reasons,
      ...(isPades && check.intact && !check.bindsCertificate ? ['certificate-not-bound'] : []),
      ...(stamp.isFaulty ? ['timestamp-broken'] : []),
    ],
    isWeak: !check.strong || stamp.isFaulty,
    level: isBaseline ? (stamp.time === null ? 'B-B' : 'B-T') : 'PKCS7',
    timestamp: stamp.time,
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
    level: 'DocTimeStamp',
    timestamp: new Date(check.genTimeMs).toISOString(),
  };
}

function stampOf(cms: SignedData): Readonly<{ time: string | null; isFaulty: boolean }> {
  const token = cms.unsigned.get(oid.signatureTimeStamp)?.children[0];
  if (token === undefined) return { time: null, isFaulty: false };
  try {
    const check = checkTimestamp(token.whole, [cms.signature]);
    return { time: check.intact ? new Date(check.genTimeMs).toISOString() : null, isFaulty: !check.intact };
  } catch (error) {
    if (error instanceof DerError) return { time: null, isFaulty: true };
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
    level: 'none',
    timestamp: null,
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

type After = Readonly<{ integrity: Integrity; isForbidden: boolean; reasons: readonly string[] }>;

function changesAfter(
  { file, field, signature }: SignatureQuestion,
  coverage: Coverage & { ok: true },
): After {
  if (coverage.wholeFile) return { integrity: 'intact', isForbidden: false, reasons: [] };
  const { end, revision } = coverage;
  try {
    if (revision === file.revisions.length - 1) {
      const isIntact = onlySpaceAfter(file.bytes, end);
      return {
        integrity: isIntact ? 'intact' : 'broken',
        isForbidden: false,
        reasons: isIntact ? [] : ['bytes-after-signature'],
      };
    }
    if (!areBytesAccounted(file, end, revision)) {
      return { integrity: 'broken', isForbidden: false, reasons: ['bytes-outside-revisions'] };
    }
    const verdict = judgeChanges(file, revision, lockOf(file.viewAt(revision), signature, field));
    if (verdict.outcome === 'none' || verdict.outcome === 'allowed') {
      return { integrity: 'allowed-changes', isForbidden: false, reasons: [] };
    }
    return { integrity: 'broken', isForbidden: verdict.outcome === 'forbidden', reasons: verdict.reasons };
  } catch (error) {
    if (error instanceof PdfError) {
      return { integrity: 'broken', isForbidden: false, reasons: [error.reason] };
    }
    throw error;
  }
}

function trustOf(question: SignatureQuestion, proof: Proof, isTimestamp: boolean): TrustVerdict {
  if (proof.signer === null || !proof.intact) return { trust: 'unknown', reasons: [] };
  return judgeTrust({
    leaf: proof.signer,
    pool: proof.certificates,
    roots: question.roots,
    atMs: Date.parse(question.at),
    use: isTimestamp ? 'time-stamping' : 'signing',
  });
}

const roles: readonly string[] = ['leader', 'seal', 'initials', 'copy'];

function roleOf(field: string): string | null {
  return (
    roles.find((role) => field === role || field.startsWith(`${role}-`) || field.startsWith(`${role}.`)) ??
    null
  );
}

/** The claimed time of /M as an instant; a claim, not a proof. */
function claimedTime(signature: PdfDict): string | null {
  const match = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-])(\d{2})'?(\d{2})?'?)?/.exec(
    textOf(signature.entries.get('M')) ?? '',
  );
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, sign, hours, minutes] = match;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  const ms = sign === '-' ? local + offset : local - offset;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
