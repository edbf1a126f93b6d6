import { useMemo } from 'react';
import type { Agency } from '#shared/directory/public.ts';
import { bestMatches } from '../../ui/fold.ts';
import type { ListRows } from '../../ui/use-list-rows.ts';
import { useDirectory } from './names.ts';
import { useDirectoryRows } from './rows-at-hand.ts';

/** Our own agency first, then the others by name; with `typed`, those it finds, best first. */
export function useAgencyRows(typed: string): ListRows<Agency> {
  const { agencies } = useDirectory();
  const found = useMemo(() => {
    const ordered = agencies.toSorted(
      (a, b) => Number(b.own) - Number(a.own) || a.name.localeCompare(b.name, 'vi'),
    );
    return bestMatches(typed, ordered, ({ name, symbol, superior, place, codes }) =>
      [name, symbol, superior ?? '', place, ...codes.map(({ code }) => code)].join(' '),
    );
  }, [agencies, typed]);
  return useDirectoryRows(found);
}
