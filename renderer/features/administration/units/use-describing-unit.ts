import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UnitDetails } from '#shared/directory/public.ts';
import type { UnitId } from '#shared/kernel/public.ts';
import { ask, core } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey } from '../../directory/public.ts';

type Described = Readonly<{
  unitId: UnitId;
  details: UnitDetails;
  /** What it was; null for a new unit, which is ended and not undone. */
  before: UnitDetails | null;
  /** What is said once it is on record. */
  done: string;
}>;

/** Puts a unit's details on record; what changed can be taken back for ten seconds. */
export function useDescribingUnit(onDone: () => void) {
  const words = useWords();
  const client = useQueryClient();
  const describe = async (unitId: UnitId, details: UnitDetails): Promise<void> => {
    await ask(core.directory.describeUnit, { unitId, details });
    await client.invalidateQueries({ queryKey: directoryKey });
  };
  const takeBack = (unitId: UnitId, before: UnitDetails): void => {
    describe(unitId, before).then(
      () => {
        toast({ text: words('administration.units.undone', { name: before.name }) });
      },
      (error: unknown) => {
        toast({ text: sentenceOf(error, words), tone: 'danger' });
      },
    );
  };
  const describing = useMutation({
    mutationFn: ({ unitId, details }: Described) => describe(unitId, details),
    onSuccess: (_nothing, { unitId, before, done }) => {
      const undo = (): void => {
        if (before !== null) takeBack(unitId, detailsOf(before));
      };
      toast(before === null ? { text: done } : { text: done, undo });
      onDone();
    },
  });
  return {
    send: (described: Described): void => {
      if (!describing.isPending) describing.mutate(described);
    },
    busy: describing.isPending,
    error: describing.error === null ? null : sentenceOf(describing.error, words),
  };
}

/** A unit without its id, as it is described. */
export function detailsOf({ name, symbol, parent, validFrom, validTo }: UnitDetails): UnitDetails {
  return { name, symbol, parent, validFrom, validTo };
}
