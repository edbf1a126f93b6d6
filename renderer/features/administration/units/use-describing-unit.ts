import type { Unit, UnitDetails } from '#shared/directory/public.ts';
import type { UnitId } from '#shared/kernel/public.ts';
import { ask, core } from '../../../app/client.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useDescribing } from '../use-describing.ts';

type Described = Readonly<{
  details: UnitDetails;
  /** What it was; null for a new unit. */
  before: Unit | null;
  /** What is said once it is on record. */
  done: string;
}>;

/** Puts a unit's details on record; what changed can be taken back for ten seconds. */
export function useDescribingUnit(unitId: UnitId, onDone: () => void) {
  const words = useWords();
  const { send, ...describing } = useDescribing(
    (details: UnitDetails) => ask(core.directory.describeUnit, { unitId, details }),
    onDone,
  );
  return {
    ...describing,
    send: ({ before, ...described }: Described): void => {
      const undone = words('administration.units.undone', { name: before?.name ?? '' });
      send({ ...described, before: before && { details: detailsOf(before), undone } });
    },
  };
}

/** A unit without its id, as it is described. */
export function detailsOf({ name, symbol, parent, validFrom, validTo }: UnitDetails): UnitDetails {
  return { name, symbol, parent, validFrom, validTo };
}
