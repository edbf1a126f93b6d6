import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { kindCodes } from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import { useSession } from '../../app/session.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';

const lookBack = 300;

/** Agencies that letters came from lately, and those of the directory. */
export function useKnownIssuers(): readonly string[] {
  const { session } = useSession();
  const { agencies } = useDirectory();
  const { data } = useQuery({
    queryKey: ['documents', 'issuers'],
    queryFn: () =>
      core.documents.incoming({ offset: 0, limit: lookBack, states: null, year: null, text: '' }),
    enabled: whyNotCall('documents.incoming', session.person) === null,
    select: ({ rows }) => rows.map(({ issuer }) => issuer),
  });
  return useMemo(() => {
    const names = [...(data ?? []), ...agencies.filter(({ own }) => !own).map(({ name }) => name)];
    return [...new Set(names.filter((name) => name !== ''))];
  }, [data, agencies]);
}

/** The kinds of NĐ 30 Đ7 in words, the usual ones first. */
export function useKnownKinds(): readonly string[] {
  const words = useWords();
  return useMemo(() => kindCodes.map((code) => words(`kind.${code}`)), [words]);
}
