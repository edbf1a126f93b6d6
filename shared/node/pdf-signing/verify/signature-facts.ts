import type { PdfFile } from '../pdf/document.ts';
import { readForm, type FormField } from '../pdf/fields.ts';
import { lockOf } from '../pdf/locks.ts';
import { PdfError, isDict, type PdfDict } from '../pdf/values.ts';
import type { SignatureReport } from '#shared/signing/public.ts';
import { coverageOf, onlySpaceAfter, type Coverage } from './coverage.ts';
import { judgeChanges } from './judge-changes.ts';
import { proofOf, type Proof } from './proof.ts';
import { areBytesAccounted } from './revision-bytes.ts';
import { sameValue } from './same-value.ts';

/** What the file alone says of one of its signatures, whoever is trusted. */
export type SignatureFacts = Readonly<{
  field: FormField;
  signature: PdfDict;
  coverage: Coverage;
  proof: Proof;
  change: After | null;
  /** A later revision took it away. */
  isGone: boolean;
}>;

export type After = Readonly<{
  integrity: SignatureReport['integrity'];
  isForbidden: boolean;
  reasons: readonly string[];
}>;

/** Every signature ever made in a file, in the order they were made; one that was taken away is still told of. */
export function signaturesIn(file: PdfFile): readonly SignatureFacts[] {
  return heldIn(file).map(({ field, signature, isGone }) => {
    const coverage = coverageOf(file, signature, field.value);
    const proof = proofOf(signature, coverage);
    const change = coverage.ok && proof.intact ? changesAfter(file, { field, signature, coverage }) : null;
    return { field, signature, coverage, proof, change, isGone };
  });
}

type Held = Readonly<{ field: FormField; signature: PdfDict; isGone: boolean }>;

function heldIn(file: PdfFile): readonly Held[] {
  const found = new Map<string, Held>();
  for (let index = 0; index < file.revisions.length; index++) {
    const view = file.viewAt(index);
    const present = new Set<string>();
    for (const field of readForm(view)?.fields.values() ?? []) {
      const signature = view.resolve(field.value);
      if (field.type !== 'Sig' || !isDict(signature)) continue;
      present.add(field.name);
      const known = found.get(field.name);
      // Another signature in its place does not make the first one unmade.
      if (known !== undefined && !sameValue(known.signature, signature)) {
        found.set(`${field.name} ${index}`, { ...known, isGone: true });
      }
      found.set(field.name, { field, signature, isGone: known?.isGone ?? false });
    }
    for (const [name, one] of found) if (!present.has(name)) found.set(name, { ...one, isGone: true });
  }
  return [...found.values()];
}

type Signed = Readonly<{ field: FormField; signature: PdfDict; coverage: Coverage & { ok: true } }>;

function changesAfter(file: PdfFile, { field, signature, coverage }: Signed): After {
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
    if (!areBytesAccounted(file, end, revision)) return broken(['bytes-outside-revisions']);
    const verdict = judgeChanges(file, revision, lockOf(file.viewAt(revision), signature, field));
    if (verdict.outcome === 'none' || verdict.outcome === 'allowed') {
      return { integrity: 'allowed-changes', isForbidden: false, reasons: [] };
    }
    return broken(verdict.reasons, verdict.outcome === 'forbidden');
  } catch (error) {
    if (error instanceof PdfError) return broken([error.reason]);
    throw error;
  }
}

function broken(reasons: readonly string[], isForbidden = false): After {
  return { integrity: 'broken', isForbidden, reasons };
}
