import { AppError } from '#shared/kernel/public.ts';
import type { SignaturePlaceholder } from './signature-dictionary.ts';

/** A new revision whose signature dictionary, at `at`, still has its two gaps. */
export type Prepared = Readonly<{ pdf: Buffer; placeholder: SignaturePlaceholder; at: number }>;

/** Room for a long chain and a time-stamp with its own; what does not fit is refused, never cut. */
export const reserveBytes = 24 * 1024;

/** Writes the byte range, has the two pieces around the gap signed, and writes the signature into the gap. */
export async function fillPlaceholder(
  { pdf, placeholder, at }: Prepared,
  sign: (pieces: readonly [Uint8Array, Uint8Array]) => Promise<Uint8Array>,
): Promise<void> {
  const gapStart = at + placeholder.contentsAt;
  const gapEnd = gapStart + placeholder.contentsLength;
  const range = `[0 ${gapStart} ${gapEnd} ${pdf.length - gapEnd}]`.padEnd(placeholder.byteRangeLength);
  pdf.write(range, at + placeholder.byteRangeAt, 'latin1');
  const signature = await sign([pdf.subarray(0, gapStart), pdf.subarray(gapEnd)]);
  if (signature.length * 2 > placeholder.contentsLength - 2) {
    throw new AppError('signing.signature-too-large');
  }
  pdf.write(Buffer.from(signature).toString('hex'), gapStart + 1, 'latin1');
}
