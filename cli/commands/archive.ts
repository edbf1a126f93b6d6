import { exportArchive } from '../archive/export.ts';
import { validateArchive } from '../archive/validate.ts';
import { sentence } from '../setup/sentences.mjs';

/** `antin archive export|validate`: what is handed to an archive, made and checked. */
export async function run(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === 'validate') return validateArchive(rest);
  if (verb === 'export') return exportArchive(rest);
  process.stderr.write(`${sentence('archive.export-usage')}\n${sentence('archive.usage')}\n`);
  return 64;
}
