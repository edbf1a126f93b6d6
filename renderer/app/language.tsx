import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { useRemembered } from '../ui/remembered.ts';
import { languages, startWords, type Language } from './i18n.ts';

type LanguageChoice = Readonly<{ language: Language; setLanguage: (language: Language) => void }>;

const LanguageContext = createContext<LanguageChoice | null>(null);

/** Vietnamese first, English as a full second language; the choice is remembered on this machine. */
export function LanguageProvider({ children }: Readonly<{ children: ReactNode }>) {
  const [language, setLanguage] = useRemembered(
    'language',
    (kept) => languages.find((one) => one === kept) ?? 'vi',
  );
  const [words] = useState(() => startWords(language));
  useEffect(() => {
    document.documentElement.lang = language;
    void words.changeLanguage(language);
  }, [words, language]);
  const choice = useMemo(() => ({ language, setLanguage }), [language, setLanguage]);
  return (
    <LanguageContext value={choice}>
      <I18nextProvider i18n={words}>{children}</I18nextProvider>
    </LanguageContext>
  );
}

export function useLanguage(): LanguageChoice {
  const choice = useContext(LanguageContext);
  if (choice === null) throw new Error('useLanguage needs LanguageProvider');
  return choice;
}
