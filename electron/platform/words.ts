import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export type Words = (key: string, params?: Readonly<Record<string, string | number>>) => string;

const catalogues = new Map<string, Map<string, string>>();
const CatalogueSchema = z.record(z.string(), z.string());

/** The text catalogue of a language, for what is printed or said outside a window. */
export function wordsOf(language: 'vi' | 'en'): Words {
  const catalogue = catalogues.get(language) ?? read(language);
  catalogues.set(language, catalogue);
  return (key, params = {}) =>
    (catalogue.get(key) ?? key).replace(/\{\{(?<name>\w+)\}\}/gu, (_whole, name: string) =>
      String(params[name] ?? ''),
    );
}

function read(language: string): Map<string, string> {
  const folder = join(import.meta.dirname, '../../resources/text', language);
  const entries = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) =>
      Object.entries(CatalogueSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))),
    );
  return new Map(entries);
}
