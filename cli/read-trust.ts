import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AppError } from '../shared/kernel/public.ts';
import { readTrustFile } from '../shared/node/pdf-signing/public.ts';

const certificateEndings: ReadonlySet<string> = new Set(['.pem', '.crt', '.cer', '.der']);

/** The certificates of a file (PEM or DER) or of all the certificate files in a folder, as DER. */
export function readTrust(path: string): readonly Uint8Array[] {
  if (!isFolder(path)) return readTrustFile(readOne(path));
  return readdirSync(path)
    .filter((entry) => certificateEndings.has(extname(entry).toLowerCase()))
    .flatMap((entry) => readTrust(join(path, entry)));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readOne(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AppError('signing.unreadable-trust', { file: path }, error);
  }
}
