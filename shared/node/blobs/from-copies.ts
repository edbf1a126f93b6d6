import { join } from 'node:path';
import { AppError, type Hash } from '../../kernel/public.ts';
import { nodeFiles } from '../files/public.ts';
import type { Blobs } from './blobs.ts';

/** Takes a file from the first of these folders of copies that has it sound; gives whether one had. */
export async function takeFromCopies(
  blobs: Pick<Blobs, 'takeSealed'>,
  copies: readonly string[],
  hash: Hash,
): Promise<boolean> {
  for (const copy of copies) {
    const path = join(copy, 'blobs', hash.slice(0, 2), hash);
    if (!nodeFiles.exists(path)) continue;
    try {
      await blobs.takeSealed(hash, path);
      return true;
    } catch (error) {
      // Damaged there as well: the next copy may have it sound.
      if (!(error instanceof AppError && error.code === 'store.blob-damaged')) throw error;
    }
  }
  return false;
}
