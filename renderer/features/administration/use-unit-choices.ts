import type { UnitId } from '#shared/kernel/public.ts';
import { useMoment } from '../../ui/moment-context.tsx';
import { hasEnded, unitAndBelow, unitTree, useDirectory } from '../directory/public.ts';

/** The units at work in the order of the tree, and the one that is chosen at `present`; none at or below `without`. */
export function useUnitChoices(present: UnitId | null, without: UnitId | null = null) {
  const { today } = useMoment();
  const { units } = useDirectory();
  const left = without === null ? null : unitAndBelow(without, units);
  return unitTree(units)
    .map(({ unit }) => unit)
    .filter((unit) => left?.has(unit.id) !== true && (!hasEnded(unit, today) || unit.id === present))
    .map(({ id, name, symbol }) => ({ id, label: name, note: symbol }));
}
