import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CertificateView } from '#shared/signing/public.ts';
import { core } from '../../../app/client.ts';
import { bestMatches } from '../../../ui/fold.ts';
import { useRowsAtHand } from '../../../ui/rows-at-hand.ts';
import type { ListRows } from '../../../ui/use-list-rows.ts';
import { useWords } from '../../../ui/use-words.ts';

export const authorityKey = ['authority'] as const;

/** The agency's authority and what it issued, asked once and renewed when it changes. */
export function useAuthority() {
  return useQuery({ queryKey: authorityKey, queryFn: () => core.authority.overview({}) });
}

/** The certificates as the list shows them, found by name or number. */
export function useCertificateRows(typed: string): ListRows<CertificateView> {
  const words = useWords();
  const asked = useAuthority();
  const { data } = asked;
  const found = useMemo(
    () =>
      bestMatches(typed, data?.certificates ?? [], ({ name, serial, standing }) =>
        [name, serial, words(`certificates.standing.${standing}`)].join(' '),
      ),
    [data, typed, words],
  );
  return useRowsAtHand(found, asked);
}
