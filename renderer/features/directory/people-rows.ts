import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DirectoryOverview } from '#shared/directory/public.ts';
import { core } from '../../app/client.ts';
import { bestMatches } from '../../ui/fold.ts';
import type { ListRows } from '../../ui/use-list-rows.ts';
import { directoryKey, useDirectory } from './names.ts';

export type DirectoryPerson = DirectoryOverview['people'][number];

const rankOrder = { head: 0, deputy: 1, member: 2 } as const;

/** The people of the agency by unit and rank, those who left last; with `typed`, those it finds, best first. */
export function usePeopleRows(typed: string): ListRows<DirectoryPerson> {
  const { people, units, unitName } = useDirectory();
  const asked = useQuery({ queryKey: directoryKey, queryFn: () => core.directory.overview({}) });
  const { isSuccess, isError, error, refetch } = asked;
  return useMemo(() => {
    const unitOrder = new Map<string, number>(units.map(({ id }, place) => [id, place]));
    const ordered = people.toSorted(
      (a, b) =>
        Number(b.active) - Number(a.active) ||
        (unitOrder.get(a.unit) ?? units.length) - (unitOrder.get(b.unit) ?? units.length) ||
        rankOrder[a.rank] - rankOrder[b.rank] ||
        a.name.localeCompare(b.name, 'vi'),
    );
    const found = bestMatches(typed, ordered, ({ name, post, unit }) => `${name} ${post} ${unitName(unit)}`);
    const failed = isError ? 'failed' : 'loading';
    return {
      state: isSuccess ? 'ready' : failed,
      error,
      total: found.length,
      rowAt: (index) => found[index],
      show: () => undefined, // all are at hand already
      take: (first, last) => Promise.resolve(found.slice(first, last + 1)),
      retry: () => {
        void refetch();
      },
    };
  }, [people, units, unitName, typed, isSuccess, isError, error, refetch]);
}
