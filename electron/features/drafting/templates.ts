import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateSchema } from '#shared/drafting/public.ts';

const folder = join(import.meta.dirname, '../../../resources/templates');

/** One template per form of NĐ 30 PL3, kept as data. */
export const templates = !existsSync(folder)
  ? []
  : readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => TemplateSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
