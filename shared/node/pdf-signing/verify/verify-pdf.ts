import type { Instant } from '#shared/kernel/public.ts';
import type { SignatureReport, VerifyReport } from '#shared/signing/public.ts';
import { DerError } from '../cms/der.ts';
import { noEvidence, type Evidence } from '../evidence/evidence.ts';
import { newBudget, type Budget } from '../pdf/budget.ts';
import { openPdf, type PdfFile } from '../pdf/document.ts';
import { PdfError } from '../pdf/values.ts';
import { readRoots } from '../pki/build-chain.ts';
import { evidenceIn, joinEvidence, readEvidence, type KnownEvidence } from './known-evidence.ts';
import type { CarriedAt } from './reached-level.ts';
import { showsOtherValues } from './shown-values.ts';
import { signaturesIn, type SignatureFacts } from './signature-facts.ts';
import { judgeTime, type Known } from './time-proof.ts';
import { verifySignature, type TimeProof } from './verify-signature.ts';

export type VerifyQuestion = Readonly<{
  /** Trusted roots, DER. */
  trust: readonly Uint8Array[];
  /** The instant for which trust is judged. */
  at: Instant;
  /** What is known beside the file: certificates between, revocation lists and answers. */
  evidence?: Evidence;
}>;

/** Verifies every signature ever made in a PDF; always ends, and never calls valid what it cannot explain. */
export function verifyPdf(bytes: Uint8Array, question: VerifyQuestion): VerifyReport {
  try {
    return verify(bytes, question);
  } catch (error) {
    if (error instanceof PdfError) return cannotSay(error.reason);
    if (error instanceof DerError) return cannotSay('signature-malformed');
    if (error instanceof RangeError) return cannotSay('pdf-malformed');
    throw error;
  }
}

function verify(bytes: Uint8Array, question: VerifyQuestion): VerifyReport {
  const file = openPdf(bytes);
  if (file.latest.trailer.entries.has('Encrypt')) return cannotSay('encrypted-pdf');
  const roots = readRoots(question.trust);
  const all = signaturesIn(file);
  if (all.length === 0) {
    const hasTraces = Buffer.from(bytes).includes('/ByteRange');
    return hasTraces
      ? cannotSay('signature-outside-form')
      : { verdict: 'unsigned', reasons: [], signatures: [] };
  }
  const budget = newBudget();
  const carriedAt = carriedBy(file, budget);
  const own = carriedAt(null);
  const given = readEvidence(question.evidence ?? noEvidence, budget);
  const evidence = own === null ? given : joinEvidence(own, given);
  const known = { roots, evidence, atMs: Date.parse(question.at) };
  const proofs = timeProofs(all, known);
  const signatures = all.map((facts) => verifySignature({ file, facts, all, known, proofs, carriedAt }));
  const verdict = worst(signatures);
  if (!showsOtherValues(file.latest)) return { verdict, reasons: [], signatures };
  return {
    verdict: verdict === 'valid' ? 'indeterminate' : verdict,
    reasons: ['shown-text-differs'],
    signatures,
  };
}

function carriedBy(file: PdfFile, budget: Budget): CarriedAt {
  const read = new Map<number | null, KnownEvidence | null>();
  return (revision) => {
    const known = read.get(revision);
    if (known !== undefined) return known;
    const found = evidenceIn(revision === null ? file.latest : file.viewAt(revision), budget);
    read.set(revision, found);
    return found;
  };
}

/** The trusted document time-stamps, each judged up to the moment the next one proves it (EN 319 102-1 5.6.3). */
function timeProofs(all: readonly SignatureFacts[], known: Known): readonly TimeProof[] {
  const stamps = all
    .flatMap(({ proof, coverage, change, isGone }) => {
      const isSound =
        proof.form === 'DocTimeStamp' && proof.intact && !isGone && change?.integrity !== 'broken';
      return isSound && coverage.ok && proof.token !== null
        ? [{ revision: coverage.revision, token: proof.token }]
        : [];
    })
    .toSorted((a, b) => b.revision - a.revision);
  const proofs: TimeProof[] = [];
  let untilMs = known.atMs;
  for (const { revision, token } of stamps) {
    if (judgeTime(token, known, untilMs).trust !== 'trusted') continue;
    untilMs = Math.min(untilMs, token.genTimeMs);
    proofs.push({ revision, genTimeMs: token.genTimeMs });
  }
  return proofs;
}

/** A sound time-stamp that nobody trusts proves nothing and harms nothing, where there is a signature to judge. */
function worst(signatures: readonly SignatureReport[]): VerifyReport['verdict'] {
  const isIdle = ({ role, integrity, verdict }: SignatureReport): boolean =>
    role === 'timestamp' && integrity !== 'broken' && verdict === 'indeterminate';
  const counted = signatures.filter((one) => !isIdle(one));
  const asked = counted.some(({ role }) => role !== 'timestamp') ? counted : signatures;
  if (asked.some(({ verdict }) => verdict === 'invalid')) return 'invalid';
  return asked.every(({ verdict }) => verdict === 'valid') ? 'valid' : 'indeterminate';
}

function cannotSay(reason: string): VerifyReport {
  return { verdict: 'indeterminate', reasons: [reason], signatures: [] };
}
