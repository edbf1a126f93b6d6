import { createHash } from 'node:crypto';
import { HashSchema, type Hash } from '../../kernel/public.ts';

/** What a file of the package is known by. */
export type Print = Readonly<{ size: number; hash: Hash }>;

export function printOf(text: Iterable<string>): Print {
  const sha256 = createHash('sha256');
  let size = 0;
  for (const piece of text) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    sha256.update(bytes);
  }
  return { size, hash: HashSchema.parse(sha256.digest('hex')) };
}
