import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

type Catalogue = Readonly<Record<string, string>>;

const files = import.meta.glob<Catalogue>('../../resources/text/*/*.json', {
  eager: true,
  import: 'default',
});

/** Starts the one catalogue: every file of a language merged, flat keys. */
export function startWords(language: Language): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'vi',
    resources: { vi: { translation: catalogueOf('vi') }, en: { translation: catalogueOf('en') } },
    keySeparator: false,
    nsSeparator: false,
    pluralSeparator: '_',
    interpolation: { escapeValue: false }, // React escapes
    initAsync: false,
  });
  return instance;
}

function catalogueOf(language: Language): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [path, words] of Object.entries(files)) {
    if (path.includes(`/text/${language}/`)) Object.assign(merged, words);
  }
  return merged;
}
