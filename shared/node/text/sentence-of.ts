import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ErrorParams } from '../../kernel/public.ts';

const folder = join(import.meta.dirname, '../../../resources/text/vi');
const FileSchema = z.record(z.string(), z.string());
let known: ReadonlyMap<string, string> | null = null;

/** What a server writes for people outside any window, beside a file or into a message: in Vietnamese, as offices write. */
export function sentenceOf(key: string, params: ErrorParams = {}): string {
  known ??= new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) =>
        Object.entries(FileSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))),
      ),
  );
  const text = known.get(key) ?? key;
  return text.replaceAll(/\{\{\s*([\w-]+)\s*\}\}/gu, (blank, name: string) => String(params[name] ?? blank));
}
