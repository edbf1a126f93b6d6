import { AppError, InstantSchema, type Instant } from '#shared/kernel/public.ts';
import { DerError } from '../cms/der.ts';
import { hashNameOf } from '../cms/oids.ts';
import { readTimestampToken } from '../cms/read-timestamp.ts';
import type { TimestampService } from '../evidence/timestamp.ts';
import { hashEndMs, keyEndMs } from '../pki/algorithm-ends.ts';
import { chainFrom } from '../pki/chain-from.ts';
import { verifyPdf } from '../verify/verify-pdf.ts';
import { addDocumentTimestamp } from './add-document-timestamp.ts';
import { addValidationData, type Validated, type ValidationOrder } from './add-validation-data.ts';
import { signatureContents, type SignatureContents } from './signature-contents.ts';

export type RenewalDue = Readonly<{
  due: boolean;
  /** From this moment on the last time-stamp proves nothing any more. */
  by: Instant;
  because: 'certificate' | 'algorithm' | 'damaged';
}>;

export type TimestampRenewal = Pick<ValidationOrder, 'lists'> &
  Readonly<{
    pdf: Uint8Array;
    service: TimestampService;
    roots: readonly Uint8Array[];
    at: Instant;
  }>;

/** Long enough for an archive to come to every document before the day. */
const marginMs = 90 * 86_400_000;

/** Whether the last document time-stamp must be stamped again soon; null for a file that carries none. */
export function renewalDue(pdf: Uint8Array, today: Instant): RenewalDue | null {
  const last = lastTimestamp(pdf);
  if (last === null) return null;
  const report = verifyPdf(pdf, { trust: [], at: today });
  const isBroken = report.signatures.some(
    ({ field, integrity }) => field === last.field && integrity === 'broken',
  );
  const ends = isBroken ? null : endsOf(last.contents);
  if (ends === null) return { due: true, by: today, because: 'damaged' };
  const endMs = Math.min(ends.certificateMs, ends.algorithmMs);
  return {
    due: Date.parse(today) >= endMs - marginMs,
    by: InstantSchema.parse(new Date(endMs).toISOString()),
    because: ends.algorithmMs < ends.certificateMs ? 'algorithm' : 'certificate',
  };
}

/** Keeps what proves the last document time-stamp and stamps the file again (EN 319 142-1 5.5, B-LTA renewed). */
export async function renewTimestamp(order: TimestampRenewal): Promise<Validated> {
  const { pdf, service, at } = order;
  const last = lastTimestamp(pdf);
  if (last === null) throw new AppError('signing.no-timestamp-to-renew');
  const proven = await addValidationData({ ...order, ask: service.ask, only: last.field });
  return { ...proven, pdf: await addDocumentTimestamp({ pdf: proven.pdf, service, at }) };
}

function lastTimestamp(pdf: Uint8Array): SignatureContents | null {
  return signatureContents(pdf).findLast(({ isTimestamp }) => isTimestamp) ?? null;
}

function endsOf(token: Uint8Array): Readonly<{ certificateMs: number; algorithmMs: number }> | null {
  try {
    const { cms, info } = readTimestampToken(token);
    if (cms.signer === null) return null;
    const chain = chainFrom(cms.signer, cms.certificates);
    const hashes = [info.hash, hashNameOf(cms.digestAlgorithm)];
    return {
      certificateMs: Math.min(...chain.map(({ notAfterMs }) => notAfterMs)),
      algorithmMs: Math.min(...chain.map(keyEndMs), ...hashes.map(hashEndMs)),
    };
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}
