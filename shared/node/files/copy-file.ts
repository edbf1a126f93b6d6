import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { nodeFiles, type FileOperations, type OpenFile } from './file-operations.ts';

/** What a file is known by: its length in bytes and its SHA-256. */
export type FilePrint = Readonly<{ size: number; sha256: string }>;

const pieceBytes = 1024 * 1024;

/** Copies a file as it is to a name that is not there yet, onto the disk, and gives the print of what it read. */
export async function copyFile(
  from: string,
  to: string,
  files: FileOperations = nodeFiles,
): Promise<FilePrint> {
  const target = files.create(to);
  try {
    const print = await walk(from, files, target);
    target.sync();
    return print;
  } finally {
    target.close();
  }
}

export function hashOfFile(path: string, files: FileOperations = nodeFiles): Promise<FilePrint> {
  return walk(path, files, null);
}

async function walk(from: string, files: FileOperations, target: OpenFile | null): Promise<FilePrint> {
  const source = files.open(from);
  const sha256 = createHash('sha256');
  let size = 0;
  try {
    for (;;) {
      const piece = source.read(size, pieceBytes);
      sha256.update(piece);
      target?.write(piece);
      size += piece.length;
      if (piece.length < pieceBytes) break;
      await setImmediate(); // Other work gets its turn between the pieces of a large file.
    }
  } finally {
    source.close();
  }
  return { size, sha256: sha256.digest('hex') };
}
