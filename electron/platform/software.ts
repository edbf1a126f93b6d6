import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { wordsOf } from './words.ts';

/** The program by name and version, as files it makes say. */
export function softwareOf(): Readonly<{ name: string; version: string }> {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
  return { name: wordsOf('vi')('app.name'), version };
}
