import { createHash } from 'node:crypto';
import type { Findings } from './findings.ts';
import type { Reference } from './read-mets.ts';
import type { SourceEntry } from './source.ts';
import type { XmlReader } from './xml-reader.ts';

type Reading = Readonly<{
  path: string;
  entry: SourceEntry;
  /** What it is said to be; null for what nothing speaks of. */
  expected: Pick<Reference, 'size' | 'hash'> | null;
  reader: XmlReader | null;
  findings: Findings;
}>;

/** Reads a file once, for its hash and for what it says; true where it says all it has to say. */
export async function readFile({ path, entry, expected, reader, findings }: Reading): Promise<boolean> {
  const sha256 = createHash('sha256');
  let size = 0;
  try {
    for await (const piece of entry.open()) {
      sha256.update(piece);
      size += piece.length;
      reader?.write(piece);
    }
  } catch (error) {
    if (!isOfTheBytes(error)) throw error;
    findings.add('unreadable', path);
    return false;
  }
  const fault = reader?.end() ?? null;
  if (fault !== null) findings.add(fault.code, path, { line: fault.line });
  const saidSize = expected?.size ?? size;
  if (saidSize !== size) findings.add('file-size', path, { said: saidSize, found: size });
  const hash = sha256.digest('hex');
  if ((expected?.hash ?? hash) !== hash) findings.add('file-hash', path);
  return fault === null;
}

/** The disk's, the unpacker's and the ZIP reader's errors; a mistake of ours is none of them. */
function isOfTheBytes(error: unknown): boolean {
  return (
    error instanceof Error &&
    !(error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError)
  );
}
