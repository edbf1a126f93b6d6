import { createHash } from 'node:crypto';
import { HashSchema, type DeviceId, type Hash } from '../../kernel/public.ts';
import { pieceBytes, possessionText, type FileName } from '../../sync/public.ts';
import type { Blobs } from '../blobs/public.ts';

/** What a device says to show that it holds a file, computed alike by whoever says it and whoever checks it. */
export async function proofOfHolding(
  blobs: Pick<Blobs, 'read'>,
  device: DeviceId,
  { hash, size }: FileName,
): Promise<Hash> {
  const sum = createHash('sha256').update(possessionText(device));
  for (let at = 0; at < size; at += pieceBytes) sum.update(await blobs.read(hash, at, pieceBytes));
  return HashSchema.parse(sum.digest('hex'));
}
