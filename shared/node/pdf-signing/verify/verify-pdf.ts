import type { Instant } from '#shared/kernel/public.ts';
import type { SignatureReport, VerifyReport } from '#shared/signing/public.ts';
import { DerError } from '../cms/der.ts';
import { openPdf, type PdfFile } from '../pdf/document.ts';
import { readForm, type FormField } from '../pdf/fields.ts';
import { PdfError, isDict, type PdfDict } from '../pdf/values.ts';
import { readRoots } from '../pki/build-chain.ts';
import { verifySignature } from './verify-signature.ts';

export type VerifyQuestion = Readonly<{
  /** Trusted roots, DER. */
  trust: readonly Uint8Array[];
  /** The instant for which trust is judged. */
  at: Instant;
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
  const found = signaturesOf(file);
  if (found.length === 0) {
    const hasTraces = Buffer.from(bytes).includes('/ByteRange');
    return hasTraces
      ? cannotSay('signature-outside-form')
      : { verdict: 'unsigned', reasons: [], signatures: [] };
  }
  const signatures = found.map(({ field, signature, isGone }) => {
    const report = verifySignature({ file, field, signature, roots, at: question.at });
    return isGone ? removed(report) : report;
  });
  return { verdict: worst(signatures), reasons: [], signatures };
}

type Found = Readonly<{ field: FormField; signature: PdfDict; isGone: boolean }>;

/** Signatures of every revision, in the order they were made; one that a later revision took away is still reported. */
function signaturesOf(file: PdfFile): readonly Found[] {
  const found = new Map<string, Found>();
  for (let index = 0; index < file.revisions.length; index++) {
    const view = file.viewAt(index);
    const present = new Set<string>();
    for (const field of readForm(view)?.fields.values() ?? []) {
      const signature = view.resolve(field.value);
      if (field.type !== 'Sig' || !isDict(signature)) continue;
      present.add(field.name);
      const known = found.get(field.name);
      found.set(field.name, { field, signature, isGone: known?.isGone ?? false });
    }
    for (const [name, one] of found) if (!present.has(name)) found.set(name, { ...one, isGone: true });
  }
  return [...found.values()];
}

function removed(report: SignatureReport): SignatureReport {
  return {
    ...report,
    integrity: 'broken',
    verdict: 'invalid',
    reasons: [...report.reasons, 'signature-removed'],
  };
}

function worst(signatures: readonly SignatureReport[]): VerifyReport['verdict'] {
  if (signatures.some((signature) => signature.verdict === 'invalid')) return 'invalid';
  return signatures.every((signature) => signature.verdict === 'valid') ? 'valid' : 'indeterminate';
}

function cannotSay(reason: string): VerifyReport {
  return { verdict: 'indeterminate', reasons: [reason], signatures: [] };
}
