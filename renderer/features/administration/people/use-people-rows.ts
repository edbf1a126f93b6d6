import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Instant } from '#shared/kernel/public.ts';
import { core } from '../../../app/client.ts';
import { bestMatches } from '../../../ui/fold.ts';
import { useMoment } from '../../../ui/moment-context.tsx';
import type { ListRows } from '../../../ui/use-list-rows.ts';
import {
  directoryKey,
  inOrder,
  unitTree,
  useDirectory,
  useDirectoryRows,
  type DirectoryPerson,
} from '../../directory/public.ts';
import { lockedUntil } from './person-state.ts';

export const peopleFilters = ['all', 'here', 'left', 'no-passphrase', 'locked'] as const;
export type PeopleFilter = (typeof peopleFilters)[number];

const lookAgainMs = 30_000;

const keeps: Readonly<Record<PeopleFilter, (person: DirectoryPerson, now: Instant) => boolean>> = {
  all: () => true,
  here: ({ active }) => active,
  left: ({ active }) => !active,
  'no-passphrase': ({ active, hasKey }) => active && !hasKey,
  locked: (person, now) => lockedUntil(person, now) !== null,
};

/** The people of the agency by unit and rank, those who left last, as the filter and what is typed find them. */
export function usePeopleRows(typed: string, filter: PeopleFilter): ListRows<DirectoryPerson> {
  const { now } = useMoment();
  const { people, units, unitName } = useDirectory();
  // Wrong passphrases change no record, so that nobody says when they lock someone out.
  useQuery({
    queryKey: directoryKey,
    queryFn: () => core.directory.overview({}),
    refetchOnMount: 'always',
    refetchInterval: lookAgainMs,
  });
  const found = useMemo(() => {
    const places = new Map<string, number>(unitTree(units).map(({ unit }, place) => [unit.id, place]));
    const placeOf = (id: string) => places.get(id) ?? units.length;
    const ordered = people
      .filter((person) => keeps[filter](person, now))
      .toSorted(
        (a, b) => Number(b.active) - Number(a.active) || placeOf(a.unit) - placeOf(b.unit) || inOrder(a, b),
      );
    return bestMatches(typed, ordered, ({ name, post, unit, email }) =>
      [name, post, unitName(unit), email ?? ''].join(' '),
    );
  }, [people, units, unitName, typed, filter, now]);
  return useDirectoryRows(found);
}
