import { useState } from 'react';
import type { Unit } from '#shared/directory/public.ts';
import type { Day } from '#shared/kernel/public.ts';
import { DayField } from '../../../ui/day-field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Note } from '../../../ui/gate.tsx';
import { useMoment } from '../../../ui/moment-context.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { hasEnded, useDirectory } from '../../directory/public.ts';
import { detailsOf, useDescribingUnit } from './use-describing-unit.ts';

type EndUnitProps = Readonly<{ unit: Unit; onClose: () => void }>;

/** Writes a unit's last day; who still works there is said before. */
export function EndUnitDialog({ unit, onClose }: EndUnitProps) {
  const words = useWords();
  const { today } = useMoment();
  const [lastDay, setLastDay] = useState<Day | null>(today);
  const [asked, setAsked] = useState(false);
  const { send, busy, error } = useDescribingUnit(unit.id, onClose);
  const submit = (): void => {
    setAsked(true);
    if (lastDay === null) return;
    send({
      details: { ...detailsOf(unit), validTo: lastDay },
      before: unit,
      done: words('administration.units.end.done', { name: unit.name }),
    });
  };
  return (
    <FormDialog
      title={words('administration.units.end.title', { name: unit.name })}
      confirm={words('administration.units.end')}
      onClose={onClose}
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <p>{words('administration.units.end.text')}</p>
      <StillThere unit={unit} />
      <DayField
        label={words('administration.units.lastDay')}
        lean="behind"
        value={lastDay}
        onChange={setLastDay}
        required
        takesFocus
        error={asked && lastDay === null ? words('administration.units.missing.lastDay') : null}
      />
    </FormDialog>
  );
}

function StillThere({ unit }: Readonly<{ unit: Unit }>) {
  const words = useWords();
  const { today } = useMoment();
  const { people, units } = useDirectory();
  const here = people.filter((person) => person.active && person.unit === unit.id).length;
  const below = units.filter((one) => one.parent === unit.id && !hasEnded(one, today)).length;
  if (here + below === 0) return null;
  return (
    <Note tone="soon">
      {here > 0 && <p>{words('administration.units.end.people', { count: here })}</p>}
      {below > 0 && <p>{words('administration.units.end.below', { count: below })}</p>}
    </Note>
  );
}
