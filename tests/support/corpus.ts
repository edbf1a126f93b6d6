import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = process.env['ANTIN_CORPUS'] ?? resolve(import.meta.dirname, '../../../shared/corpus');

/** Absolute path of a corpus file or folder; throws with its name when the corpus is not there. */
export function corpusPath(...parts: readonly string[]): string {
  const path = join(root, ...parts);
  if (!existsSync(path)) {
    throw new Error(`The corpus is missing: ${path}. Set ANTIN_CORPUS to the folder that holds it.`);
  }
  return path;
}
