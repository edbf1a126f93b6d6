import { AppError, type Instant } from '#shared/kernel/public.ts';
import { verifyPdf } from '../verify/verify-pdf.ts';

type Work = Readonly<{ before: Uint8Array; after: Uint8Array; field: string; at: Instant }>;

/** Nothing leaves that we would not accept ourselves: the new signature, and every earlier one that was sound. */
export function checkOwnWork({ before, after, field, at }: Work): void {
  const broken = brokenFields(after, field, at);
  if (broken.length === 0) return;
  const already = brokenFields(before, field, at);
  if (broken.some((one) => one === field || !already.includes(one))) {
    throw new AppError('signing.own-check-failed', { field });
  }
}

function brokenFields(pdf: Uint8Array, field: string, at: Instant): readonly string[] {
  const report = verifyPdf(pdf, { trust: [], at });
  if (report.reasons.length > 0) return [field];
  return report.signatures.flatMap((one) => (one.integrity === 'broken' ? [one.field] : []));
}
