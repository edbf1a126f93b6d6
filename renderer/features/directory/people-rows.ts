import { useMemo } from 'react';
import type { DirectoryOverview } from '#shared/directory/public.ts';
import { bestMatches } from '../../ui/fold.ts';
import type { ListRows } from '../../ui/use-list-rows.ts';
import { useDirectory } from './names.ts';
import { useDirectoryRows } from './rows-at-hand.ts';
import { unitTree } from './unit-tree.ts';

export type DirectoryPerson = DirectoryOverview['people'][number];

const rankOrder = { head: 0, deputy: 1, member: 2 } as const;

/** People of one unit as they are listed: those here before those who left, by rank, then by name. */
export function inOrder(a: DirectoryPerson, b: DirectoryPerson): number {
  return (
    Number(b.active) - Number(a.active) ||
    rankOrder[a.rank] - rankOrder[b.rank] ||
    a.name.localeCompare(b.name, 'vi')
  );
}

/** The people of the agency in the order of the tree of units and by rank, those who left last; with `typed`, those it finds, best first. */
export function usePeopleRows(typed: string): ListRows<DirectoryPerson> {
  const { people, units, unitName } = useDirectory();
  const found = useMemo(() => {
    const unitOrder = new Map<string, number>(unitTree(units).map(({ unit }, place) => [unit.id, place]));
    const placeOf = (id: string) => unitOrder.get(id) ?? units.length;
    const ordered = people.toSorted(
      (a, b) => Number(b.active) - Number(a.active) || placeOf(a.unit) - placeOf(b.unit) || inOrder(a, b),
    );
    return bestMatches(typed, ordered, ({ name, post, unit }) => `${name} ${post} ${unitName(unit)}`);
  }, [people, units, unitName, typed]);
  return useDirectoryRows(found);
}
