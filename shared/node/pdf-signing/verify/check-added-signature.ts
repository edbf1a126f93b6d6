import { AppError, type Instant } from '#shared/kernel/public.ts';
import type { SignatureReport } from '#shared/signing/public.ts';
import { openPdf } from '../pdf/document.ts';
import { readForm } from '../pdf/fields.ts';
import { textOf } from '../pdf/values.ts';
import { sameBytes } from '../pki/certificate.ts';
import { signaturesIn } from './signature-facts.ts';
import { verifyPdf } from './verify-pdf.ts';

type Brought = Readonly<{
  /** The page as it went out. */
  before: Uint8Array;
  /** The page as it came back. */
  after: Uint8Array;
  /** The field that had to be signed, and no other; null where the signer makes one. */
  field: string | null;
  /** Whose signature it has to be, DER; anybody's where it is not said. */
  certificate?: Uint8Array;
  at: Instant;
}>;

/**
 * Refuses a page that was signed elsewhere unless it is the page that went out, byte for byte, and after it one sound
 * signature in the field that was asked for: nothing else signed, nothing filled in. Whom to trust is not asked here.
 */
export function checkAddedSignature({ before, after, field, certificate, at }: Brought): SignatureReport {
  if (after.length <= before.length || !sameBytes(after.subarray(0, before.length), before)) {
    throw new AppError('signing.another-page');
  }
  const known = verifyPdf(before, { trust: [], at }).signatures.map((one) => one.field);
  const report = verifyPdf(after, { trust: [], at });
  const added = report.signatures.filter((one) => !known.includes(one.field) && one.role !== 'timestamp');
  const [signature] = added;
  if (signature === undefined || added.length > 1 || (field !== null && signature.field !== field)) {
    throw new AppError('signing.not-the-signature-asked', { field: field ?? '' });
  }
  if (certificate !== undefined && !isSignedWith(after, signature.field, certificate)) {
    throw new AppError('signing.not-your-certificate', { name: signature.signer });
  }
  const isSound = report.reasons.length === 0 && report.signatures.every((one) => one.integrity !== 'broken');
  if (!isSound || filledIn(after) !== filledIn(before)) throw new AppError('signing.changed-elsewhere');
  return signature;
}

/** The certificate itself is compared: a name proves nothing. */
function isSignedWith(pdf: Uint8Array, field: string, certificate: Uint8Array): boolean {
  const signer = signaturesIn(openPdf(pdf)).find((one) => one.field.name === field)?.proof.signer ?? null;
  return signer !== null && sameBytes(signer.der, certificate);
}

/** What stands in the text fields, as one text. */
function filledIn(pdf: Uint8Array): string {
  const view = openPdf(pdf).latest;
  const fields = [...(readForm(view)?.fields.values() ?? [])].filter(({ type }) => type === 'Tx');
  return JSON.stringify(fields.map(({ name, value }) => [name, textOf(view.resolve(value)) ?? '']));
}
