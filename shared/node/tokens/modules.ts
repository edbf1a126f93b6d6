import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ModulesSchema = z.record(z.string(), z.array(z.string()));
const listPath = join(import.meta.dirname, '../../../resources/tokens/modules.json');

/** The token modules that are installed on this machine, of those that are known (`resources/tokens/modules.json`). */
export function installedModules(platform: string = process.platform): readonly string[] {
  const known = ModulesSchema.parse(JSON.parse(readFileSync(listPath, 'utf8')));
  return (known[platform] ?? []).filter((path) => existsSync(path));
}
