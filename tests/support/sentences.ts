import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance, type i18n } from 'i18next';

export type Language = 'vi' | 'en';

const root = join(import.meta.dirname, '../../resources/text');

/** Every key of a language with its sentence, all files merged as the office merges them. */
export function catalogueOf(language: Language): Readonly<Record<string, string>> {
  const folder = join(root, language);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.assign({}, ...files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}

/** The catalogue as the screens speak it: `{{values}}` filled in, `$t(key)` looked up. */
export function speaker(language: Language): i18n {
  const instance = createInstance();
  void instance.init({
    lng: language,
    resources: { [language]: { translation: catalogueOf(language) } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance;
}
