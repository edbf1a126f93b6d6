import { useMemo } from 'react';
import { bestMatches } from '../../ui/fold.ts';
import type { ListRows } from '../../ui/use-list-rows.ts';
import { useDirectory } from './names.ts';
import { useDirectoryRows } from './rows-at-hand.ts';
import { unitTree, type UnitPlace } from './unit-tree.ts';

/** The units as a tree, parent first; with `typed`, those it finds, best first and side by side. */
export function useUnitRows(typed: string): ListRows<UnitPlace> {
  const { units } = useDirectory();
  const found = useMemo(() => {
    const tree = unitTree(units);
    if (typed === '') return tree;
    const matches = bestMatches(typed, tree, ({ unit }) => `${unit.name} ${unit.symbol}`);
    return matches.map((place) => ({ ...place, depth: 0 }));
  }, [units, typed]);
  return useDirectoryRows(found);
}
