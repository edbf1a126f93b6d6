import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { nodeFiles, type FileOperations } from './file-operations.ts';

/** Replaces a small file so that a reader, even after a power cut, finds the old bytes or the new, never a part. */
export function writeWhole(path: string, bytes: Uint8Array, files: FileOperations = nodeFiles): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = files.create(aside);
    try {
      file.write(bytes);
      file.sync();
    } finally {
      file.close();
    }
    files.rename(aside, path);
  } catch (error) {
    files.remove(aside);
    throw error;
  }
  files.syncFolder(dirname(path));
}
