import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DossierRow } from '#shared/dossiers/public.ts';
import { core } from './client.ts';

/** An agency keeps thousands of files: these are the latest of those that answer what was typed. */
const offered = 100;

type OpenDossiers = Readonly<{
  /** Null until they are known for the first time. */
  rows: readonly DossierRow[] | null;
  /** What was typed, and how to say so. */
  text: string;
  seek: (typed: string) => void;
}>;

/** Open files to choose one of, by code or title: one's own, or all that one may see. */
export function useOpenDossiers(mine: boolean): OpenDossiers {
  const [text, seek] = useState('');
  const { data, isPending } = useQuery({
    queryKey: ['dossiers', 'list', 'open', mine, text],
    queryFn: () => core.dossiers.list({ state: 'open', mine, year: null, text, offset: 0, limit: offered }),
    placeholderData: keepPreviousData,
  });
  return { rows: isPending ? null : (data?.rows ?? []), text, seek };
}
