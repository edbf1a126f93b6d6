import { createHash } from 'node:crypto';
import { AppError } from '#shared/kernel/public.ts';
import type { Attachment } from '#shared/exchange/public.ts';

/** The base64 of an attachment's bytes, piece by piece; throws where they are not the bytes the message names. */
export function* base64Of(
  { name, size, hash }: Pick<Attachment, 'name' | 'size' | 'hash'>,
  bytes: Iterable<Uint8Array>,
): Generator<string> {
  const taken = createHash('sha256');
  let carried = Buffer.alloc(0);
  let length = 0;
  for (const piece of bytes) {
    taken.update(piece);
    length += piece.length;
    const all = Buffer.concat([carried, piece]);
    const whole = all.length - (all.length % 3);
    if (whole > 0) yield all.toString('base64', 0, whole);
    carried = all.subarray(whole);
  }
  if (carried.length > 0) yield carried.toString('base64');
  // What is sent is exactly what was signed.
  if (length !== size || taken.digest('hex') !== hash) {
    throw new AppError('exchange.content-differs', { name });
  }
}
