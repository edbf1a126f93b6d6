import { validateArchive } from '../archive/validate.ts';
import { sentence } from '../setup/sentences.mjs';

/** `antin archive validate DIR-or-ZIP`: what is handed to an archive, checked. */
export async function run(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === 'validate') return validateArchive(rest);
  process.stderr.write(`${sentence('archive.usage')}\n`);
  return 64;
}
