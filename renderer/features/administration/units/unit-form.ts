import { useState } from 'react';
import type { Unit, UnitDetails } from '#shared/directory/public.ts';
import { UnitIdSchema, type Day, type UnitId } from '#shared/kernel/public.ts';
import { newId } from '../../../app/client.ts';
import { useMoment } from '../../../ui/moment-context.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDescribingUnit } from './use-describing-unit.ts';

export type UnitForm = Readonly<{
  name: string;
  symbol: string;
  parent: UnitId | null;
  validFrom: Day | null;
  validTo: Day | null;
}>;

/** A unit being described: a new one under `under`, or `unit` as it stands now. */
export type UnitDescribed =
  Readonly<{ kind: 'new'; under: UnitId | null }> | Readonly<{ kind: 'edit'; unit: Unit }>;

/** What is filled in about a unit, what is still missing, and the sending of it. */
export function useUnitForm(described: UnitDescribed, onDone: (unitId: UnitId) => void) {
  const words = useWords();
  const { today } = useMoment();
  const [form, setForm] = useState<UnitForm>(() =>
    described.kind === 'edit'
      ? described.unit
      : { name: '', symbol: '', parent: described.under, validFrom: today, validTo: null },
  );
  const [unitId] = useState(() =>
    described.kind === 'edit' ? described.unit.id : UnitIdSchema.parse(newId()),
  );
  const [asked, setAsked] = useState(false);
  const describing = useDescribingUnit(unitId, () => {
    onDone(unitId);
  });
  const details = filled(form);
  return {
    form,
    change: (part: Partial<UnitForm>): void => {
      setForm((before) => ({ ...before, ...part }));
    },
    missing: (field: 'name' | 'symbol' | 'validFrom'): string | null =>
      asked && (form[field] ?? '').trim() === '' ? words(`administration.units.missing.${field}`) : null,
    reversed:
      asked && form.validFrom !== null && form.validTo !== null && form.validTo < form.validFrom
        ? words('refusal.directory.dates-reversed')
        : null,
    busy: describing.busy,
    error: describing.error,
    submit: (): void => {
      setAsked(true);
      if (details === null || describing.busy) return;
      const before = described.kind === 'new' ? null : described.unit;
      describing.send({
        details,
        before,
        done: words(before === null ? 'administration.units.add.done' : 'administration.units.edit.done', {
          name: details.name,
        }),
      });
    },
  };
}

function filled({ name, symbol, parent, validFrom, validTo }: UnitForm): UnitDetails | null {
  if (name.trim() === '' || symbol.trim() === '' || validFrom === null) return null;
  if (validTo !== null && validTo < validFrom) return null;
  return { name: name.trim(), symbol: symbol.trim(), parent, validFrom, validTo };
}
