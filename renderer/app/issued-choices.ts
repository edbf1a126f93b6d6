import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from './client.ts';
import type { Choice } from '../ui/combo.tsx';

/** An agency issues thousands of papers a year: these are the latest of those that answer what was typed. */
const offered = 100;

type IssuedChoices = Readonly<{
  /** Null until they are known for the first time. */
  choices: readonly Choice[] | null;
  seek: (typed: string) => void;
}>;

/** Issued papers to choose one of, by number or subject. */
export function useIssuedChoices({
  without,
  enabled = true,
}: Readonly<{ without: readonly DocumentId[]; enabled?: boolean }>): IssuedChoices {
  const [text, seek] = useState('');
  const { data, isPending } = useQuery({
    queryKey: ['documents', 'outgoing', 'issued', text],
    queryFn: () =>
      core.documents.outgoing({ offset: 0, limit: offered, states: ['issued'], year: null, text }),
    placeholderData: keepPreviousData,
    enabled,
  });
  const choices = (data?.rows ?? [])
    .filter(({ id }) => !without.includes(id))
    .map(({ id, notation, subject }) => ({ id, label: notation, note: subject }));
  return { choices: isPending ? null : choices, seek };
}
