import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/kernel/public.ts';
import { TemplateSchema, type Kind } from '#shared/drafting/public.ts';

const resources = join(import.meta.dirname, '../../../resources');

/** One template per form of NĐ 30 PL3, kept as data; the letter, which is written most, first. */
export const templates = readdirSync(join(resources, 'templates'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => TemplateSchema.parse(JSON.parse(readFileSync(join(resources, 'templates', name), 'utf8'))))
  .toSorted((one, other) => Number(other.kind === 'CV') - Number(one.kind === 'CV'));

const KindsSchema = z.object({
  kinds: z.array(z.object({ code: z.string(), name: z.string(), abbreviation: z.string().nullable() })),
});

/** The 29 kinds of NĐ 30 Đ7. */
const { kinds } = KindsSchema.parse(
  JSON.parse(readFileSync(join(resources, 'catalogues', 'document-types.json'), 'utf8')),
);

export function kindOf(code: string): Kind {
  const kind = kinds.find((candidate) => candidate.code === code);
  if (kind === undefined) throw new AppError('drafting.unknown-kind', { kind: code });
  return kind;
}
