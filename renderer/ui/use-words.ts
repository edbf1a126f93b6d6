import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Words } from './words.ts';

/** The catalogue in the chosen language, as one function from key to sentence. */
export function useWords(): Words {
  const { t } = useTranslation();
  return useCallback<Words>((key, values) => t(key, { ...values }), [t]);
}
