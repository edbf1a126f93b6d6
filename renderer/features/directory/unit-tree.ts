import type { Unit } from '#shared/directory/public.ts';
import type { Day } from '#shared/kernel/public.ts';

/** A unit at its place in the tree; `depth` 0 stands directly under the agency. */
export type UnitPlace = Readonly<{ unit: Unit; depth: number }>;

/** The units parent first, those of one parent by name; every unit is there exactly once. */
export function unitTree(all: readonly Unit[]): readonly UnitPlace[] {
  const units = all.toSorted((a, b) => a.name.localeCompare(b.name, 'vi'));
  const known = new Set(units.map(({ id }) => id));
  const placed = new Set<string>();
  const tree: UnitPlace[] = [];
  const place = (unit: Unit, depth: number): void => {
    if (placed.has(unit.id)) return;
    placed.add(unit.id);
    tree.push({ unit, depth });
    for (const below of units) if (below.parent === unit.id) place(below, depth + 1);
  };
  for (const unit of units) if (unit.parent === null || !known.has(unit.parent)) place(unit, 0);
  for (const unit of units) place(unit, 0); // what an older record left standing in a circle
  return tree;
}

/** The ids of a unit and of everything below it. */
export function unitAndBelow(unitId: string, units: readonly Unit[]): ReadonlySet<string> {
  const ids = new Set([unitId]);
  for (let grown = true; grown;) {
    const before = ids.size;
    for (const { id, parent } of units) if (parent !== null && ids.has(parent)) ids.add(id);
    grown = ids.size > before;
  }
  return ids;
}

/** Whether a unit's last day has passed. */
export function hasEnded({ validTo }: Pick<Unit, 'validTo'>, today: Day): boolean {
  return validTo !== null && validTo < today;
}
